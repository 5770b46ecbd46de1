"""A new key takes over, and the old one can be thrown away."""

import pytest
from sqlalchemy import LargeBinary, select, type_coerce

from pairing.audit.models import AuditEntry
from pairing.db import db
from pairing.households.models import Household, Member
from pairing.privacy import keys
from pairing.privacy.sealed import CannotOpen
from pairing.rotation.services import count_old, rotate_some, sealed_places
from tests.support.makers import make_household, make_volunteer_user

NEW = b"n" * 32


@pytest.fixture
def new_key(session):
    """Seal a household with the old key, then put a new one on the ring."""
    ring = keys.key_ring()
    make_household("亓官雪梅", address="观象二路77号", phone="+8613800138000")
    make_volunteer_user()
    session.flush()
    keys.configure({**ring.keys, "new": NEW}, "new", ring.index_key)
    yield
    keys.configure(ring.keys, ring.active, ring.index_key)


def places():
    return sealed_places(db.metadata)


def rotate_all(session):
    return sum(sum(iter(lambda place=place: rotate_some(session, place), 0)) for place in places())


def test_everything_opens_with_the_new_key_alone(session, new_key):
    assert rotate_all(session) > 5

    keys.configure({"new": NEW}, "new", keys.key_ring().index_key)
    session.expire_all()
    assert session.scalars(select(Household.address)).one() == "观象二路77号"
    assert sum(count_old(session, place) for place in places()) == 0


def test_nothing_is_sealed_twice(session, new_key):
    rotate_all(session)

    assert rotate_all(session) == 0


def test_rotation_goes_on_in_small_steps(session, new_key, monkeypatch):
    monkeypatch.setattr("pairing.rotation.services.AT_ONCE", 1)
    make_household()
    place = next(place for place in places() if place.name == "member.identity_number")

    steps = list(iter(lambda: rotate_some(session, place), 0))

    assert steps == [1]


def test_versions_stay_so_that_nobody_is_told_of_a_change(session, new_key):
    before = session.scalars(select(Household.version)).all()

    rotate_all(session)

    session.expire_all()
    assert session.scalars(select(Household.version)).all() == before


def test_the_trail_says_how_much_was_sealed_again(session, new_key):
    rotate_all(session)

    told = session.scalars(select(AuditEntry).where(AuditEntry.subject_type == "member")).all()
    assert [entry.detail["why"] for entry in told if "why" in entry.detail] == ["rotation"]


def test_a_lost_key_is_told_not_overwritten(session, new_key):
    keys.configure({"new": NEW}, "new", keys.key_ring().index_key)
    place = next(place for place in places() if place.name == "member.identity_number")
    before = session.scalars(select(type_coerce(Member.identity_number, LargeBinary))).all()

    with pytest.raises(CannotOpen):
        rotate_some(session, place)

    assert session.scalars(select(type_coerce(Member.identity_number, LargeBinary))).all() == before


def test_the_commands_say_what_is_left(app, session, new_key):
    runner = app.test_cli_runner()

    assert "待更换" in runner.invoke(args=["keys", "status"]).output
    assert "重新加密" in runner.invoke(args=["keys", "rotate"]).output
    assert "待更换 0 个值" in runner.invoke(args=["keys", "status"]).output
