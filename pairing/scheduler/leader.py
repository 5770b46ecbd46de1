"""One scheduler works, others stand by: an advisory lock on PostgreSQL, a locked file beside SQLite.

Both locks die with the process that holds them.
"""

import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, Protocol

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

LOCK_NUMBER = 370202_2018  # any number, the same in every scheduler of this product
SQLITE = "sqlite:///"


class Leadership(Protocol):
    """The right to work."""

    def acquire(self) -> bool:
        """Try to become the leader, without waiting."""

    def holds(self) -> bool:
        """Whether we still are."""

    def release(self) -> None:
        """Let another one lead."""


def leadership(database_url: str) -> Leadership:
    """Return the kind of lock that suits the database."""
    if database_url.startswith(SQLITE):
        return FileLock(Path(f"{database_url.removeprefix(SQLITE)}.scheduler.lock"))
    return AdvisoryLock(database_url)


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[str]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class FileLock:
    """For SQLite, which has one machine anyway."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file: IO[str] | None = None

    def acquire(self) -> bool:
        """Lock the file, unless another process has."""
        file = self.path.open("w")
        try:
            _lock(file)
        except OSError:
            file.close()
            return False
        self.file = file
        return True

    def holds(self) -> bool:
        """A file lock is never lost while the file is open."""
        return self.file is not None

    def release(self) -> None:
        """Close the file, and with it the lock."""
        if self.file:
            self.file.close()
            self.file = None


class AdvisoryLock:
    """For PostgreSQL: a lock of the session, on a connection that is never pooled."""

    def __init__(self, database_url: str) -> None:
        self.engine = create_engine(database_url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        self.connection: Connection | None = None

    def acquire(self) -> bool:
        """Take the lock, unless another session has it or the database is away."""
        try:
            connection = self.engine.connect()
        except DBAPIError:
            return False
        if connection.scalar(text("select pg_try_advisory_lock(:number)"), {"number": LOCK_NUMBER}):
            self.connection = connection
            return True
        connection.close()
        return False

    def holds(self) -> bool:
        """Whether the session lives; with it the lock would be gone."""
        try:
            return self.connection is not None and self.connection.scalar(text("select 1")) == 1
        except DBAPIError:
            return False

    def release(self) -> None:
        """Close the session, and with it the lock."""
        if self.connection:
            with suppress(DBAPIError):
                self.connection.close()
            self.connection = None
