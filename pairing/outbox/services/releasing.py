"""A restored copy sends nothing until somebody says that it is the one that works.

A database knows the place where it may send: on PostgreSQL the server and the number of the
database in it, which a dump does not carry; beside a SQLite file a small file with a token, which
no backup carries either, and with the number of batches sent, so that an older state that was put
back in the same place is found out as well.
"""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import token_hex

from sqlalchemy import text
from sqlalchemy.orm import Session

from pairing.outbox.models import Release

ONLY = 1  # there is one row
SUFFIX = ".released"
PLACE = text(
    "SELECT (SELECT system_identifier FROM pg_control_system()) || ':' || oid"
    " FROM pg_database WHERE datname = current_database()"
)


@dataclass(frozen=True)
class Place:
    """What the place itself says: its marker, and how many batches were sent from it."""

    marker: str
    batches: int = 0


def is_released(session: Session, now: datetime) -> bool:
    """Whether this database may send; one that has never sent anything begins where it is."""
    row = session.get(Release, ONLY)
    if row is None:
        release(session, now)
        return True
    place = _read(session)
    return row.marker == place.marker and row.batches >= place.batches


def release(session: Session, now: datetime) -> None:
    """Let this database send from where it is now; e-mails that wait go out, those of the past too."""
    row = session.get(Release, ONLY) or Release(id=ONLY, batches=0)
    file = _file(session)
    row.marker = token_hex(16) if file else _read(session).marker
    row.released_at = now
    session.add(row)
    session.flush()
    if file:
        _write(file, Place(row.marker, row.batches))


def count_batch(session: Session) -> None:
    """Count a batch that is about to be sent."""
    session.get_one(Release, ONLY, with_for_update=True).batches += 1


def keep_place(session: Session) -> None:
    """Tell the place what is committed, before anything is sent."""
    row, file = session.get_one(Release, ONLY), _file(session)
    if file:
        _write(file, Place(row.marker, row.batches))


def _file(session: Session) -> Path | None:
    """Return the file beside the database; None where the database is a server or lies in memory."""
    url = session.get_bind().engine.url
    in_file = url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")
    return Path(f"{url.database}{SUFFIX}") if in_file else None


def _read(session: Session) -> Place:
    if session.get_bind().dialect.name == "postgresql":
        return Place(str(session.scalar(PLACE)))
    file = _file(session)
    if file is None:
        return Place("memory")
    try:
        marker, batches = file.read_text(encoding="ascii").split()
        return Place(marker, int(batches))
    except (OSError, ValueError):
        return Place("")


def _write(file: Path, place: Place) -> None:
    fresh = file.with_name(f"{file.name}.new")
    fresh.write_text(f"{place.marker} {place.batches}\n", encoding="ascii")
    os.replace(fresh, file)
