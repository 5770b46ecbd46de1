"""Writing down deeds in words."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from pairing.audit.models import EntryKind
from pairing.audit.services.actors import Doer, place_of, signature
from pairing.audit.services.changes import flush_untold
from pairing.audit.services.entries import write
from pairing.audit.services.events import tell_log

KINDS = {"reveal": EntryKind.REVEAL, "export": EntryKind.EXPORT}


def record(
    session: Session,
    by: Doer | None,
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
    by: Doer | None,
    action: str,
    subjects: Iterable[object],
    now: datetime,
    detail: dict[str, Any] | None = None,
) -> None:
    """Write down the same deed on each of *subjects*, as `record` does on one; quick for thousands."""
    changes = flush_untold(session)
    kind = KINDS.get(action.partition("_")[0], EntryKind.DEED)
    same = {"kind": kind, "action": action, "detail": detail or {}, **signature(session, by, now)}
    done, place = list(subjects), place_of(session, by)
    write(session, changes + [{**same, **about(subject, place)} for subject in done])
    for subject in done:
        tell_log(by, action, subject, detail or {})


def about(subject: object, place: str = "") -> dict[str, str]:
    """Return which thing, as columns of an entry; *place* stands for that of a thing that has none."""
    return {
        "subject_type": type(subject).__name__,
        "subject_id": str(getattr(subject, "id", "")),
        "area_code": getattr(subject, "area_code", None) or place,
    }
