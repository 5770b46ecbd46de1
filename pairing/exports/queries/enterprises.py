"""The register of companies as an export."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from pairing.accounts.models import User
from pairing.accounts.rules import Permission
from pairing.areas.queries import place_names
from pairing.enterprises.models import Enterprise, EnterpriseStatus
from pairing.enterprises.queries import (
    EnterpriseFilter,
    list_enterprises,
    pledged_by_enterprise,
)
from pairing.exports.queries.kinds import ExportKind, one_of
from pairing.exports.rules import Codes, is_area
from pairing.privacy.masking import mask_name, mask_phone
from pairing.values.phone import format_phone
from pairing.wording import _
from pairing.workbooks.plans import Column, SheetPlan

COLUMNS = (
    Column("单位名称", 32),
    Column("统一社会信用代码", 22, is_text=True),
    Column("对接区域", 16),
    Column("联系人", 10),
    Column("联系电话", 16, is_text=True),
    Column("有效认捐(元)", 14),
    Column("登记日期", 12),
    Column("状态", 10),
)
FEN = 100


def _find(by: User, codes: Codes, term: str) -> Select[Any]:
    status = EnterpriseStatus(codes["status"]) if codes.get("status") else None
    return list_enterprises(by, EnterpriseFilter(codes.get("area", ""), status, term))


def _sheet(session: Session, by: User, rows: Sequence[Enterprise], is_full: bool) -> SheetPlan:
    names = place_names(session, (row.area_code for row in rows))
    pledged = pledged_by_enterprise(session, [row.id for row in rows])
    lines = [_line(row, names.get(row.area_code, ""), pledged.get(row.id, 0), is_full) for row in rows]
    title = "爱心企业名册(含联系人,请妥善保管)" if is_full else "爱心企业名册(联系人已脱敏)"
    return SheetPlan("爱心企业", COLUMNS, lines, title=title)


def _line(row: Enterprise, area_name: str, pledged_fen: int, is_full: bool) -> tuple[object, ...]:
    return (
        row.name,
        row.uscc,
        area_name,
        row.contact_name if is_full else mask_name(row.contact_name),
        format_phone(row.contact_phone) if is_full else mask_phone(row.contact_phone),
        pledged_fen / FEN,
        row.registered_on,
        row.status.label,
    )


ENTERPRISES = ExportKind(
    "enterprises",
    _("爱心企业名册"),
    Permission.VIEW_REGISTERS,
    _find,
    _sheet,
    filters={"area": is_area, "status": one_of(EnterpriseStatus)},
    full=Permission.EXPORT_PERSONAL,
    page="enterprises.list_enterprises",
)
