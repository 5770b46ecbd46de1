"""The three untidy workbooks of an office, where they lie beside the checkout."""

import json
from datetime import date
from pathlib import Path

import pytest

from pairing.errors import BadValue
from pairing.values.dates import read_date
from pairing.values.half_days import read_half_days
from pairing.values.identity import age_on, birth_date, read_identity
from pairing.values.money import read_money
from pairing.values.numbers import read_count
from pairing.values.phone import read_phone
from pairing.values.text import read_name
from pairing.values.uscc import read_uscc
from pairing.workbooks.reading import read_workbook
from pairing.workbooks.tables import find_table

ROSTERS = Path(__file__).parents[2].parent / "shared" / "rosters"
TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.skipif(not ROSTERS.is_dir(), reason="the rosters are not beside this checkout")


def read_own_identity(value):
    return read_identity(value, TODAY)


def unless_blank(read):
    return lambda value: read(value) if value else None


READERS = {
    "households.xlsx": {
        "户主身份证号": read_own_identity,
        "户主姓名": read_name,
        "联系电话": unless_blank(read_phone),
        "登记日期": read_date,
        "月人均收入": read_money,
        "家庭人口": read_count,
    },
    "volunteers.xlsx": {
        "身份证号": read_own_identity,
        "姓名": read_name,
        "联系电话": read_phone,
        "可服务时间": read_half_days,
    },
    "enterprises.xlsx": {
        "统一社会信用代码": read_uscc,
        "联系电话": read_phone,
        "认捐金额": unless_blank(read_money),
        "单户上限": unless_blank(read_money),
        "有效期至": unless_blank(read_date),
    },
}
OF_THE_REGISTERS = {
    "duplicate_in_file",
    "unknown_community",
    "unknown_category",
    "gender_differs_from_id",
    "under_age",
}


def table(name):
    return find_table(read_workbook((ROSTERS / name).read_bytes()), READERS[name])


def verdicts(name):
    for row in table(name).rows:
        for column, read in READERS[name].items():
            try:
                read(row.get(column))
            except BadValue as bad:
                yield row.number, bad.code
                break


@pytest.mark.parametrize("name", READERS)
def test_the_values_of_a_roster_give_exactly_the_reasons_of_the_key(name):
    key = json.loads((ROSTERS / "expected.json").read_text())["files"][name]["rejected"]
    expected = {row["row"]: row["reason"] for row in key if row["reason"] not in OF_THE_REGISTERS}

    assert dict(verdicts(name)) == expected


@pytest.mark.parametrize(
    ("name", "rows"), [("households.xlsx", 320), ("volunteers.xlsx", 210), ("enterprises.xlsx", 46)]
)
def test_blank_rows_and_the_total_are_left_out(name, rows):
    assert len(table(name).rows) == rows


def test_the_members_have_a_table_of_their_own():
    sheets = read_workbook((ROSTERS / "households.xlsx").read_bytes())

    assert len(find_table(sheets, ["户主身份证号", "成员姓名", "成员身份证号", "与户主关系"]).rows) == 134


def test_the_pledges_of_good_rows_add_up_to_the_fen():
    refused = dict(verdicts("enterprises.xlsx"))
    amounts = [row.get("认捐金额") for row in table("enterprises.xlsx").rows if row.number not in refused]

    assert sum(read_money(amount) for amount in amounts if amount) == 91_000_000


@pytest.mark.parametrize("number", [174, 190])
def test_the_under_age_rows_are_children_by_their_number(number):
    row = next(row for row in table("volunteers.xlsx").rows if row.number == number)

    assert age_on(birth_date(read_own_identity(row.get("身份证号"))), TODAY) < 14
