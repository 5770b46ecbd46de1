"""Who is bound to whom already: living pairings, open proposals, refusals, kin."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from pairing.households.models import Household, HouseholdStatus, Member
from pairing.matching.models import OPEN_PROPOSALS, Proposal, ProposalStatus
from pairing.pairings.models import EndReason, Pairing, PairingStatus
from pairing.volunteers.models import Volunteer

SAID_NO = (ProposalStatus.DECLINED, ProposalStatus.REFUSED)


@dataclass(frozen=True)
class Bonds:
    """Places that are taken, and pairs that are not proposed again.

    Attributes
    ----------
    by_household, by_volunteer : active pairings and open proposals, counted.
    earlier : (household id, volunteer id) of those, of refused proposals, and of pairings that the
        household wished to end.
    pairing_ids, proposal_ids : what takes a place, for the digest of the input.
    """

    by_household: Counter[int]
    by_volunteer: Counter[int]
    earlier: set[tuple[int, int]]
    pairing_ids: list[int]
    proposal_ids: list[int]


def read_bonds(session: Session, district: str) -> Bonds:
    """Read what binds the volunteers of *district*, and the households in it."""
    living, ended = _pairings(session, district)
    asked, refused = _proposals(session, district)
    taken = [*living.values(), *asked.values()]
    return Bonds(
        by_household=Counter(household_id for household_id, _volunteer in taken),
        by_volunteer=Counter(volunteer_id for _household, volunteer_id in taken),
        earlier={*taken, *ended, *refused},
        pairing_ids=list(living),
        proposal_ids=list(asked),
    )


def _pairings(session: Session, district: str) -> tuple[dict[int, tuple[int, int]], list[tuple[int, int]]]:
    p = Pairing
    in_district = p.area_code.startswith(district, autoescape=True)
    columns = select(p.id, p.household_id, p.volunteer_id).where(in_district)
    living = session.execute(columns.where(p.status == PairingStatus.ACTIVE))
    unwelcome = session.execute(columns.where(p.end_reason == EndReason.HOUSEHOLD_WISH))
    return (
        {row_id: (household_id, volunteer_id) for row_id, household_id, volunteer_id in living},
        [(household_id, volunteer_id) for _id, household_id, volunteer_id in unwelcome],
    )


def _proposals(session: Session, district: str) -> tuple[dict[int, tuple[int, int]], list[tuple[int, int]]]:
    p = Proposal
    found = session.execute(
        select(p.id, p.household_id, p.volunteer_id, p.status).where(
            p.status.in_((*OPEN_PROPOSALS, *SAID_NO)), p.area_code.startswith(district, autoescape=True)
        )
    ).all()
    return (
        {row.id: (row.household_id, row.volunteer_id) for row in found if row.status in OPEN_PROPOSALS},
        [(row.household_id, row.volunteer_id) for row in found if row.status in SAID_NO],
    )


def list_kin(session: Session, area_code: str, district: str) -> list[tuple[int, int]]:
    """Return pairs with the same telephone, and pairs in which the volunteer lives in the household."""
    here = (
        Household.status == HouseholdStatus.OPEN,
        Household.area_code.startswith(area_code, autoescape=True),
        Volunteer.area_code.startswith(district, autoescape=True),
    )
    same_phone = select(Household.id, Volunteer.id).join(
        Volunteer, Volunteer.phone_index == Household.phone_index
    )
    same_person = (
        select(Household.id, Volunteer.id)
        .join(Member, Member.household_id == Household.id)
        .join(Volunteer, Volunteer.identity_index == Member.identity_index)
    )
    found = [*session.execute(same_phone.where(*here)), *session.execute(same_person.where(*here))]
    return [(household_id, volunteer_id) for household_id, volunteer_id in found]
