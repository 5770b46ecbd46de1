"""Making the file: rows found under the rights that its owner has now, never more."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from pairing.accounts.models import User
from pairing.exports.models import Export
from pairing.exports.queries import ExportKind, find_kind
from pairing.exports.rules import ExportFormat
from pairing.readers import MACHINE, Reader, read_as
from pairing.workbooks.separated import write_csv
from pairing.workbooks.writing import write_workbook


@dataclass(frozen=True)
class Built:
    """What came out: the file, or the code of why there is none."""

    content: bytes = field(default=b"", repr=False)
    row_count: int = 0
    failure: str = ""

    @property
    def sha256(self) -> str:
        """Fingerprint of the file."""
        return hashlib.sha256(self.content).hexdigest()


def build_export(session: Session, export: Export, most_rows: int) -> Built:
    """Find the rows and write the file; nothing is changed, so that no lock is held meanwhile."""
    owner = session.get_one(User, export.owner_id)
    kind = find_kind(export.kind, owner)
    if kind is None or not _is_entitled(export, owner, kind):
        return Built(failure="not_permitted")
    with _reading_as(session, owner):
        rows = list(session.scalars(kind.find(owner, export.filters, export.term or "").limit(most_rows + 1)))
        if len(rows) > most_rows:
            return Built(failure="too_many_rows")
        return Built(write_list(session, kind, owner, rows, export.is_full, export.format), len(rows))


@contextmanager
def _reading_as(session: Session, owner: User) -> Iterator[None]:
    """Let the database itself show no more than *owner* may see, however the list is found."""
    session.flush()
    read_as(session, Reader(owner.role.value, owner.id, owner.scope_code))
    try:
        yield
    finally:
        with suppress(SQLAlchemyError):  # a broken transaction rolls back, and the next one is told anew
            read_as(session, MACHINE)


def write_list(
    session: Session, kind: ExportKind, owner: User, rows: list[Any], is_full: bool, kept_as: ExportFormat
) -> bytes:
    """Write *rows* as a file; every cell is made harmless by `workbooks.writing`."""
    plan = kind.sheet(session, owner, rows, is_full)
    return write_csv(plan) if kept_as is ExportFormat.CSV else write_workbook([plan])


def _is_entitled(export: Export, owner: User, kind: ExportKind) -> bool:
    """Whether the owner still works where the list was asked for, and may have it as it was asked for."""
    at_home = export.area_code.startswith(owner.scope_code)
    return owner.is_active and at_home and (not export.is_full or kind.may_be_full(owner))
