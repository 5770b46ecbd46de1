"""Each hostile file gets its verdict; of a picture nothing is left but what one sees."""

import io
import time
from functools import cache

import pytest
from PIL import Image

from pairing.files.rules.kinds import PHOTOS, FileKind, spoken_name
from pairing.files.rules.refusals import FileRefused
from pairing.files.services import inspect_file
from tests.files.hostile_papers import PAPERS
from tests.files.hostile_pictures import NAMES, PHP, PICTURES, SCRIPT

SECONDS = 3
DRAWN = [name for name, (_data, code) in PICTURES.items() if not code]
PAPER = frozenset({FileKind.PDF})
PLAIN_PARTS = {0xC0, 0xC4, 0xDA, 0xDB, 0xE0}  # frame, codes, scan, tables, and the mark of the format


def verdict(data, kinds):
    """Return the code of the refusal, "" for a file that is kept."""
    try:
        inspect_file(data, "x.bin", kinds)
    except FileRefused as refused:
        return refused.code if "x.bin" in refused.message else "which file?"
    return ""


@cache
def drawn(name):
    return inspect_file(PICTURES[name][0], name, PHOTOS).content


def parts_of(jpeg):
    """Return the marks of all parts of a JPEG before its pixels."""
    place, marks = 2, []
    while not marks or marks[-1] != 0xDA:
        assert jpeg[place] == 0xFF
        marks.append(jpeg[place + 1])
        place += 2 + int.from_bytes(jpeg[place + 2 : place + 4], "big")
    return set(marks)


@pytest.mark.parametrize("name", PICTURES)
def test_a_hostile_picture_gets_its_verdict_soon(name):
    data, expected = PICTURES[name]
    start = time.monotonic()

    assert verdict(data, PHOTOS) == expected
    assert time.monotonic() - start < SECONDS


@pytest.mark.parametrize("name", PAPERS)
def test_a_hostile_paper_gets_its_verdict(name):
    data, expected = PAPERS[name]

    assert verdict(data, PAPER) == expected


@pytest.mark.parametrize("name", DRAWN)
def test_a_picture_is_drawn_anew_small_and_with_nothing_else_in_it(name):
    content = drawn(name)

    with Image.open(io.BytesIO(content)) as picture:
        assert (picture.format, picture.mode) == ("JPEG", "RGB")
        assert max(picture.size) <= 1600
        assert not picture.getexif()
    assert len(content) <= 400_000
    assert parts_of(content) <= PLAIN_PARTS
    assert not [words for words in (PHP, SCRIPT, b"canary", b"Canary", b"PK\3\4") if words in content]


def test_a_picture_is_turned_as_the_camera_was_held():
    sizes = [
        Image.open(io.BytesIO(drawn(name))).size
        for name in ("jpeg with place, comment and profile", "jpeg on its side")
    ]

    assert sizes == [(64, 32), (32, 64)]


def test_what_one_sees_through_is_white():
    picture = Image.open(io.BytesIO(drawn("png that one sees through")))

    assert min(picture.getpixel((9, 9))) > 250


@pytest.mark.parametrize("claimed", NAMES)
def test_a_name_is_only_spoken_and_then_without_what_acts(claimed):
    assert spoken_name(claimed) == NAMES[claimed]


def test_a_paper_is_no_photo_and_a_photo_no_paper():
    assert verdict(PAPERS["plain"][0], PHOTOS) == "not_photo"
    assert verdict(PICTURES["honest"][0], PAPER) == "not_paper"
    assert inspect_file(PAPERS["plain"][0], "", PHOTOS | PAPER).content == PAPERS["plain"][0]
