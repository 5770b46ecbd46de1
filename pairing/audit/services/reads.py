"""Reads of whole files, told once for a person and a file in a quarter of an hour: a reload adds nothing."""

from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from pairing.audit.models import AuditEntry, EntryKind
from pairing.audit.services.actors import Doer, place_of, signature
from pairing.audit.services.entries import write
from pairing.audit.services.recording import about
from pairing.readers import everywhere

ONCE_IN = timedelta(minutes=15)
ACTION = "read_file"


def is_read_lately(session: Session, by: Doer, subject: object, now: datetime) -> bool:
    """Whether the trail already tells of *by* reading *subject* within the last quarter of an hour."""
    thing = about(subject)
    lately = exists().where(
        AuditEntry.subject_type == thing["subject_type"],
        AuditEntry.subject_id == thing["subject_id"],
        AuditEntry.at > now - ONCE_IN,
        AuditEntry.actor_id == by.id,
        AuditEntry.kind == EntryKind.READ,
    )
    with everywhere(session, "whether the trail tells of it already"):
        return bool(session.scalar(select(lately)))


def record_read(session: Session, by: Doer, subject: object, now: datetime) -> None:
    """Write down that *by* opened the whole file *subject*, unless that was told just now."""
    if not is_read_lately(session, by, subject, now):
        same = {"kind": EntryKind.READ, "action": ACTION, "detail": {}}
        write(session, [same | signature(session, by, now) | about(subject, place_of(session, by))])
