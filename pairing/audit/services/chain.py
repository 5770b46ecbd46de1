"""One link at the end of every transaction that wrote into the trail.

Entries are written with the deed, the link is made when everything else is done, under the last
lock that the transaction takes: writers wait for each other only from here to the end of the
commit, and nobody who holds this lock waits for another one, so it cannot deadlock.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Result, insert, select, text
from sqlalchemy.orm import Session

from pairing import clock
from pairing.audit.models import AuditEntry, AuditLink
from pairing.audit.services.entries import BATCH, LINKED
from pairing.privacy.keys import key_ring
from pairing.readers import everywhere

LOCK = text("select pg_advisory_xact_lock(370202, 185)")  # any pair, the same in every process
SEALED = (  # the columns that a seal covers, in this order
    AuditEntry.id, AuditEntry.at, AuditEntry.kind, AuditEntry.actor_id, AuditEntry.actor_name,
    AuditEntry.action, AuditEntry.subject_type, AuditEntry.subject_id, AuditEntry.area_code,
    AuditEntry.origin, AuditEntry.request_id, AuditEntry.detail,
)  # fmt: skip
AT_ONCE = 2000  # rows in memory at one time
SPELLING = json.JSONEncoder(ensure_ascii=True, sort_keys=True, separators=(",", ":"))
NOTHING = ""  # the seal before the first link


class Head(NamedTuple):
    """The end of the chain."""

    number: int
    seal: str


def link(session: Session) -> None:
    """Seal the entries of this transaction, if it wrote any; a savepoint seals nothing."""
    if session.in_nested_transaction():
        return
    session.flush()
    batch = session.info.get(BATCH)
    if batch is None:
        return
    with everywhere(session, "the chain seals entries that their writer may not read"):
        connection = session.connection()
        count, content = digest(batch, _entries(connection, batch))
        if count:
            _append(connection, batch, count, content)
    session.info[LINKED] = True


def _entries(connection: Connection, batch: int) -> Result[Any]:
    of_batch = select(*SEALED).where(AuditEntry.batch == batch).order_by(AuditEntry.id)
    return connection.execute(of_batch.execution_options(yield_per=AT_ONCE))


def _append(connection: Connection, batch: int, count: int, content: bytes) -> None:
    if connection.dialect.name == "postgresql":  # SQLite has one writer anyway
        connection.execute(LOCK)
    before, now = head(connection), clock.now()
    number = before.number + 1
    values = {"number": number, "batch": batch, "at": now, "entries": count}
    connection.execute(insert(AuditLink), values | {"seal": seal(before.seal, number, now, content)})


def head(connection: Connection) -> Head:
    """Return the last link, or number 0 where the chain is empty."""
    last = select(AuditLink.number, AuditLink.seal).order_by(AuditLink.number.desc()).limit(1)
    found = connection.execute(last).first()
    return Head(*found) if found else Head(0, NOTHING)


def digest(batch: int, rows: Iterable[Any]) -> tuple[int, bytes]:
    """Return how many *rows* (columns `SEALED`) there are, and the fingerprint of all of them in order."""
    mac, count = hmac.new(_key(), f"batch {batch}\n".encode(), hashlib.sha256), 0
    for row in rows:
        count += 1
        mac.update(_canonical(row))
    return count, mac.digest()


def seal(before: str, number: int, at: datetime, content: bytes) -> str:
    """Return the seal of a link: it covers the seal before it, its own place and its entries."""
    head_line = f"{before}\n{number}\n{_moment(at)}\n".encode()
    return hmac.digest(_key(), head_line + content, hashlib.sha256).hex()


def _canonical(row: Any) -> bytes:  # noqa: ANN401 - a row of any result
    """Spell an entry in one way only, whatever the engine."""
    values = [_moment(value) if isinstance(value, datetime) else value for value in row]
    return f"{SPELLING.encode(values)}\n".encode()


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%S.%f}"


def _key() -> bytes:
    """Derive the key of the chain from that of the fingerprints, which never changes, unlike the others."""
    return hmac.digest(key_ring().index_key, b"audit chain", hashlib.sha256)
