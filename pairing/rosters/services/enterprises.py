"""Rows of 共建单位: companies, each with at most one pledge."""

from dataclasses import dataclass
from datetime import date

from pairing.enterprises.services import EnterpriseValues, PledgeValues
from pairing.errors import BadValue
from pairing.rosters.services.households import NEEDS
from pairing.rosters.services.places import Gazetteer
from pairing.rosters.services.verdicts import Reading, judge, refuse_repeats
from pairing.values import choices
from pairing.values.dates import read_date
from pairing.values.money import read_money
from pairing.values.needs import NeedType
from pairing.values.phone import read_phone
from pairing.values.text import cell_text, fold, read_line, read_name, read_note
from pairing.values.uscc import read_uscc
from pairing.wording import _
from pairing.workbooks.sheets import Sheet
from pairing.workbooks.tables import TableRow, find_table

REQUIRED = ("单位名称", "统一社会信用代码", "联系人", "联系电话")
OPTIONAL = ("认捐金额", "定向用途", "帮扶范围", "单户上限", "有效期至", "备注")
DISTRICT_DIGITS = 6


@dataclass(frozen=True)
class CompanyRow:
    """A company and, where an amount stands in the row, its pledge."""

    enterprise: EnterpriseValues
    pledge: PledgeValues | None


def read_enterprises(sheets: list[Sheet], places: Gazetteer, scope: str, today: date) -> Reading[CompanyRow]:
    """Judge every row of the register."""

    def read(row: TableRow) -> CompanyRow:
        return CompanyRow(_enterprise(row, scope, today), _pledge(row, places, scope, today))

    rows = find_table(sheets, REQUIRED, OPTIONAL).rows
    verdicts = [judge(row, lambda r: read_uscc(r.get("统一社会信用代码")), read) for row in rows]
    refuse_repeats(verdicts)
    return Reading(verdicts)


def _enterprise(row: TableRow, scope: str, today: date) -> EnterpriseValues:
    name = read_line(row.get("单位名称"), 120)
    if not name:
        raise BadValue("missing_name", _("请填写单位名称"))
    return EnterpriseValues(
        area_code=scope,
        name=name,
        uscc=read_uscc(row.get("统一社会信用代码")),
        contact_name=read_name(row.get("联系人")),
        contact_phone=read_phone(row.get("联系电话")),
        registered_on=today,
        note=read_note(row.get("备注")),
    )


def _pledge(row: TableRow, places: Gazetteer, scope: str, today: date) -> PledgeValues | None:
    if not _filled(row, "认捐金额"):
        return None
    amount = read_money(row.get("认捐金额"))
    if amount == 0:
        raise BadValue("amount_zero", _("认捐金额应大于 0;没有认捐请留空"))
    return PledgeValues(
        amount_fen=amount,
        area_code=places.any_area(row.get("帮扶范围"), scope[:DISTRICT_DIGITS]),
        purposes=_purposes(row),
        ceiling_fen=read_money(row.get("单户上限")) if _filled(row, "单户上限") else None,
        expires_on=_expires_on(row, today),
    )


def _purposes(row: TableRow) -> tuple[NeedType, ...]:
    cell = row.get("定向用途")
    if fold(cell) in ("", "不限"):
        return ()
    return tuple(choices.read_choices(cell, NEEDS, "unknown_purpose"))


def _expires_on(row: TableRow, today: date) -> date | None:
    if not _filled(row, "有效期至"):
        return None
    expires_on = read_date(row.get("有效期至"))
    if expires_on < today:
        raise BadValue("pledge_expired", _("有效期已过"))
    return expires_on


def _filled(row: TableRow, column: str) -> bool:
    return bool(cell_text(row.get(column)).strip())
