"""Rows of the trail on their way into the database, and the name of the transaction that they share."""

import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session, SessionTransaction

from pairing.audit.models import AuditEntry

BATCH = "audit_batch"  # keys of session.info
LINKED = "audit_linked"
BITS = 62
BLIND = insert(AuditEntry).inline()  # asks nothing back: most writers may not read the trail


def write(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Insert *rows* in one statement, in the transaction of what they tell."""
    if session.info.get(LINKED):
        raise RuntimeError("an entry of the trail came after the link that seals its transaction")
    if rows:
        batch = session.info.setdefault(BATCH, secrets.randbits(BITS))
        session.connection().execute(BLIND, [{"batch": batch, **row} for row in rows])


def forget(session: Session, ended: SessionTransaction) -> None:
    """Let the next transaction have a name of its own; the end of a savepoint changes nothing."""
    if ended.parent is None:
        session.info.pop(BATCH, None)
        session.info.pop(LINKED, None)
