import pytest

from pairing.privacy import keys

KEY, OTHER = b"k" * 32, b"o" * 32


@pytest.fixture(autouse=True)
def _keep_ring():
    before = keys._ring
    keys.configure({"k1": KEY}, "k1", KEY)
    yield
    keys._ring = before


def test_one_value_in_any_width_and_case_has_one_fingerprint():
    shapes = {keys.blind_index("person.identity", typed) for typed in ("37x", " 37X ", "３７Ｘ")}

    assert len(shapes) == 1
    assert len(shapes.pop()) == 16


def test_fingerprints_of_two_columns_cannot_be_joined():
    assert keys.blind_index("person.identity", "37X") != keys.blind_index("volunteer.identity", "37X")


def test_fingerprints_depend_on_their_key():
    before = keys.blind_index("person.identity", "37X")
    keys.configure({"k1": KEY}, "k1", OTHER)

    assert keys.blind_index("person.identity", "37X") != before


@pytest.mark.parametrize(
    ("ring", "active", "index"),
    [({"k1": KEY}, "k2", KEY), ({"k1": b"short"}, "k1", KEY), ({"k1": KEY}, "k1", b""), ({"": KEY}, "", KEY)],
)
def test_an_unusable_ring_is_refused_at_the_start(ring, active, index):
    with pytest.raises(ValueError, match="key"):
        keys.configure(ring, active, index)


def test_nothing_is_sealed_before_the_keys_are_set():
    keys._ring = None

    with pytest.raises(RuntimeError, match="not configured"):
        keys.key_ring()


def test_the_ring_never_shows_its_keys():
    assert "kkkk" not in repr(keys.key_ring())
