"""Visits of a pairing, laid ahead of time and taken away with the pairing."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from pairing import clock
from pairing.accounts.models import User
from pairing.audit.services import record
from pairing.errors import RuleBroken
from pairing.pairings.models import Pairing, PairingStatus
from pairing.visits import rules
from pairing.visits.models import Frequency, Visit, VisitPlan, VisitStatus
from pairing.visits.services.reminders import cancel_reminders, settle_reminders
from pairing.wording import _

RHYTHM = {  # (months, weeks) between two visits
    Frequency.WEEKLY: (0, 1),
    Frequency.FORTNIGHTLY: (0, 2),
    Frequency.MONTHLY: (1, 0),
    Frequency.QUARTERLY: (3, 0),
}
LAID_AT_ONCE = 20  # plans in one transaction: nobody else can write into SQLite meanwhile
LIVING = (VisitStatus.OPEN, VisitStatus.PLANNED)


def plan_visits(
    session: Session,
    pairing: Pairing,
    first_visit_on: date,
    frequency: Frequency,
    half_day: int,
    by: User,
    now: datetime,
) -> VisitPlan:
    """Lay the visits of a pairing for the next quarter, reminders included.

    Raises
    ------
    RuleBroken : the first visit lies in the past, or the pairing has a plan already.
    """
    if first_visit_on < clock.local(now).date():
        raise RuleBroken(_("首次走访不能早于今天"), "visit_in_past")
    if session.scalars(select(VisitPlan).where(VisitPlan.pairing_id == pairing.id)).one_or_none():
        raise RuleBroken(_("该结对已有走访安排"), "already_planned")
    plan = VisitPlan(
        pairing_id=pairing.id,
        frequency=frequency,
        first_visit_on=first_visit_on,
        half_day=half_day,
        laid_until=date.min,
    )
    session.add(plan)
    laid = _lay(session, plan, pairing, now)
    record(session, by, "plan_visits", pairing, now, {"frequency": frequency.value, "visits": len(laid)})
    return plan


def lay_ahead(session: Session, now: datetime, limit: int = LAID_AT_ONCE) -> int:
    """Lay the visits of the next plans that have come within the next quarter; return of how many plans.

    A plan that was laid reaches beyond the quarter, so that the next call goes on with the others.
    """
    horizon = clock.local(now).date() + rules.AHEAD
    due = (
        select(VisitPlan, Pairing)
        .join(Pairing, Pairing.id == VisitPlan.pairing_id)
        .where(Pairing.status == PairingStatus.ACTIVE, VisitPlan.laid_until < horizon)
        .order_by(VisitPlan.id)
        .limit(limit)
        .with_for_update()
    )
    plans = session.execute(due).all()
    for plan, pairing in plans:
        _lay(session, plan, pairing, now)
    return len(plans)


def cancel_future_visits(session: Session, pairing: Pairing, by: User, now: datetime) -> int:
    """Cancel what still lies ahead of a pairing that ends; return how many visits.

    A visit whose day has passed without a report stays: it may still be reported.
    """
    ahead = select(Visit).where(
        Visit.pairing_id == pairing.id, Visit.status.in_(LIVING), Visit.starts_at > now
    )
    visits = session.scalars(ahead.with_for_update().execution_options(populate_existing=True)).all()
    for visit in visits:
        visit.status, visit.cancel_note = VisitStatus.CANCELLED, _("结对已结束")
    session.flush()
    cancel_reminders(session, [visit.id for visit in visits], _("走访已取消"))
    record(session, by, "cancel_future_visits", pairing, now, {"visits": len(visits)})
    return len(visits)


def _lay(session: Session, plan: VisitPlan, pairing: Pairing, now: datetime) -> list[Visit]:
    """Add the visits after `laid_until`, but none on a day on which the pair meets anyway or that is over."""
    today = clock.local(now).date()
    until = max(today + rules.AHEAD, plan.first_visit_on)
    days = rules.visit_days(plan.first_visit_on, *RHYTHM[plan.frequency], until)
    taken = _days_taken(session, pairing)
    wanted = [day for day in days if day > plan.laid_until and day >= today and day not in taken]
    visits = [_visit(plan, pairing, day, now) for day in wanted]
    session.add_all(visits)
    plan.laid_until = until
    session.flush()
    settle_reminders(session, visits, now)
    return visits


def _days_taken(session: Session, pairing: Pairing) -> set[date]:
    met = select(Visit.planned_on).where(
        Visit.pairing_id == pairing.id, Visit.status != VisitStatus.CANCELLED
    )
    return set(session.scalars(met))


def _visit(plan: VisitPlan, pairing: Pairing, day: date, now: datetime) -> Visit:
    return Visit(
        household_id=pairing.household_id,
        pairing_id=pairing.id,
        volunteer_id=pairing.volunteer_id,
        area_code=pairing.area_code,
        status=VisitStatus.PLANNED,
        planned_on=day,
        starts_at=rules.start_of(day, plan.half_day),
        created_at=now,
    )
