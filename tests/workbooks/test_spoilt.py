"""Thousands of spoilt registers: each is answered in words and soon, none ends the process that reads it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pairing.workbooks.reading import read_workbook
from pairing.workbooks.refusals import BOUNDED, PLAIN, WorkbookRefused
from tests.workbooks.mutations import spoilt, verdict

MANY = int(os.environ.get("PAIRING_SPOILT_WORKBOOKS", "2000"))
SECONDS = 3
ROOT = Path(__file__).parents[2]
IN_WORDS = {*PLAIN, *BOUNDED, "no_header"}
SAMPLE = range(MANY, MANY + 25)  # others than those of the batch


def judged(first, last):
    """Judge a batch in a child and return number, verdict, seconds of each."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.workbooks.mutations", str(first), str(last)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, timeout=600)
    return [json.loads(line) for line in ran.stdout.splitlines()]


def test_every_spoilt_workbook_is_answered_in_words_and_soon():
    verdicts = judged(0, MANY)

    odd = [row for row in verdicts if row[1] not in IN_WORDS and not row[1].startswith(("read ", "bad "))]
    assert [row[0] for row in verdicts] == list(range(MANY))
    assert odd == []
    assert [row for row in verdicts if row[2] > SECONDS] == []
    assert {row[1] for row in verdicts} >= {"damaged", "no_header", "read 12"}


@pytest.mark.parametrize("number", SAMPLE)
def test_a_real_child_says_the_same(number):
    try:
        read_workbook(spoilt(number)[1])
        said = ""
    except WorkbookRefused as refused:
        said = refused.code

    expected = verdict(number)[1]
    assert said == (expected if expected in {*PLAIN, *BOUNDED} else "")
