import io
import zipfile
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairing.workbooks.inert import bare, inert
from pairing.workbooks.parsing import parse_workbook
from pairing.workbooks.plans import Column, SheetPlan
from pairing.workbooks.tables import find_table
from pairing.workbooks.writing import write_workbook

COLUMNS = [
    Column("序号", 6, sample="示例"),
    Column("身份证号", 22, is_required=True, is_text=True, sample="370299195601010028"),
    Column("性别", choices=["男", "女"], sample="女"),
    Column("日期"),
]
FORM = SheetPlan("志愿者", COLUMNS, title="志愿者登记表", hint="带*为必填", is_form=True)


def part(data, name):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def written(*values):
    columns = [Column(f"列{place}") for place, _ in enumerate(values)]
    return write_workbook([SheetPlan("导出", columns, [values])])


def test_rows_read_back_as_they_were_written():
    rows = [[1, "370299195601010028", "女", date(2026, 1, 2)], [2, "", "男", None]]
    sheet = parse_workbook(write_workbook([SheetPlan("志愿者", COLUMNS, rows)]))[0]

    assert sheet.rows[0] == ["序号", "身份证号*", "性别", "日期"]
    assert sheet.rows[1:] == [[1.0, "370299195601010028", "女", date(2026, 1, 2)], [2.0, "", "男", ""]]


def test_a_blank_form_imports_as_no_row():
    table = find_table(parse_workbook(write_workbook([FORM])), ["身份证号"], ["性别"])

    assert (table.header_number, table.rows) == (3, [])


def test_a_blank_form_has_title_hint_star_and_sample():
    rows = parse_workbook(write_workbook([FORM]))[0].rows

    assert [row[0] for row in rows] == ["志愿者登记表", "带*为必填", "序号", "示例"]
    assert rows[2][1] == "身份证号*"


def test_choices_are_offered_from_a_hidden_sheet():
    data = write_workbook([FORM])

    assert 'name="选项" sheetId="2" state="hidden"' in part(data, "xl/workbook.xml")
    assert 'sqref="C4:C5004"' in part(data, "xl/worksheets/sheet1.xml")
    assert "<formula1>选项!$A$1:$A$2</formula1>" in part(data, "xl/worksheets/sheet1.xml")


def test_long_numbers_stay_whole_and_their_column_is_text():
    data = write_workbook([FORM])

    assert 'formatCode="@"' in part(data, "xl/styles.xml")
    assert parse_workbook(written(370299195601010028))[0].rows[1] == ["370299195601010028"]


def test_the_header_stays_in_view():
    assert 'ySplit="3"' in part(write_workbook([FORM]), "xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("sign", list("=+-@\t\r＝＋－＠"))
def test_no_export_cell_begins_like_a_formula(sign):
    data = written(f"{sign}SUM(A1)", f" {sign}1")

    assert "<f>" not in part(data, "xl/worksheets/sheet1.xml")
    assert f">{sign}" not in part(data, "xl/sharedStrings.xml")
    assert "<t>'" in part(data, "xl/sharedStrings.xml")


def test_links_and_braces_stay_texts():
    data = written("http://example.org", "{=1+1}", "mailto:a@example.org")

    assert "<f" not in part(data, "xl/worksheets/sheet1.xml")
    assert "<hyperlink" not in part(data, "xl/worksheets/sheet1.xml")


def test_every_kind_of_value_can_be_written():
    moment = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    row = parse_workbook(written(True, False, None, 2.5, moment, -3, "甲" * 40_000))[0].rows[1]

    assert row[:6] == ["是", "否", "", 2.5, moment.replace(tzinfo=None), -3.0]
    assert len(row[6]) == 32_767


def test_a_row_of_another_length_is_an_error():
    with pytest.raises(ValueError, match="zip"):
        write_workbook([SheetPlan("导出", COLUMNS, [["too", "short"]])])


@given(st.text(alphabet="=+-@'＝ \t1甲"))
def test_an_inert_text_is_no_formula_and_comes_back(text):
    made = inert(text)

    assert not made.lstrip().startswith(tuple("=+-@＝"))
    assert bare(made) == text or text.startswith("'")
