"""What differs between two people's versions of a file, and whose word is suggested."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairing.values.merging import Part, Side, compare, from_text, is_clash, to_text

VALUES = st.sampled_from([None, "", "a", "b"])
PARTS = st.dictionaries(
    st.text(max_size=3),
    st.builds(
        Part,
        st.text(max_size=3),
        st.dictionaries(st.text(max_size=3), st.lists(st.text(max_size=3), max_size=2), max_size=2),
        st.text(max_size=3),
        st.text(max_size=3),
    ),
    max_size=3,
)


def parts(value, mark=""):
    return {} if value is None else {"note": Part("备注", {"note": [value]}, value, mark)}


def suggested(opened, stored, typed):
    return [row.suggested for row in compare(parts(opened), parts(stored), parts(typed))]


@pytest.mark.parametrize(
    ("opened", "stored", "typed", "sides"),
    [
        ("a", "a", "a", []),
        ("a", "a", "b", [Side.MINE]),
        ("a", "b", "a", [Side.THEIRS]),
        ("a", "b", "c", [None]),
        ("a", "b", "b", []),
        (None, "b", None, [Side.THEIRS]),
        (None, None, "b", [Side.MINE]),
        ("a", None, "a", [Side.THEIRS]),
        ("a", None, "b", [None]),
        ("a", "b", None, [None]),
        ("a", None, None, []),
    ],
)
def test_who_alone_has_changed_a_part_is_followed(opened, stored, typed, sides):
    assert suggested(opened, stored, typed) == sides


def test_without_knowing_how_it_was_a_person_must_choose():
    assert [row.suggested for row in compare(None, parts("a"), parts("b"))] == [None]
    assert compare(None, parts("a"), parts("a")) == []


@pytest.mark.parametrize(
    ("typed", "side", "is_choice"),
    [("", Side.THEIRS, False), ("139", None, True)],
    ids=["blank", "typed over"],
)
def test_a_hidden_part_that_somebody_changed_is_seen_by_its_mark(typed, side, is_choice):
    rows = compare(parts("", "old"), parts("", "new"), parts(typed))

    assert [(row.suggested, row.is_choice) for row in rows] == [(side, is_choice)]
    assert is_clash(rows)


def test_what_only_the_slower_one_changed_is_no_clash():
    assert not is_clash(compare(parts("a"), parts("a"), parts("b")))


@given(VALUES, VALUES, VALUES)
def test_nobodys_change_is_overwritten_unasked(opened, stored, typed):
    for row in compare(parts(opened), parts(stored), parts(typed)):
        assert row.suggested is not Side.MINE or stored == opened
        assert row.suggested is not Side.THEIRS or typed == opened


@given(PARTS)
def test_what_is_written_is_read_again(some):
    assert from_text(to_text(some)) == some


@pytest.mark.parametrize(
    "text", ["", None, "[]", "1", '{"a": 1}', '{"a": {"sent": []}}', "{" * 9999, '{"a": null}']
)
def test_what_was_tampered_with_counts_as_unknown(text):
    assert from_text(text) is None
