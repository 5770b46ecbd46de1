"""A single visit: moved, cancelled, written down."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from pairing import clock
from pairing.accounts.models import User
from pairing.audit.services import record
from pairing.db import LOCK
from pairing.errors import RuleBroken
from pairing.visits import rules
from pairing.visits.models import Visit, VisitStatus
from pairing.visits.services.notices import tell_cancelled, tell_moved
from pairing.visits.services.reminders import cancel_reminders, settle_reminders
from pairing.wording import _

LIVING = (VisitStatus.OPEN, VisitStatus.PLANNED)


def lock_visit(session: Session, visit: Visit) -> None:
    """Take the row for change, as it is now and not as it was read."""
    session.refresh(visit, with_for_update=LOCK)


def check_living(visit: Visit) -> None:
    """Refuse a deed on a visit that is over."""
    if visit.status not in LIVING:
        raise RuleBroken(_("这次走访已经完成或取消"), "visit_over")


def check_day(day: date, now: datetime) -> None:
    """Refuse to plan into the past."""
    if day < clock.local(now).date():
        raise RuleBroken(_("走访日期不能早于今天"), "visit_in_past")


def cancel_visit(session: Session, visit: Visit, by: User, note: str, now: datetime) -> None:
    """Cancel a visit and its reminders, and tell the volunteer; RuleBroken if it is over."""
    lock_visit(session, visit)
    check_living(visit)
    visit.status, visit.cancel_note = VisitStatus.CANCELLED, note
    session.flush()
    cancel_reminders(session, [visit.id], _("走访已取消"))
    tell_cancelled(session, visit, now)
    record(session, by, "cancel_visit", visit, now)


def move_visit(
    session: Session, visit: Visit, planned_on: date, half_day: int, by: User, now: datetime
) -> None:
    """Move a visit, and its reminders with it, and tell the volunteer.

    Raises
    ------
    RuleBroken : the visit is over, the day is past, or the pair meets on that day already.
    """
    lock_visit(session, visit)
    check_living(visit)
    check_day(planned_on, now)
    if is_day_taken(session, visit, planned_on):
        raise RuleBroken(_("这一天已有同一结对的走访"), "same_day")
    before = visit.starts_at
    visit.planned_on, visit.starts_at = planned_on, rules.start_of(planned_on, half_day)
    session.flush()
    settle_reminders(session, [visit], now)
    tell_moved(session, visit, before, now)
    record(session, by, "move_visit", visit, now, {"planned_on": planned_on.isoformat()})


def is_day_taken(session: Session, visit: Visit, day: date) -> bool:
    """Whether the pair of *visit* has another visit on *day*; a visit without a pairing has no pair."""
    others = select(Visit.id).where(
        Visit.pairing_id == visit.pairing_id,
        Visit.planned_on == day,
        Visit.status.in_((*LIVING, VisitStatus.DONE)),
        Visit.id != visit.id,
    )
    return visit.pairing_id is not None and session.scalars(others.limit(1)).first() is not None
