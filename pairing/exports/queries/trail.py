"""The trail of deeds as an export for auditors: codes, words for them, masked names; no old or new values."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from pairing import clock
from pairing.accounts.models import User
from pairing.accounts.queries import scoped
from pairing.accounts.rules import Permission
from pairing.areas.queries import place_names
from pairing.audit.models import AuditEntry, EntryKind
from pairing.audit.queries import Wanted, narrow
from pairing.audit.rules import ACTIONS, SUBJECTS, is_day_of_trail
from pairing.exports.queries.kinds import ExportKind, among, one_of
from pairing.exports.rules import DAY, Codes, is_area
from pairing.privacy.masking import mask_name
from pairing.wording import _
from pairing.workbooks.plans import Column, SheetPlan

LONGEST = 10  # digits

COLUMNS = (
    Column("时间", 18),
    Column("操作人", 10),
    Column("操作人编号", 12),
    Column("类型", 12),
    Column("操作", 24),
    Column("操作代码", 24),
    Column("对象", 14),
    Column("对象编号", 12, is_text=True),
    Column("区域", 16),
)


def _find(by: User, codes: Codes, _term: str) -> Select[Any]:
    since, until = codes.get("since"), codes.get("until")
    wanted = Wanted(
        kind=EntryKind(codes["entry_kind"]) if codes.get("entry_kind") else None,
        action=codes.get("action", ""),
        actor_id=int(codes["actor"]) if codes.get("actor") else None,
        subject_type=codes.get("subject_type", ""),
        subject_id=codes.get("subject_id", ""),
        area_code=codes.get("area", ""),
        since=clock.at(date.fromisoformat(since), 0) if since else None,
        until=clock.at(date.fromisoformat(until) + timedelta(days=1), 0) if until else None,
    )
    found = narrow(scoped(select(AuditEntry), AuditEntry, by), wanted)
    return found.order_by(None).order_by(AuditEntry.at.desc(), AuditEntry.id.desc())


def _sheet(session: Session, _by: User, rows: Sequence[AuditEntry], _is_full: bool) -> SheetPlan:
    names = place_names(session, (row.area_code for row in rows))
    lines = [_line(row, names.get(row.area_code, row.area_code)) for row in rows]
    return SheetPlan("操作记录", COLUMNS, lines, title="操作记录(已脱敏)")


def _line(row: AuditEntry, area_name: str) -> tuple[object, ...]:
    return (
        clock.local(row.at).replace(tzinfo=None),
        mask_name(row.actor_name) if row.actor_id else row.actor_name,
        row.actor_id or "",
        row.kind.label,
        ACTIONS.get(row.action, row.action),
        row.action,
        SUBJECTS.get(row.subject_type, row.subject_type),
        row.subject_id,
        area_name,
    )


def _is_day(code: str) -> bool:
    try:
        return not code or bool(DAY.fullmatch(code) and is_day_of_trail(date.fromisoformat(code)))
    except ValueError:
        return False


def _is_number(code: str) -> bool:
    """Whether *code* can be the number of a row, which is shorter than a telephone."""
    return not code or (code.isascii() and code.isdecimal() and len(code) < LONGEST)


TRAIL = ExportKind(
    "trail",
    _("操作记录"),
    Permission.VIEW_TRAIL,
    _find,
    _sheet,
    filters={
        "area": is_area,
        "entry_kind": one_of(EntryKind),
        "action": among("", *ACTIONS),
        "actor": _is_number,
        "subject_type": among("", *SUBJECTS),
        "subject_id": _is_number,
        "since": _is_day,
        "until": _is_day,
    },
    page="insight.list_trail",
)
