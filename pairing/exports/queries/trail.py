"""The trail of deeds as an export for auditors: codes, words for them, masked names; no old or new values."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from pairing import clock
from pairing.accounts.models import User
from pairing.accounts.queries import scoped
from pairing.accounts.rules import Permission
from pairing.areas.queries import place_names
from pairing.audit.models import AuditEntry
from pairing.audit.rules import ACTIONS, SUBJECTS
from pairing.exports.queries.kinds import ExportKind
from pairing.exports.rules import Codes, is_day
from pairing.privacy.masking import mask_name
from pairing.wording import _
from pairing.workbooks.plans import Column, SheetPlan

COLUMNS = (
    Column("时间", 18),
    Column("操作人", 10),
    Column("操作人编号", 12),
    Column("操作", 24),
    Column("操作代码", 24),
    Column("对象", 14),
    Column("对象编号", 12, is_text=True),
    Column("区域", 16),
)


def _find(by: User, codes: Codes, _term: str) -> Select[Any]:
    found = scoped(select(AuditEntry), AuditEntry, by)
    if codes.get("action"):
        found = found.where(AuditEntry.action == codes["action"])
    if since := codes.get("since"):
        found = found.where(AuditEntry.at >= clock.at(date.fromisoformat(since), 0))
    return found.order_by(AuditEntry.at.desc(), AuditEntry.id.desc())


def _sheet(session: Session, _by: User, rows: Sequence[AuditEntry], _is_full: bool) -> SheetPlan:
    names = place_names(session, (row.area_code for row in rows))
    lines = [_line(row, names.get(row.area_code, row.area_code)) for row in rows]
    return SheetPlan("操作记录", COLUMNS, lines, title="操作记录(已脱敏)")


def _line(row: AuditEntry, area_name: str) -> tuple[object, ...]:
    return (
        clock.local(row.at).replace(tzinfo=None),
        mask_name(row.actor_name) if row.actor_id else row.actor_name,
        row.actor_id or "",
        ACTIONS.get(row.action, row.action),
        row.action,
        SUBJECTS.get(row.subject_type, row.subject_type),
        row.subject_id,
        area_name,
    )


def _is_action(code: str) -> bool:
    return not code or code in ACTIONS


def _is_since(code: str) -> bool:
    if not is_day(code):
        return False
    try:
        date.fromisoformat(code)
    except ValueError:
        return False
    return True


TRAIL = ExportKind(
    "trail",
    _("操作记录"),
    Permission.VIEW_TRAIL,
    _find,
    _sheet,
    filters={"action": _is_action, "since": _is_since},
)
