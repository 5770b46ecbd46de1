from datetime import date, datetime, time

import pytest

from pairing.workbooks.parsing import parse_workbook
from pairing.workbooks.refusals import WorkbookRefused
from pairing.workbooks.tables import MOST_ROWS, column_key, find_table, has_table
from tests.workbooks.building import SPREADSHEET, book, raw

ROSTER = [
    ["八大峡街道困难家庭登记表"],
    ["填写说明:带*为必填。"],
    ["序号", "社区*", " 户主姓名＊", "月人均收入（元）", "备注"],
    [1, "台西", "张三", 640.5, "=1+1"],
    [None],
    [" ", "　", None, None, ""],
    [2, "挪庄", "李四", "886元", None],
    [None],
    ["合计", None, "2户"],
]


def table_of(rows, required=("社区", "户主姓名"), optional=("月人均收入", "备注")):
    return find_table(parse_workbook(book(rows)), required, optional)


def test_rows_have_the_numbers_that_the_workbook_shows():
    assert [row.number for row in table_of(ROSTER).rows] == [4, 7]
    assert [row.number for row in table_of([[], [], *ROSTER]).rows] == [6, 9]


def test_cells_are_found_by_the_bare_name_of_their_column():
    assert table_of(ROSTER).rows[0].cells == {
        "社区": "台西",
        "户主姓名": "张三",
        "月人均收入": 640.5,
        "备注": "=1+1",
    }


def test_a_text_that_looks_like_a_formula_stays_a_text():
    assert table_of(ROSTER).rows[0].get("备注") == "=1+1"


def test_a_column_that_is_not_there_reads_as_empty():
    row = table_of(ROSTER, optional=("联系电话",)).rows[0]

    assert row.get("联系电话") == ""
    assert "联系电话" not in row.cells


def test_the_table_tells_its_sheet_header_and_columns():
    table = table_of(ROSTER)

    assert (table.sheet, table.header_number) == ("登记表", 3)
    assert table.columns == ["社区", "户主姓名", "月人均收入", "备注"]


def test_a_sample_row_is_no_data():
    assert [row.number for row in table_of([ROSTER[2], ["示例", "台西", "张三"], ROSTER[3]]).rows] == [3]


def test_a_sheet_without_the_header_is_refused_with_the_missing_names():
    with pytest.raises(WorkbookRefused, match="社区、户主姓名") as caught:
        table_of(ROSTER[3:])

    assert caught.value.code == "no_header"


def test_a_sheet_may_be_asked_for_a_table():
    sheets = parse_workbook(book(ROSTER))

    assert has_table(sheets, ["社区"])
    assert not has_table(sheets, ["单位名称"])


def test_more_rows_than_the_limit_are_refused():
    rows = [["社区", "户主姓名"], *([["台西", "张三"]] * MOST_ROWS)]
    assert len(table_of(rows).rows) == MOST_ROWS

    with pytest.raises(WorkbookRefused) as caught:
        table_of([*rows, ["台西", "张三"]])

    assert caught.value.code == "too_many_rows"


def test_an_empty_workbook_has_no_header():
    with pytest.raises(WorkbookRefused) as caught:
        table_of([])

    assert caught.value.code == "no_header"


@pytest.mark.parametrize("name", ["月人均收入(元)", "月人均收入（元）*", " 月人均 收入 ", "＊月人均收入："])
def test_stars_blanks_and_units_do_not_belong_to_a_name(name):
    assert column_key(name) == "月人均收入"


def test_a_formula_counts_as_the_value_shown_and_is_never_evaluated():
    cells = '<c><f>1+1</f><v>7</v></c><c t="str"><f>A1</f><v>甲</v></c><c><f>1+1</f></c><c><v>1</v></c>'

    assert parse_workbook(raw(f"<row>{cells}</row>"))[0].rows == [[7.0, "甲", "", 1.0]]


def test_dates_and_truth_values_come_as_such():
    formats = '<cellXfs><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="20"/></cellXfs>'
    styles = f'<styleSheet xmlns="{SPREADSHEET}">{formats}</styleSheet>'
    typed = (("s", "0", "43200"), ("s", "1", "43200.5"), ("s", "2", "0.5"), ("t", "b", "1"))
    cells = "".join(f'<c {name}="{kind}"><v>{value}</v></c>' for name, kind, value in typed)
    row = parse_workbook(raw(f"<row>{cells}</row>", **{"xl/styles.xml": styles}))[0].rows[0]

    assert row == [date(2018, 4, 10), datetime.fromisoformat("2018-04-10T12:00"), time(12), True]
