"""The register of households as an export."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from pairing.accounts.models import User
from pairing.accounts.rules import Permission
from pairing.areas.queries import area_names
from pairing.exports.queries.kinds import ExportKind, among, one_of
from pairing.exports.rules import Codes, is_area
from pairing.households.models import Category, Household, HouseholdStatus, Urgency
from pairing.households.queries import SORTS, HouseholdFilter, list_households
from pairing.privacy.masking import mask_address, mask_name, mask_phone
from pairing.values.phone import format_phone
from pairing.wording import _
from pairing.workbooks.plans import Column, SheetPlan

COLUMNS = (
    Column("档案号", 24, is_text=True),
    Column("社区", 16),
    Column("户主", 10),
    Column("联系电话", 16, is_text=True),
    Column("住址", 32),
    Column("家庭类别", 20),
    Column("致困原因", 12),
    Column("紧急程度", 12),
    Column("家庭人口", 10),
    Column("需要志愿者", 12),
    Column("登记日期", 12),
    Column("状态", 10),
)


def _find(by: User, codes: Codes, term: str) -> Select[Any]:
    status = codes.get("status", HouseholdStatus.OPEN.value)  # as the list itself begins
    narrow = HouseholdFilter(
        area_code=codes.get("area", ""),
        category=Category(codes["category"]) if codes.get("category") else None,
        urgency=Urgency(codes["urgency"]) if codes.get("urgency") else None,
        status=HouseholdStatus(status) if status else None,
        term=term,
        sort=codes.get("sort", "newest"),
    )
    return list_households(by, narrow)


def _sheet(session: Session, by: User, rows: Sequence[Household], is_full: bool) -> SheetPlan:
    names = area_names(session, by.scope_code)
    lines = [(*_who(row, names.get(row.area_code, ""), is_full), *_facts(row)) for row in rows]
    title = "困难家庭名册(含个人信息,请妥善保管)" if is_full else "困难家庭名册(已脱敏)"
    return SheetPlan("困难家庭", COLUMNS, lines, title=title)


def _who(row: Household, area_name: str, is_full: bool) -> tuple[object, ...]:
    phone = row.phone or ""
    if is_full:
        shown = (row.head_name, format_phone(phone) if phone else "", row.address)
    else:
        shown = (mask_name(row.head_name), mask_phone(phone), mask_address(row.address))
    return row.file_no, area_name, *shown


def _facts(row: Household) -> tuple[object, ...]:
    return (
        row.category.label,
        row.cause.label if row.cause else "",
        row.urgency.label,
        row.member_count,
        row.visitors_wanted,
        row.registered_on,
        row.status.label,
    )


HOUSEHOLDS = ExportKind(
    "households",
    _("困难家庭名册"),
    Permission.VIEW_REGISTERS,
    _find,
    _sheet,
    filters={
        "area": is_area,
        "category": one_of(Category),
        "urgency": one_of(Urgency),
        "status": one_of(HouseholdStatus),
        "sort": among(*SORTS),
    },
    full=Permission.EXPORT_PERSONAL,
    page="households.list_households",
)
