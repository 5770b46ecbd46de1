"""Spoilt workbooks: the registers of an office, each copy with something broken in it, by number.

Run as a program it judges very many in one process in the memory of a child, and tells each verdict.
"""

import io
import json
import random
import re
import resource
import sys
import time
import zipfile
from datetime import date
from functools import cache

from pairing.errors import BadValue
from pairing.rosters.services.enterprises import read_enterprises
from pairing.rosters.services.households import read_households
from pairing.rosters.services.places import Gazetteer
from pairing.rosters.services.volunteers import read_volunteers
from pairing.sandbox import MEMORY
from pairing.workbooks.parsing import parse_workbook
from pairing.workbooks.refusals import WorkbookRefused
from tests.rosters.books import ENTERPRISES, HOUSEHOLDS, VOLUNTEERS, book

TODAY = date(2026, 11, 23)
PLACES = Gazetteer([("370202", "市南区"), ("370202002", "八大峡街道"), ("370202002012", "台西社区")])
READERS = {"households": read_households, "volunteers": read_volunteers, "enterprises": read_enterprises}
MEMBER = ("370299195601010028", "王秀英", "王小明", "370299201209082033", "子")
ROSTERS = {
    "households": (HOUSEHOLDS, ("台西", "王秀英", "370299195601010028", "低保", 2, "=1+1"), (MEMBER,)),
    "volunteers": (
        VOLUNTEERS,
        ("李强", "男", "370299198511113051", "10000000001", "台西", "周六上午", 2),
        (),
    ),
    "enterprises": (
        ENTERPRISES,
        ("海风公司", "91370299MA00DEM01K", "赵敏", "10000000002", "2万元", "市南区", "2027-12-31"),
        (),
    ),
}
HOSTILE = [
    "-1", "0", "1e308", "-1e308", "NaN", "Infinity", "9" * 400, "&amp;" * 50, "&#0;", "&#xD800;", "]]>", "\0",
    "", "=cmd|'/c calc'!A0", "<script>", "\u202e", "%s%n", "x" * 40_000, "\ud7ff", "😀" * 99, "A1048577",
    "A0", "ZZZZ1",
]  # fmt: skip
ATTRIBUTE = re.compile(rb'(\w+)="([^"]*)"')
TAG = re.compile(rb"<[^>]*>")
TEXT = re.compile(rb">([^<]+)<")


@cache
def roster(kind):
    """Give a sound register of twelve rows."""
    columns, row, members = ROSTERS[kind]
    return book(columns, *[row] * 12, members=members)


def parts_of(data):
    """Unpack a sound workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(parts):
    """Pack what is left of it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def flip_bytes(data, chance):
    """Change up to eight bytes of the zip."""
    spoilt = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    return bytes(spoilt)


def cut(data, chance):
    """Cut the end off, or a piece out."""
    start = chance.randrange(len(data))
    return data[:start] + (data[chance.randrange(start, len(data)) :] if chance.random() < 0.5 else b"")


def spoil_directory(data, chance):
    """Change the lists of the zip: sizes, places, flags."""
    spoilt, start = bytearray(data), data.index(b"PK\x01\x02")
    for _ in range(chance.randint(1, 4)):
        spoilt[chance.randrange(start, len(spoilt))] = chance.choice([0, 1, 0x7F, 0x80, 0xFF])
    return bytes(spoilt)


def swap_parts(data, chance):
    """Give one part the content of another, or leave it out, or hold it empty."""
    parts = parts_of(data)
    one, other = chance.sample(sorted(parts), 2)
    deed = chance.randrange(4)
    if deed == 0:
        parts[one], parts[other] = parts[other], parts[one]
    elif deed == 1:
        del parts[one]
    else:
        parts[one] = b"" if deed == 2 else parts[one] + parts[other]
    return pack(parts)


def spoil_xml(data, chance):
    """Break the XML of one part: texts, attributes, tags, bytes."""
    parts = parts_of(data)
    name = chance.choice(sorted(name for name in parts if name.endswith(("xml", "rels"))))
    for _ in range(chance.randint(1, 4)):
        parts[name] = chance.choice(BREAKS)(parts[name], chance)
    return pack(parts)


def replace_one(pattern, group):
    """Return a way to put something hostile where *pattern* is found."""

    def broken(xml, chance):
        found = list(pattern.finditer(xml))
        if not found:
            return xml
        start, end = chance.choice(found).span(group)
        return xml[:start] + chance.choice(HOSTILE).encode("utf-8", "surrogatepass") + xml[end:]

    return broken


def repeat_tag(xml, chance):
    """Say one tag many times."""
    tags = list(TAG.finditer(xml))
    if not tags:
        return xml
    found = chance.choice(tags)
    return xml[: found.end()] + found[0] * chance.choice([1, 2, 100, 2_000]) + xml[found.end() :]


BREAKS = [
    replace_one(ATTRIBUTE, 2),
    replace_one(ATTRIBUTE, 1),
    replace_one(TEXT, 1),
    replace_one(TAG, 0),
    repeat_tag,
    flip_bytes,
    cut,
]
WAYS = [flip_bytes, cut, spoil_directory, swap_parts, spoil_xml, spoil_xml, spoil_xml]


def spoilt(number):
    """Give the spoilt workbook of a number and its kind; the same number gives the same bytes."""
    chance = random.Random(number)  # noqa: S311 - to be repeated, not to be secret
    kind = chance.choice(sorted(ROSTERS))
    return kind, chance.choice(WAYS)(roster(kind), chance)


def verdict(number):
    """Judge a spoilt workbook and its rows as an upload does, without a database."""
    kind, data = spoilt(number)
    start = time.perf_counter()
    try:
        rows = READERS[kind](parse_workbook(data), PLACES, "370202", TODAY).verdicts
        said = f"read {len(rows)}"
    except WorkbookRefused as refused:
        said = refused.code
    except BadValue as bad:
        said = f"bad {bad.code}"
    return [number, said, time.perf_counter() - start]


if __name__ == "__main__":  # python -m tests.workbooks.mutations FIRST LAST
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for wanted in range(*map(int, sys.argv[1:])):
        sys.stdout.write(json.dumps(verdict(wanted)) + "\n")
