"""A workbook is parsed in a child that can do no harm, and every way in which it ends is said in words."""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time

import pytest

from pairing import sandbox
from pairing.sandbox import ROOT, ChildFailed, Failure, ask_child
from pairing.workbooks import reading
from pairing.workbooks.lines import read_sheets, write_sheets
from pairing.workbooks.parsing import parse_workbook
from pairing.workbooks.reading import read_workbook
from pairing.workbooks.refusals import BOUNDED, PLAIN, WorkbookRefused
from pairing.workbooks.sheets import Sheet
from tests.workbooks.building import SPREADSHEET, book, raw

MISBEHAVING = "tests.support.misbehaving"
TYPED = (("s", "0", "43200"), ("s", "1", "43200.5"), ("s", "2", "0.5"), ("t", "b", "1"))
FORMATS = '<cellXfs><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="20"/></cellXfs>'
MILLION = raw(("<row>" + "<c><v>1</v></c>" * 100 + "</row>") * 10_000)


def misbehave(deed, seconds=sandbox.WALL_SECONDS):
    return ask_child(MISBEHAVING, deed.encode(), seconds).decode()


def failure(deed, seconds=sandbox.WALL_SECONDS):
    with pytest.raises(ChildFailed) as caught:
        misbehave(deed, seconds)
    return caught.value.why


def typed_book():
    cells = "".join(f'<c {name}="{kind}"><v>{value}</v></c>' for name, kind, value in TYPED)
    styles = f'<styleSheet xmlns="{SPREADSHEET}">{FORMATS}</styleSheet>'
    return raw(f'<row/><row>{cells}<c t="str"><v>甲\n"=1</v></c></row>', **{"xl/styles.xml": styles})


@pytest.mark.parametrize("data", [typed_book(), book([["姓名", 1.5, None], [], ["=1+1"]])])
def test_the_child_reads_what_this_process_would(data):
    assert read_workbook(data) == parse_workbook(data)


def test_the_app_never_loads_the_parser():
    program = (
        "import json, sys; from tests.support.databases import build_app; build_app('sqlite://'); "
        "print(json.dumps(sorted(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True)
    loaded = json.loads(ran.stdout)

    assert "pairing.workbooks.reading" in loaded
    assert {"python_calamine", "pairing.workbooks.parsing", "PIL.Image"} & set(loaded) == set()


@pytest.mark.parametrize("code", [*PLAIN, *BOUNDED])
def test_every_refusal_of_the_child_comes_back_as_it_was(code):
    refuse = BOUNDED.get(code)
    refused = refuse(7) if refuse else PLAIN[code]()
    line = json.dumps({"refused": [refused.code, refused.message.values.get("most")]}).encode()

    with pytest.raises(WorkbookRefused) as caught:
        read_sheets(line)

    assert (caught.value.code, caught.value.message) == (refused.code, refused.message)


@pytest.mark.parametrize(
    "answer",
    [
        b"[1]",
        b"{}",
        b'{"pickle": 1}',
        b'{"refused": ["no", null]}',
        b'"a"\n[[1]]',
        b"\xff",
        b"7",
        b"[" * 99_999,
    ],
)
def test_an_answer_that_makes_no_sense_is_no_workbook(answer):
    with pytest.raises(WorkbookRefused) as caught:
        read_sheets(answer)

    assert caught.value.code == "damaged"


def test_nothing_but_rows_is_told_by_the_child():
    sheets = [Sheet("甲", [["x", 1, 2.5, True, ""]]), Sheet("空", [])]

    assert read_sheets(b"".join(write_sheets(sheets))) == sheets


def test_the_child_knows_no_setting_and_no_open_file(monkeypatch):
    monkeypatch.setenv("PAIRING_SECRET_KEY", "must not be handed on")
    with tempfile.TemporaryFile() as file:
        os.set_inheritable(file.fileno(), True)

        assert "PAIRING_SECRET_KEY" not in misbehave("settings")
        assert misbehave("files") == "[0, 1, 2]"


@pytest.mark.parametrize("deed", ["open", "socket", "program", "write"])
def test_the_child_opens_and_starts_nothing(deed):
    assert misbehave("echo") == "here"
    assert misbehave(deed) == "refused: Too many open files"


def test_the_child_has_bounded_seconds_of_the_processor():
    assert misbehave("seconds") == f"({sandbox.CPU_SECONDS}, {sandbox.CPU_SECONDS})"


@pytest.mark.parametrize(
    ("deed", "why"),
    [
        ("memory", Failure.LARGE),
        ("abort", Failure.LARGE),
        ("flood", Failure.LARGE),
        ("crash", Failure.CRASHED),
        ("error", Failure.CRASHED),
    ],
)
def test_a_child_that_ends_badly_has_no_answer(deed, why):
    assert failure(deed) is why


@pytest.mark.parametrize("deed", ["sleep", "spin"])
def test_a_child_that_does_not_end_is_ended(deed):
    start = time.monotonic()

    assert failure(deed, seconds=1) is Failure.SLOW
    assert time.monotonic() - start < 5


def test_a_crowd_is_told_to_wait():
    sleepers = [threading.Thread(target=failure, args=("sleep", 2)) for _ in range(sandbox.AT_ONCE)]
    for sleeper in sleepers:
        sleeper.start()
    time.sleep(0.3)

    assert failure("echo", seconds=0.2) is Failure.BUSY
    for sleeper in sleepers:
        sleeper.join()
    assert misbehave("echo") == "here"


@pytest.mark.parametrize(
    ("deed", "code"), [("memory", "too_complex"), ("crash", "damaged"), ("echo", "damaged")]
)
def test_whatever_becomes_of_the_child_is_said_in_words(monkeypatch, deed, code):
    monkeypatch.setattr(reading, "CHILD", MISBEHAVING)

    with pytest.raises(WorkbookRefused, match="请") as caught:
        read_workbook(deed.encode())

    assert caught.value.code == code


def test_a_million_cells_are_refused_in_the_memory_of_a_child():
    with pytest.raises(WorkbookRefused) as caught:
        read_workbook(MILLION)

    assert caught.value.code == "too_many_cells"
    assert sandbox.MEMORY == 512 * 2**20


def test_one_long_text_that_every_cell_shows_is_too_much():
    strings = f'<sst xmlns="{SPREADSHEET}"><si><t>{"x" * 2**20}</t></si></sst>'
    cells = '<row><c t="s"><v>0</v></c></row>' * 5000

    with pytest.raises(WorkbookRefused) as caught:
        read_workbook(raw(cells, **{"xl/sharedStrings.xml": strings}))

    assert caught.value.code == "too_complex"
