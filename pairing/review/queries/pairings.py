"""One pairing with its two sides and its visits."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from pairing.accounts.models import User
from pairing.accounts.queries import get_scoped
from pairing.areas.queries import get_area
from pairing.households.models import Household
from pairing.pairings.models import Pairing
from pairing.visits.models import Visit, VisitPlan
from pairing.volunteers.models import Volunteer

AHEAD, BEHIND = 3, 6  # visits shown


@dataclass(frozen=True)
class PairingFile:
    """A pairing with what its page shows."""

    pairing: Pairing
    household: Household
    volunteer: Volunteer
    household_place: str
    volunteer_place: str
    plan: VisitPlan | None
    ahead: list[Visit]  # the next ones, soonest first
    behind: list[Visit]  # the last ones, newest first


def get_pairing_file(session: Session, pairing_id: int, by: User, today: date) -> PairingFile:
    """Return one pairing inside the scope of *by*; NotFound outside."""
    pairing = get_scoped(session, Pairing, pairing_id, by)
    household = session.get_one(Household, pairing.household_id)
    volunteer = session.get_one(Volunteer, pairing.volunteer_id)
    visits = select(Visit).where(Visit.pairing_id == pairing.id)
    ahead = visits.where(Visit.planned_on >= today).order_by(Visit.starts_at, Visit.id).limit(AHEAD)
    behind = visits.where(Visit.planned_on < today).order_by(Visit.starts_at.desc(), Visit.id.desc())
    return PairingFile(
        pairing,
        household,
        volunteer,
        get_area(session, household.area_code).name,
        get_area(session, volunteer.area_code).name,
        session.scalars(select(VisitPlan).where(VisitPlan.pairing_id == pairing.id)).one_or_none(),
        list(session.scalars(ahead)),
        list(session.scalars(behind.limit(BEHIND))),
    )
