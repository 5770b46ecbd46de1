"""What a volunteer may see: own visits, open visits nearby, and a household only while there is a reason."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from pairing import clock
from pairing.accounts.models import User
from pairing.accounts.queries import get_scoped, relate, scoped
from pairing.accounts.rules import Role
from pairing.areas.models import Area
from pairing.areas.rules import nearness
from pairing.errors import NotFound
from pairing.households.models import GenderWish, Household
from pairing.readers import everywhere
from pairing.values.half_days import bit
from pairing.visits.models import Visit, VisitReport, VisitStatus
from pairing.visits.rules import part_at
from pairing.volunteers.models import REACH_DIGITS, Volunteer
from pairing.volunteers.queries import own_ids

WISH = "whom a home would like at its door"


@dataclass(frozen=True)
class OwnVisit:
    """A visit of the volunteer; *household* is None where name and address are none of theirs any more."""

    visit: Visit
    community: str
    file_no: str
    household: Household | None
    report: VisitReport | None


@dataclass(frozen=True)
class OpenVisit:
    """A visit that waits for somebody; no name, no address."""

    visit: Visit
    community: str
    is_near: bool  # in the community where the volunteer lives
    fits: bool  # in a half-day that the volunteer keeps free


def get_own_visit(session: Session, visit_id: int, volunteer: Volunteer) -> Visit:
    """Return a visit of this volunteer; NotFound for anybody else's."""
    return get_scoped(session, Visit, visit_id, _account(session, volunteer))


def find_household_for(session: Session, household_id: int, volunteer: Volunteer) -> Household | None:
    """Return the household if this volunteer is paired with it or about to visit it, else None."""
    return _households_for(session, volunteer, {household_id}).get(household_id)


def _account(session: Session, volunteer: Volunteer) -> User:
    return session.get_one(User, volunteer.user_id)


@relate(Visit, Role.VOLUNTEER)
def _own_visits(user: User) -> ColumnElement[bool]:
    return Visit.volunteer_id.in_(own_ids(user))


@relate(Household, Role.VOLUNTEER)
def _homes_to_visit(user: User) -> ColumnElement[bool]:
    """Who has signed up for a visit must find the door; a visit of a pairing goes by the pairing."""
    alone = (Visit.status == VisitStatus.PLANNED, Visit.pairing_id.is_(None))
    planned = select(Visit.household_id).where(*alone)
    return Household.id.in_(planned.where(_own_visits(user)))


def list_own_visits(session: Session, volunteer: Volunteer, visit_id: int | None = None) -> list[OwnVisit]:
    """Return the visits of this volunteer that are not cancelled, by time; or just one of them."""
    found = (
        select(Visit, Area.name, Household.file_no, VisitReport)
        .join(Area, Area.code == Visit.area_code)
        .join(Household, Household.id == Visit.household_id)
        .outerjoin(VisitReport, VisitReport.visit_id == Visit.id)
        .where(Visit.volunteer_id == volunteer.id)
        .order_by(Visit.starts_at, Visit.id)
    )
    found = (
        found.where(Visit.id == visit_id) if visit_id else found.where(Visit.status != VisitStatus.CANCELLED)
    )
    with everywhere(session, "the end of a file number tells past visits apart"):
        rows = session.execute(found).all()
    known = _households_for(session, volunteer, {row[0].household_id for row in rows})
    return [
        OwnVisit(visit, name, no, known.get(visit.household_id), report) for visit, name, no, report in rows
    ]


def _households_for(session: Session, volunteer: Volunteer, ids: set[int]) -> dict[int, Household]:
    found = scoped(select(Household).where(Household.id.in_(ids)), Household, _account(session, volunteer))
    return {household.id: household for household in session.scalars(found)}


def list_open_visits(session: Session, volunteer: Volunteer, now: datetime) -> list[OpenVisit]:
    """Return the open visits within reach: own community first, then fitting half-days, then by time."""
    with everywhere(session, WISH):
        rows = session.execute(_open_to(volunteer, now)).all()
    found = [_open_visit(visit, name, volunteer) for visit, name in rows]
    return sorted(
        found, key=lambda item: (not item.is_near, not item.fits, item.visit.starts_at, item.visit.id)
    )


def get_open_visit(session: Session, visit_id: int, volunteer: Volunteer) -> Visit:
    """Return a visit that was offered to this volunteer, taken or not; NotFound for one out of reach."""
    visit = session.get(Visit, visit_id)
    if visit is None or visit.pairing_id or not visit.area_code.startswith(_reach(volunteer)):
        raise NotFound
    return visit


def _open_to(volunteer: Volunteer, now: datetime) -> Select[Visit, str]:
    return (
        select(Visit, Area.name)
        .join(Area, Area.code == Visit.area_code)
        .join(Household, Household.id == Visit.household_id)
        .where(
            Visit.status == VisitStatus.OPEN,
            Visit.starts_at > now,
            Visit.area_code.startswith(_reach(volunteer), autoescape=True),
            Household.gender_wish.in_((GenderWish.ANY, GenderWish(volunteer.gender.value))),
        )
    )


def _reach(volunteer: Volunteer) -> str:
    return volunteer.area_code[: REACH_DIGITS[volunteer.reach]]


def _open_visit(visit: Visit, community: str, volunteer: Volunteer) -> OpenVisit:
    weekday = clock.local(visit.starts_at).weekday()
    free = bit(weekday, part_at(visit.starts_at)) & volunteer.half_days
    return OpenVisit(visit, community, nearness(visit.area_code, volunteer.area_code) == 1, bool(free))
