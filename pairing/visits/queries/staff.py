"""What staff look after."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import Session

from pairing.accounts.models import User
from pairing.accounts.queries import scoped
from pairing.areas.models import Area
from pairing.households.models import Household
from pairing.visits.models import Reminder, Visit, VisitReport, VisitStatus
from pairing.volunteers.models import Volunteer

VisitRow = tuple[Visit, Household, Volunteer | None, str]  # the last is the name of the community


@dataclass(frozen=True)
class VisitFilter:
    """Which visits are listed; overdue ones stay on top whatever the week."""

    week_from: date
    week_to: date
    today: date
    area_code: str = ""
    status: VisitStatus | None = None


def list_visits(user: User, chosen: VisitFilter) -> Select[*tuple[Any, ...]]:
    """Return the statement for `VisitRow` tuples in the scope of *user*, overdue ones first, then by time."""
    late = _is_late(chosen.today)
    this_week = chosen.week_from <= chosen.today <= chosen.week_to
    in_week = Visit.planned_on.between(chosen.week_from, chosen.week_to)
    found = (
        select(Visit, Household, Volunteer, Area.name)
        .join(Household, Household.id == Visit.household_id)
        .outerjoin(Volunteer, Volunteer.id == Visit.volunteer_id)
        .join(Area, Area.code == Visit.area_code)
        .where(or_(in_week, late) if this_week else in_week)
        .order_by(case((late, 0), else_=1), Visit.starts_at, Visit.id)
    )
    if chosen.area_code:
        found = found.where(Visit.area_code.startswith(chosen.area_code, autoescape=True))
    if chosen.status:
        found = found.where(Visit.status == chosen.status)
    return scoped(found, Visit, user)


def count_overdue(session: Session, user: User, today: date) -> int:
    """Count the visits in the scope of *user* whose day is over and whose report is missing."""
    counted = select(func.count()).select_from(Visit).where(_is_late(today))
    return session.scalar(scoped(counted, Visit, user)) or 0


def find_report(session: Session, visit: Visit) -> VisitReport | None:
    """Return the report of a visit, if there is one."""
    return session.scalars(select(VisitReport).where(VisitReport.visit_id == visit.id)).one_or_none()


def list_reminders(session: Session, visit: Visit) -> list[Reminder]:
    """Return the reminders of a visit in the order in which they fall due."""
    found = select(Reminder).where(Reminder.visit_id == visit.id)
    return list(session.scalars(found.order_by(Reminder.due_at, Reminder.channel)))


def _is_late(today: date) -> Any:  # noqa: ANN401 - a SQL expression
    return (Visit.status == VisitStatus.PLANNED) & (Visit.planned_on < today)
