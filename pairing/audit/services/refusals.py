"""What was refused: told one by one, then once for the rest of the hour, so that nobody fills the disk."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pairing.audit.models import AuditEntry, EntryKind
from pairing.audit.services.actors import Doer, signature
from pairing.audit.services.entries import write
from pairing.readers import everywhere

HOUR = timedelta(hours=1)
AT_MOST = 30  # an hour, for one person
STRANGERS = 300  # an hour, for all who did not sign in


def record_refusal(session: Session, by: Doer | None, endpoint: str, reason: str, now: datetime) -> None:
    """Write down that *by* (None: not signed in) was refused *endpoint*; *reason* is a code.

    Call it in a transaction of its own, after that of the refused deed was rolled back.
    """
    most = AT_MOST if by else STRANGERS
    told = _told_lately(session, by, now, most)
    if told > most:
        return
    row = {
        "kind": EntryKind.REFUSAL,
        "action": "refused_often" if told == most else "refused",
        "subject_type": "Endpoint",
        "subject_id": endpoint[:200],
        "area_code": getattr(by, "area_code", None) or "",
        "detail": {"reason": reason},
    }
    write(session, [row | signature(session, by, now)])


def _told_lately(session: Session, by: Doer | None, now: datetime, most: int) -> int:
    """Count what the trail tells of this hour; it stops there where it does not matter any more."""
    lately = AuditEntry.at > now - HOUR, AuditEntry.kind == EntryKind.REFUSAL
    who = AuditEntry.actor_id == by.id if by else AuditEntry.actor_id.is_(None)
    some = select(AuditEntry.id).where(*lately, who).limit(most + 1).subquery()
    with everywhere(session, "whether the trail tells of it already"):
        return session.scalar(select(func.count()).select_from(some)) or 0
