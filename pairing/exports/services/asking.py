"""What the owner of an export does: ask for it, fetch it."""

import base64
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from pairing.accounts.models import User
from pairing.audit.services import record
from pairing.errors import NotFound, RuleBroken
from pairing.exports.models import Export, ExportStatus
from pairing.exports.queries import count_rows, find_kind
from pairing.exports.rules import Codes, ExportFormat, ExportReason, reason_fits
from pairing.wording import _


@dataclass(frozen=True)
class Wish:
    """What is asked for; *term* is what was looked for, which may be a name."""

    kind: str
    reason: ExportReason
    filters: Codes = field(default_factory=dict)
    term: str = field(default="", repr=False)
    note: str = field(default="", repr=False)
    is_full: bool = False
    format: ExportFormat = ExportFormat.XLSX


def request_export(session: Session, wish: Wish, by: User, most_rows: int, now: datetime) -> Export:
    """Lay an export down for the scheduler; RuleBroken where it is too long or not well enough founded."""
    kind = find_kind(wish.kind, by)
    if kind is None or (wish.is_full and not kind.may_be_full(by)):
        raise NotFound
    if not reason_fits(wish.reason, wish.note, wish.is_full):
        raise RuleBroken(_("导出完整个人信息,须选择对应的原因并写明用途"), "reason_too_weak")
    filters = kind.codes(wish.filters)
    rows = count_rows(session, kind.find(by, filters, wish.term))
    if rows > most_rows:
        values = {"rows": rows, "most": most_rows}
        words = _("共 %(rows)s 行,每次最多导出 %(most)s 行。请按区域、类别或状态筛选后分次导出", **values)
        raise RuleBroken(words, "too_many_rows")
    export = Export(
        owner_id=by.id,
        area_code=by.scope_code,
        kind=kind.code,
        format=wish.format,
        filters=filters,
        term=wish.term or None,
        is_full=wish.is_full,
        reason=wish.reason,
        note=wish.note,
        status=ExportStatus.WAITING,
        created_at=now,
    )
    session.add(export)
    session.flush()
    record(session, by, "export_request", export, now, {"rows": rows, **facts(export)})
    return export


def fetch_export(session: Session, export: Export, by: User, now: datetime) -> bytes:
    """Give the file to its owner and write that down."""
    export.fetched_count += 1
    detail = {"rows": export.row_count, "time": export.fetched_count, **facts(export)}
    record(session, by, "export_fetch", export, now, detail)
    return base64.b64decode(export.content or "")


def facts(export: Export) -> dict[str, Any]:
    """Return what the trail says of an export, codes only."""
    return {
        "kind": export.kind,
        "format": export.format.value,
        "full": export.is_full,
        "reason": export.reason.value,
        "filters": dict(export.filters),
    }
