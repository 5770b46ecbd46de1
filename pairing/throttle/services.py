"""Counting requests in the database, so that several machines count together."""

from datetime import datetime
from typing import Any

from sqlalchemy import Insert, case, delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from pairing.privacy.keys import blind_index
from pairing.throttle.models import RateWindow
from pairing.throttle.rules import LIMITS

INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def is_too_often(session: Session, name: str, who: str, now: datetime, factor: int = 1) -> bool:
    """Count one more request of *who* under *name*; tell whether it is over *factor* times the limit.

    One statement counts, so that requests at the same moment are all counted. What is refused
    counts too: whoever hammers on stays out until the window ends.
    """
    limit = LIMITS[name]
    hits = session.scalar(_count(session, blind_index(f"rate.{name}", who), now, now + limit.span))
    return bool(hits and hits > limit.hits * factor)


def _count(session: Session, key: bytes, now: datetime, ends_at: datetime) -> Insert:
    row = INSERTS[session.get_bind().dialect.name](RateWindow).values(key=key, hits=1, ends_at=ends_at)
    is_over = RateWindow.ends_at <= now
    counted = {
        "hits": case((is_over, 1), else_=RateWindow.hits + 1),
        "ends_at": case((is_over, row.excluded.ends_at), else_=RateWindow.ends_at),
    }
    upsert: Insert = row.on_conflict_do_update(index_elements=["key"], set_=counted)
    return upsert.returning(RateWindow.hits)


def prune(session: Session, now: datetime) -> None:
    """Forget the windows that are over."""
    session.execute(delete(RateWindow).where(RateWindow.ends_at <= now))
