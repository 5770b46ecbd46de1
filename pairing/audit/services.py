"""Writing the trail."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy.orm import Session

from pairing.audit.models import AuditEntry


class Actor(Protocol):
    """Whoever does a deed; a user, or the machine."""

    id: Any
    display_name: Any


def record(
    session: Session,
    by: Actor | None,
    action: str,
    subject: object,
    now: datetime,
    detail: dict[str, Any] | None = None,
) -> None:
    """Write down one deed on *subject*, a model with ``id`` and, where it has a place, ``area_code``.

    *detail* holds numbers and codes, never personal data. ``by=None`` is the machine.
    """
    record_many(session, by, action, [subject], now, detail)


def record_many(
    session: Session,
    by: Actor | None,
    action: str,
    subjects: Iterable[object],
    now: datetime,
    detail: dict[str, Any] | None = None,
) -> None:
    """Write down the same deed on each of *subjects*, as `record` does on one; quick for thousands."""
    session.flush()
    session.add_all(
        AuditEntry(
            at=now,
            actor_id=by.id if by else None,
            actor_name=by.display_name if by else "system",
            action=action,
            subject_type=type(subject).__name__,
            subject_id=str(getattr(subject, "id", "")),
            area_code=getattr(subject, "area_code", None) or "",
            detail=detail or {},
        )
        for subject in subjects
    )
