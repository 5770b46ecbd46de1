"""One's own exports, as long as one's rights and place are those of when they were asked for."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from pairing.accounts.models import User
from pairing.accounts.queries import in_area
from pairing.errors import NotFound
from pairing.exports.models import Export, ExportStatus
from pairing.exports.queries.kinds import find_kind
from pairing.exports.rules import LATE
from pairing.outbox.models import Heartbeat

JOB = "exports"  # of the scheduler
OPEN = (ExportStatus.WAITING, ExportStatus.RUNNING)


def list_own_exports(by: User) -> Select[Any]:
    """Return the statement for the exports of *by* inside the scope of today, newest first."""
    mine = select(Export).where(Export.owner_id == by.id, in_area(Export.area_code, by))
    return mine.order_by(Export.id.desc())


def get_own_export(session: Session, export_id: int, by: User, now: datetime) -> Export:
    """Return an export of *by* that can be fetched now, locked; NotFound for any other.

    Who has been moved elsewhere, or may no longer export such lists, has no export any more.
    """
    found = list_own_exports(by).where(Export.id == export_id, Export.status == ExportStatus.READY)
    locked = found.with_for_update().execution_options(populate_existing=True)
    export: Export | None = session.scalars(locked).one_or_none()
    if export is None or export.expires_at is None or export.expires_at <= now:
        raise NotFound
    kind = find_kind(export.kind, by)
    if kind is None or (export.is_full and not kind.may_be_full(by)):
        raise NotFound
    return export


def has_open_exports(session: Session, by: User) -> bool:
    """Whether an export of *by* is still to come."""
    waiting = list_own_exports(by).where(Export.status.in_(OPEN)).order_by(None).limit(1)
    return session.scalars(waiting.with_only_columns(Export.id)).first() is not None


def is_clock_silent(session: Session, by: User, now: datetime) -> bool:
    """Whether something of *by* waits although it is due, and the scheduler has not been heard of."""
    waiting = list_own_exports(by).where(Export.status.in_(OPEN), Export.created_at < now - LATE)
    if session.scalars(waiting.order_by(None).with_only_columns(Export.id).limit(1)).first() is None:
        return False
    beat = session.get(Heartbeat, JOB)
    return beat is None or now - beat.at > LATE


def count_rows(session: Session, found: Select[Any]) -> int:
    """Return how many rows a list has."""
    return session.scalar(select(func.count()).select_from(found.order_by(None).subquery())) or 0
