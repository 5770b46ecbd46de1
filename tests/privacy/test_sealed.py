import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import String, create_engine, inspect, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from pairing.privacy import keys
from pairing.privacy.sealed import CannotOpen, Sealed, current_head, open_sealed, seal

OLD, NEW, INDEX = b"o" * 32, b"n" * 32, b"i" * 32
PLACE = "person.phone"


class Base(DeclarativeBase):
    pass


class Person(Base):
    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(20))
    phone: Mapped[str | None] = mapped_column(Sealed(PLACE))


@pytest.fixture(autouse=True, scope="module")
def _ring():
    before = keys._ring
    keys.configure({"old": OLD, "new": NEW}, "new", INDEX)
    yield
    keys._ring = before


@pytest.fixture
def store():
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(Person(id=1, name="甲", phone="+8613800138000"))
        session.commit()
        yield session
    engine.dispose()


@given(st.text())
def test_what_is_sealed_opens_again(plain):
    assert open_sealed(PLACE, seal(PLACE, plain)) == plain


def test_the_same_text_is_never_sealed_alike():
    assert seal(PLACE, "甲") != seal(PLACE, "甲")


def test_a_value_moved_to_another_column_does_not_open():
    with pytest.raises(CannotOpen):
        open_sealed("person.address", seal(PLACE, "甲"))


@given(st.data())
def test_one_changed_byte_does_not_open(data):
    stored = bytearray(seal(PLACE, "13800138000"))
    stored[data.draw(st.integers(0, len(stored) - 1))] ^= data.draw(st.integers(1, 255))

    with pytest.raises(CannotOpen):
        open_sealed(PLACE, bytes(stored))


@pytest.mark.parametrize(
    "stored", [b"", b"\x01", b"plain text", b"\x01\x03new", b"\x01\x02\xff\xffxxxxxxxxxxxxxxxx"]
)
def test_what_was_never_sealed_does_not_open(stored):
    with pytest.raises(CannotOpen):
        open_sealed(PLACE, stored)


def test_a_value_of_an_older_key_opens_and_is_known_as_old():
    keys.configure({"old": OLD}, "old", INDEX)
    stored = seal(PLACE, "甲")
    keys.configure({"old": OLD, "new": NEW}, "new", INDEX)

    assert open_sealed(PLACE, stored) == "甲"
    assert (stored.startswith(current_head()), seal(PLACE, "甲").startswith(current_head())) == (False, True)


def test_the_store_holds_no_plain_text(store):
    raw = store.execute(text("select phone from person")).scalar_one()

    assert isinstance(raw, bytes)
    assert b"138" not in raw
    assert store.scalars(select(Person.phone)).one() == "+8613800138000"


def test_an_empty_value_stays_empty(store):
    store.get_one(Person, 1).phone = None
    store.commit()

    assert store.execute(text("select phone from person")).scalar_one() is None
    assert store.get_one(Person, 1).phone is None


def test_setting_the_same_value_changes_nothing(store):
    person = store.get_one(Person, 1)
    assert person.phone == "+8613800138000"

    person.phone = "+8613800138000"

    assert not inspect(person).attrs.phone.history.has_changes()
    assert not store.is_modified(person)


def test_two_columns_of_one_place_share_compiled_statements():
    assert Sealed(PLACE)._static_cache_key == Sealed(PLACE)._static_cache_key
    assert Sealed(PLACE)._static_cache_key != Sealed("person.address")._static_cache_key
    assert repr(Sealed(PLACE)) == "Sealed('person.phone')"
