"""What the scheduler does: claim one export with a lease, settle it, remove what is old."""

import base64
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from pairing.audit.services import record
from pairing.exports.models import Export, ExportStatus
from pairing.exports.rules import ATTEMPTS, KEEP, LEASE
from pairing.exports.services.asking import facts
from pairing.exports.services.building import Built
from pairing.outbox.models import Channel
from pairing.outbox.services import send
from pairing.wording import _

PAGE = "/exports"


@dataclass(frozen=True)
class Claim:
    """An export that is ours to build; *attempt* tells our claim from a later one."""

    export_id: int
    attempt: int


def claim_export(session: Session, now: datetime) -> Claim | None:
    """Take one export that is due: new, or left behind by a run that was killed; None if there is none."""
    left = (Export.status == ExportStatus.RUNNING) & (Export.lease_until <= now)
    due = select(Export).where(or_(Export.status == ExportStatus.WAITING, left))
    first = due.order_by(Export.attempts, Export.id).limit(1).with_for_update(skip_locked=True)
    export = session.scalars(first.execution_options(populate_existing=True)).one_or_none()
    if export is None:
        return None
    export.status, export.lease_until = ExportStatus.RUNNING, now + LEASE
    export.attempts += 1
    if export.attempts > ATTEMPTS:  # every run was killed
        _fail(session, export, "broken", now)
        return None
    return Claim(export.id, export.attempts)


def finish_export(session: Session, claim: Claim, built: Built, now: datetime) -> bool:
    """Keep what was built and tell the owner; False if the claim has passed to another run."""
    export = _claimed(session, claim)
    if export is None:
        return False
    if built.failure:
        _fail(session, export, built.failure, now)
        return True
    export.status, export.lease_until, export.term = ExportStatus.READY, None, None
    export.content = base64.b64encode(built.content).decode()
    export.sha256, export.row_count = built.sha256, built.row_count
    export.ready_at, export.expires_at = now, now + KEEP
    record(session, None, "export_run", export, now, {"rows": built.row_count, **facts(export)})
    _tell(session, export, _("导出的名单可以下载了"), _("7 天内可以下载,之后自动删除。"), now)
    return True


def give_up(session: Session, claim: Claim, now: datetime) -> None:
    """Note that a run went wrong: tried again at the next tick, or at last given up."""
    export = _claimed(session, claim)
    if export is None:
        return
    if export.attempts >= ATTEMPTS:
        _fail(session, export, "broken", now)
    else:
        export.status, export.lease_until = ExportStatus.WAITING, None


def expire_exports(session: Session, now: datetime) -> int:
    """Remove the content of exports whose time is over; return how many."""
    old = select(Export).where(Export.status == ExportStatus.READY, Export.expires_at <= now)
    exports = list(session.scalars(old.with_for_update(skip_locked=True)))
    for export in exports:
        export.status, export.content = ExportStatus.EXPIRED, None
        record(session, None, "export_expire", export, now, facts(export))
    return len(exports)


def _claimed(session: Session, claim: Claim) -> Export | None:
    found = select(Export).where(Export.id == claim.export_id, Export.status == ExportStatus.RUNNING)
    locked = found.with_for_update().execution_options(populate_existing=True)
    return session.scalars(locked.where(Export.attempts == claim.attempt)).one_or_none()


def _fail(session: Session, export: Export, failure: str, now: datetime) -> None:
    export.status, export.failure = ExportStatus.FAILED, failure
    export.lease_until, export.term = None, None
    record(session, None, "export_fail", export, now, {"failure": failure, **facts(export)})
    _tell(session, export, _("导出的名单没有生成"), _("原因写在“我的导出”页面。"), now)


def _tell(session: Session, export: Export, subject: str, body: str, now: datetime) -> None:
    """Lay a message into the inbox of the owner; it names no list and nobody."""
    key = f"export:{export.id}:{export.status.value}"
    send(session, export.owner_id, Channel.INBOX, subject, body, key, now, PAGE)
