"""One statement for each rule: the rows that are past their time and still say who somebody is."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from pairing import clock
from pairing.accounts.models import AccountStatus, SignInFailure, User
from pairing.accounts.rules import Role
from pairing.enterprises.models import Enterprise, EnterpriseStatus
from pairing.files.models import StoredFile
from pairing.households.models import Household, HouseholdStatus
from pairing.outbox.models import Message
from pairing.pairings.models import Pairing, PairingStatus
from pairing.readers import everywhere
from pairing.retention.rules import BY_CODE, OWN, RetentionRule, days_of
from pairing.visits.models import Visit, VisitReport
from pairing.volunteers.models import Volunteer, VolunteerStatus

Due = Callable[[datetime], Select[Any]]
UNDECIDED = (VolunteerStatus.REFUSED, VolunteerStatus.PENDING)
OUTSIDE = (Role.VOLUNTEER, Role.COMPANY)


def _paired(column: InstrumentedAttribute[int], owner: InstrumentedAttribute[int]) -> Any:  # noqa: ANN401
    return exists().where(column == owner, Pairing.status == PairingStatus.ACTIVE)


def closed_households(before: datetime) -> Select[Any]:
    """Files closed so long ago, with no pairing left."""
    closed = Household.status == HouseholdStatus.CLOSED, Household.anonymised_at.is_(None)
    long_ago = Household.closed_on <= clock.local(before).date()
    return select(Household.id).where(*closed, long_ago, ~_paired(Pairing.household_id, Household.id))


def visit_reports(before: datetime) -> Select[Any]:
    """Reports written so long ago that still have their text."""
    return select(VisitReport.id).where(VisitReport.created_at <= before, VisitReport.erased_at.is_(None))


def visits(before: datetime) -> Select[Any]:
    """Visits so long ago that still say what for, or why not."""
    words = or_(Visit.purpose != "", Visit.cancel_note != "")
    return select(Visit.id).where(Visit.planned_on <= clock.local(before).date(), words)


def stored_files(now: datetime) -> Select[Any]:
    """Files whose last day is over: each was given one when it was kept."""
    return select(StoredFile.id).where(StoredFile.kept_until < clock.local(now).date())


def applicants(before: datetime) -> Select[Any]:
    """People who wanted to help and were refused, or never answered."""
    waiting = Volunteer.status.in_(UNDECIDED), Volunteer.anonymised_at.is_(None)
    return select(Volunteer.id).where(*waiting, Volunteer.updated_at <= before)


def applying_companies(before: datetime) -> Select[Any]:
    """Companies that were refused, or never answered: they have a contact who is a person."""
    statuses = (EnterpriseStatus.REFUSED, EnterpriseStatus.PENDING)
    waiting = Enterprise.status.in_(statuses), Enterprise.anonymised_at.is_(None)
    return select(Enterprise.id).where(*waiting, Enterprise.updated_at <= before)


def accounts(before: datetime) -> Select[Any]:
    """Accounts of outsiders that were refused, or never answered; a row that one of them claimed stays."""
    statuses = (AccountStatus.REFUSED, AccountStatus.PENDING)
    waiting = User.status.in_(statuses), User.role.in_(OUTSIDE), User.anonymised_at.is_(None)
    since = func.coalesce(User.decided_at, User.created_at)
    return select(User.id).where(*waiting, since <= before)


def left_volunteers(before: datetime) -> Select[Any]:
    """Volunteers who left so long ago, with no pairing left."""
    gone = Volunteer.status == VolunteerStatus.LEFT, Volunteer.anonymised_at.is_(None)
    return select(Volunteer.id).where(
        *gone, Volunteer.left_on <= clock.local(before).date(), ~_paired(Pairing.volunteer_id, Volunteer.id)
    )


def messages(before: datetime) -> Select[Any]:
    """Messages written so long ago that still have their body."""
    return select(Message.id).where(Message.created_at <= before, Message.body != "")


def sign_in_failures(before: datetime) -> Select[Any]:
    """Counts of failed sign-ins."""
    return select(SignInFailure.id).where(SignInFailure.last_at <= before)


DUE: Mapping[str, tuple[Due, ...]] = {
    "closed_households": (closed_households,),
    "visit_reports": (visit_reports, visits),
    "stored_files": (stored_files,),
    "applications": (applicants, applying_companies, accounts),
    "left_volunteers": (left_volunteers,),
    "messages": (messages,),
    "sign_in_failures": (sign_in_failures,),
}


def due_ids(session: Session, due: Due, before: datetime, after_id: int, limit: int) -> list[int]:
    """Return the ids of the next rows past their time, locked; what somebody works on has time."""
    found = due(before)
    column = found.selected_columns[0]
    next_ones = found.where(column > after_id).order_by(column).limit(limit)
    return list(session.scalars(next_ones.with_for_update(skip_locked=True)))


def count_due(session: Session, now: datetime, settings: Mapping[str, int]) -> dict[str, int]:
    """Return how many rows each rule of our own would take now; nothing is changed."""
    with everywhere(session, "how much is past its time, in figures"):
        return {rule.code: _count(session, rule, now, settings) for rule in OWN}


def cutoff(code: str, now: datetime, settings: Mapping[str, int]) -> datetime:
    """Return the moment before which things are past their time."""
    return now - timedelta(days=days_of(BY_CODE[code], settings))


def _count(session: Session, rule: RetentionRule, now: datetime, settings: Mapping[str, int]) -> int:
    before = cutoff(rule.code, now, settings)
    found = [select(func.count()).select_from(due(before).subquery()) for due in DUE[rule.code]]
    return sum(session.scalar(counted) or 0 for counted in found)
