import io
import time
import tracemalloc
import zipfile

import pytest

from pairing.workbooks import container
from pairing.workbooks.parsing import parse_workbook
from pairing.workbooks.refusals import MOST_BYTES, WorkbookRefused
from tests.workbooks.building import book, pack, raw

HONEST = book([["姓名"], ["张三"]])
CELL = '<c r="{}"><v>1</v></c>'


def refusal(data):
    with pytest.raises(WorkbookRefused) as caught:
        parse_workbook(data)
    return caught.value.code


def test_an_honest_workbook_is_read():
    assert parse_workbook(HONEST)[0].rows == [["姓名"], ["张三"]]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"name,phone\n",
        "姓名".encode("gbk"),
        b"%PDF-1.7",
        b"<html></html>",
        pack({"word/document.xml": "<w/>"}),
    ],
)
def test_another_kind_of_file_is_refused_by_its_content(data):
    assert refusal(data) == "not_xlsx"


def test_an_old_workbook_is_told_from_one_with_a_password():
    stream = "EncryptedPackage".encode("utf-16-le")

    assert refusal(container.OLE + bytes(2000)) == "old_xls"
    assert refusal(container.OLE + bytes(2000) + stream) == "encrypted"


def test_a_zip_with_a_password_is_refused():
    data = bytearray(HONEST)
    for place in (data.index(b"PK\x01\x02") + 8, data.index(b"PK\x03\x04") + 6):
        data[place] |= 1

    assert refusal(bytes(data)) == "encrypted"


@pytest.mark.parametrize("data", [b"PK\x03\x04", HONEST[:-30], HONEST[: len(HONEST) // 2]])
def test_a_cut_off_workbook_is_damaged(data):
    assert refusal(data) == "damaged"


def test_a_changed_byte_is_noticed():
    data = bytearray(HONEST)
    with zipfile.ZipFile(io.BytesIO(HONEST)) as archive:
        data[archive.getinfo("xl/worksheets/sheet1.xml").header_offset + 60] ^= 0xFF

    assert refusal(bytes(data)) == "damaged"


@pytest.mark.parametrize(
    "sheet_data",
    ["<row><c>", "<row><c><v>&unknown;</v></c></row>", '<row><c t="s"><v>7</v></c></row>', "\x00"],
)
def test_spoilt_xml_is_damaged(sheet_data):
    assert refusal(raw(sheet_data)) == "damaged"


def test_entities_are_refused_before_they_grow():
    laughs = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    part = f'<!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]><x>&a9;</x>'

    assert refusal(raw("", **{"xl/sharedStrings.xml": part})) == "damaged"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "gbk"])
def test_xml_in_another_encoding_than_utf8_is_damaged(encoding):
    part = '<?xml version="1.0"?><x>中</x>'.encode(encoding)

    assert refusal(raw("", **{"xl/styles.xml": part})) == "damaged"


def test_a_part_that_declares_a_strange_encoding_is_read_as_utf8():
    part = '<?xml version="1.0" encoding="nonsense"?><x>中</x>'

    assert parse_workbook(raw("<row><c><v>1</v></c></row>", **{"xl/extra.xml": part}))[0].rows == [[1.0]]


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
def test_a_part_that_is_there_twice_is_damaged():
    data = io.BytesIO(HONEST)
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")

    assert refusal(data.getvalue()) == "damaged"


def test_a_million_cells_are_refused_at_once_and_in_little_memory():
    data = raw(("<row>" + "<c><v>1</v></c>" * 100 + "</row>") * 10_000)
    tracemalloc.start()
    start = time.perf_counter()

    assert refusal(data) == "too_many_cells"
    assert time.perf_counter() - start < 5  # 0.3 s alone; the machine may be busy
    assert tracemalloc.get_traced_memory()[1] < 64 * 2**20
    tracemalloc.stop()


def test_a_bomb_is_refused_while_it_unpacks(monkeypatch):
    monkeypatch.setattr(container, "MOST_UNPACKED", 2**20)
    assert refusal(raw("", **{"xl/theme.xml": b" " * 2**21})) == "too_big"


def test_a_file_beyond_the_limit_is_refused_unopened():
    assert refusal(b"PK" + bytes(MOST_BYTES)) == "too_big"


@pytest.mark.parametrize(
    ("sheet_data", "code"),
    [
        (f'<row r="1048576">{CELL.format("A1048576")}</row>', "too_many_rows"),
        (f'<row r="1">{CELL.format("XFD1")}</row>', "too_many_columns"),
        (f"<row>{CELL.format('A1')}{CELL.format('A10001')}</row>", "too_many_rows"),
        (f'<row r="10001">{"<c><v>1</v></c>"}</row>', "too_many_rows"),
    ],
)
def test_a_cell_far_away_would_make_a_vast_table(sheet_data, code):
    assert refusal(raw(sheet_data)) == code


def test_several_wide_sheets_count_together():
    far = f'<x><row r="10000">{CELL.format("CV10000")}</row></x>'

    assert len(parse_workbook(raw("", **{"xl/worksheets/sheet2.xml": far}))) == 1
    assert refusal(raw("", **{"xl/a.xml": far, "xl/b.xml": far})) == "too_many_cells"


def test_empty_formatted_cells_far_down_do_no_harm():
    sheet_data = f'<row r="1">{CELL.format("A1")}</row><row r="1048576"><c r="A1048576" s="0"/></row>'

    assert parse_workbook(raw(sheet_data))[0].rows == [[1.0]]


@pytest.mark.parametrize("data", [b"", HONEST[:-30], container.OLE])
def test_every_refusal_speaks_chinese(data):
    with pytest.raises(WorkbookRefused, match="请"):
        parse_workbook(data)
