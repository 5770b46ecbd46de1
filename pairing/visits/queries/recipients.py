"""Whom a reminder reaches."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from pairing.accounts.models import AccountStatus, User
from pairing.accounts.queries import list_staff_for
from pairing.visits.models import Visit
from pairing.volunteers.models import Volunteer


@dataclass(frozen=True)
class Recipient:
    """The person to remind: the volunteer, or staff nearby who phone a volunteer without account."""

    user_id: int | None  # None where there is nobody at all
    has_email: bool
    is_stand_in: bool


def list_recipients(session: Session, visits: Sequence[Visit]) -> dict[int, Recipient]:
    """Return visit id -> the person to remind of it."""
    own = _volunteers(session, visits)
    areas = {visit.area_code for visit in visits if visit.volunteer_id not in own}
    staff = {area: _nearest_staff(session, area) for area in areas}
    return {
        visit.id: own[visit.volunteer_id] if visit.volunteer_id in own else staff[visit.area_code]
        for visit in visits
    }


def _volunteers(session: Session, visits: Sequence[Visit]) -> dict[int | None, Recipient]:
    """Return the volunteers who can sign in."""
    ids = {visit.volunteer_id for visit in visits if visit.volunteer_id}
    found = (
        select(Volunteer.id, User.id, User.email)
        .join(User, User.id == Volunteer.user_id)
        .where(Volunteer.id.in_(ids), User.status == AccountStatus.ACTIVE)
    )
    rows = session.execute(found)
    return {volunteer: Recipient(user, bool(email), is_stand_in=False) for volunteer, user, email in rows}


def _nearest_staff(session: Session, area_code: str) -> Recipient:
    for user in list_staff_for(session, area_code):
        return Recipient(user.id, bool(user.email), is_stand_in=True)
    return Recipient(None, has_email=False, is_stand_in=True)
