"""Sealing again with the active key what older keys have sealed, so that an old key can be thrown away."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    LargeBinary,
    MetaData,
    Table,
    bindparam,
    func,
    select,
    type_coerce,
    update,
)
from sqlalchemy.orm import Session
from sqlalchemy.schema import Column

from pairing.audit.services import in_bulk
from pairing.privacy.sealed import Sealed, current_head, open_sealed, seal

AT_ONCE = 500  # rows of one transaction
WHY = "rotation"  # of audit.rules.BULK


@dataclass(frozen=True)
class Place:
    """A sealed column of a table."""

    table: Table
    column: Column[str]
    name: str  # "table.column", which the seal is bound to

    @property
    def raw(self) -> ColumnElement[bytes]:
        """The column as it is stored."""
        return type_coerce(self.column, LargeBinary)

    @property
    def is_old(self) -> ColumnElement[bool]:
        """Whether a value is there and was sealed with another key than the active one."""
        head = current_head()
        begins = func.substr(self.raw, 1, len(head), type_=LargeBinary)
        return (func.length(self.raw) > 0) & (begins != head)


def sealed_places(metadata: MetaData) -> list[Place]:
    """Return every sealed column of the tables of *metadata*."""
    return [
        Place(table, column, column.type.place)
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Sealed)
    ]


def count_old(session: Session, place: Place) -> int:
    """Return how many values of *place* older keys have sealed."""
    return session.scalar(select(func.count()).select_from(place.table).where(place.is_old)) or 0


def rotate_some(session: Session, place: Place) -> int:
    """Seal at most `AT_ONCE` old values of *place* again; return how many, 0 when none is left.

    The rows are locked meanwhile: nobody's change is overwritten. What a value says stays the same,
    so versions do not move.

    Raises
    ------
    CannotOpen : the key of a value is not on the ring any more.
    """
    (key,) = place.table.primary_key.columns
    found = select(key, place.raw).where(place.is_old).order_by(key).limit(AT_ONCE)
    rows = session.execute(found.with_for_update()).all()
    if rows:
        again = [_resealed(place, row_id, bytes(stored)) for row_id, stored in rows]
        values = {place.column.name: bindparam("sealed", type_=LargeBinary)}
        changed = update(place.table).where(key == bindparam("row")).values(values)
        session.execute(in_bulk(changed, WHY), again)
    return len(rows)


def _resealed(place: Place, row_id: Any, stored: bytes) -> dict[str, Any]:  # noqa: ANN401 - a key of any type
    return {"row": row_id, "sealed": seal(place.name, open_sealed(place.name, stored))}
