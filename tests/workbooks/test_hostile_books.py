"""Each workbook of somebody who means harm gets its verdict, soon, and in words."""

import time

import pytest

from pairing.workbooks.reading import read_workbook
from pairing.workbooks.refusals import WorkbookRefused
from tests.workbooks.hostile_books import BOOKS

SECONDS = 3
HARMLESS = {"zip in a zip", "macro", "external link", "path that climbs", "symlink outside the parts"}


def verdict(data):
    """Return the code of the refusal, "" for a workbook that is read."""
    try:
        read_workbook(data)
    except WorkbookRefused as refused:
        return refused.code if "请" in refused.message else "in which words?"
    return ""


@pytest.mark.parametrize("name", BOOKS)
def test_a_hostile_workbook_gets_its_verdict_soon(name):
    data, expected = BOOKS[name]
    start = time.monotonic()

    assert verdict(data) == expected
    assert time.monotonic() - start < SECONDS


@pytest.mark.parametrize("name", sorted(HARMLESS))
def test_what_is_no_sheet_is_left_behind(name):
    assert [sheet.rows for sheet in read_workbook(BOOKS[name][0])] == [[[1.0]]]


def test_what_a_formula_would_fetch_is_not_fetched():
    assert read_workbook(BOOKS["formula that calls home"][0])[0].rows == [[""]]
    assert read_workbook(BOOKS["dde"][0])[0].rows == [["=cmd|calc"]]
