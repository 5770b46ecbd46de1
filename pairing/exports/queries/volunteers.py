"""The register of volunteers as an export."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from pairing.accounts.models import User
from pairing.accounts.rules import Permission
from pairing.areas.queries import area_names
from pairing.exports.queries.kinds import ExportKind, among, one_of
from pairing.exports.rules import Codes, is_area
from pairing.privacy.masking import mask_name, mask_phone
from pairing.values.half_days import to_words
from pairing.values.phone import format_phone
from pairing.volunteers.models import Skill, Volunteer, VolunteerStatus
from pairing.volunteers.queries import SORTS, VolunteerFilter, list_volunteers
from pairing.wording import _
from pairing.workbooks.plans import Column, SheetPlan

COLUMNS = (
    Column("姓名", 10),
    Column("社区", 16),
    Column("联系电话", 16, is_text=True),
    Column("特长", 28),
    Column("有空的时间", 40),
    Column("可结对户数", 12),
    Column("政治面貌", 14),
    Column("登记日期", 12),
    Column("状态", 10),
)


def _find(by: User, codes: Codes, term: str) -> Select[Any]:
    narrow = VolunteerFilter(
        area_code=codes.get("area", ""),
        status=VolunteerStatus(codes["status"]) if codes.get("status") else None,
        skill=Skill(codes["skill"]) if codes.get("skill") else None,
        is_party_member=codes.get("party") == "1",
        term=term,
        sort=codes.get("sort", "newest"),
    )
    return list_volunteers(by, narrow)


def _sheet(session: Session, by: User, rows: Sequence[Volunteer], is_full: bool) -> SheetPlan:
    names = area_names(session, by.scope_code)
    lines = [_line(row, names.get(row.area_code, ""), is_full) for row in rows]
    title = "志愿者名册(含个人信息,请妥善保管)" if is_full else "志愿者名册(已脱敏)"
    return SheetPlan("志愿者", COLUMNS, lines, title=title)


def _line(row: Volunteer, area_name: str, is_full: bool) -> tuple[object, ...]:
    return (
        row.name if is_full else mask_name(row.name),
        area_name,
        format_phone(row.phone) if is_full else mask_phone(row.phone),
        "、".join(able.skill.label for able in row.skills),
        to_words(row.half_days),
        row.capacity,
        row.political_status.label if row.political_status else "",
        row.registered_on,
        row.status.label,
    )


VOLUNTEERS = ExportKind(
    "volunteers",
    _("志愿者名册"),
    Permission.VIEW_REGISTERS,
    _find,
    _sheet,
    filters={
        "area": is_area,
        "status": one_of(VolunteerStatus),
        "skill": one_of(Skill),
        "party": among("", "1"),
        "sort": among(*SORTS),
    },
    full=Permission.EXPORT_PERSONAL,
    page="volunteers.list_volunteers",
)
