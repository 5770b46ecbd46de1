"""Starting and ending the relation between a volunteer and a household."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from pairing import clock
from pairing.accounts.models import User
from pairing.areas.services import follow
from pairing.audit.services import record
from pairing.db import LOCK
from pairing.errors import RuleBroken
from pairing.households.models import Household, HouseholdStatus
from pairing.pairings import queries
from pairing.pairings.models import EndReason, Pairing, PairingStatus
from pairing.volunteers.models import Volunteer, VolunteerStatus
from pairing.wording import _

follow(Household, lambda home: select(Pairing).where(Pairing.household_id == home))


def start_pairing(
    session: Session, household: Household, volunteer: Volunteer, by: User, started_on: date, now: datetime
) -> Pairing:
    """Begin the relation; household and volunteer stay locked, in this order, until the commit.

    Raises
    ------
    RuleBroken : either is not in a state to be paired, they are paired already, the household has
        as many visitors as it wants, or the volunteer as many households as they can serve.
    """
    session.refresh(household, with_for_update=LOCK)
    session.refresh(volunteer, with_for_update=LOCK)
    _check_state(household, volunteer)
    _check_places(session, household, volunteer)
    pairing = Pairing(
        household_id=household.id,
        volunteer_id=volunteer.id,
        area_code=household.area_code,
        status=PairingStatus.ACTIVE,
        started_on=started_on,
        confirmed_by_id=by.id,
        created_at=now,
    )
    session.add(pairing)
    detail = {
        "household_id": household.id,
        "volunteer_id": volunteer.id,
        "started_on": started_on.isoformat(),
    }
    record(session, by, "start_pairing", pairing, now, detail)
    return pairing


def _check_state(household: Household, volunteer: Volunteer) -> None:
    if household.status is not HouseholdStatus.OPEN:
        raise RuleBroken(_("该户已退出帮扶,不能再结对"), "household_closed")
    if volunteer.status is not VolunteerStatus.ACTIVE:
        raise RuleBroken(
            _("该志愿者目前不能结对(%(status)s)", status=volunteer.status.label), "volunteer_not_active"
        )


def _check_places(session: Session, household: Household, volunteer: Volunteer) -> None:
    if queries.find_active_pair(session, household.id, volunteer.id):
        raise RuleBroken(_("该户与这位志愿者已经结对"), "already_paired")
    taken = queries.count_active_by_household(session, [household.id]).get(household.id, 0)
    if taken >= household.visitors_wanted:
        raise RuleBroken(_("该户已有志愿者确认结对,名额已满"), "no_place")
    served = queries.count_active_by_volunteer(session, [volunteer.id]).get(volunteer.id, 0)
    if served >= volunteer.capacity:
        raise RuleBroken(
            _("该志愿者帮扶的家庭已达上限 %(limit)d 户", limit=volunteer.capacity), "volunteer_full"
        )


def end_pairing(
    session: Session, pairing: Pairing, by: User, reason: EndReason, note: str, now: datetime
) -> None:
    """End the relation for a coded reason; RuleBroken if it has ended already."""
    session.refresh(pairing, with_for_update=LOCK)
    if pairing.status is not PairingStatus.ACTIVE:
        raise RuleBroken(_("该结对已经结束"), "already_ended")
    pairing.status = PairingStatus.ENDED
    pairing.ended_on = clock.local(now).date()
    pairing.end_reason, pairing.end_note = reason, note
    record(session, by, "end_pairing", pairing, now, {"reason": reason.value})
