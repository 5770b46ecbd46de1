"""What is proposed to a volunteer or to a company, as they themselves see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from pairing.accounts.models import User
from pairing.areas.queries import place_names
from pairing.enterprises.models import Enterprise, Pledge
from pairing.errors import NotFound
from pairing.households.models import Household, Need
from pairing.matching.models import OPEN_PROPOSALS, Grant, GrantStatus, Proposal
from pairing.privacy.pseudonym import pseudonym
from pairing.values.needs import Category, NeedType
from pairing.volunteers.models import Volunteer
from pairing.wording import Wording

ASKED = (GrantStatus.PROPOSED,)


@dataclass(frozen=True)
class GrantCard:
    """Proposed money as the company sees it: never who the household is."""

    grant: Grant
    pledge: Pledge
    household_name: Wording
    place: str
    need_type: NeedType
    category: Category


def select_my_proposals(user: User, is_waiting: bool) -> Select[Any]:
    """Return the statement for the proposals to a volunteer: those that wait, or those that are over."""
    found = select(Proposal).join(Volunteer, Volunteer.id == Proposal.volunteer_id)
    found = found.where(Volunteer.user_id == user.id)
    if is_waiting:
        return found.where(Proposal.status.in_(OPEN_PROPOSALS)).order_by(
            Proposal.status.desc(), Proposal.expires_at
        )
    return found.where(Proposal.status.not_in(OPEN_PROPOSALS)).order_by(
        Proposal.created_at.desc(), Proposal.id.desc()
    )


def get_my_proposal(session: Session, proposal_id: int, user: User) -> Proposal:
    """Return a proposal to this volunteer; NotFound if it is anybody else's."""
    found = select(Proposal).join(Volunteer, Volunteer.id == Proposal.volunteer_id)
    mine = found.where(Proposal.id == proposal_id, Volunteer.user_id == user.id)
    proposal = session.scalars(mine).one_or_none()
    if proposal is None:
        raise NotFound
    return proposal


def _of_company(user: User) -> Select[Any]:
    return (
        select(Grant)
        .join(Pledge, Pledge.id == Grant.pledge_id)
        .join(Enterprise, Enterprise.id == Pledge.enterprise_id)
        .where(Enterprise.user_id == user.id)
    )


def select_my_grants(user: User, is_asked: bool) -> Select[Any]:
    """Return the statement for the grants proposed to a company: those to answer, or the others."""
    found = _of_company(user)
    if is_asked:
        return found.where(Grant.status.in_(ASKED)).order_by(Grant.expires_at, Grant.id)
    return found.where(Grant.status.not_in(ASKED)).order_by(Grant.created_at.desc(), Grant.id.desc())


def list_own_grants(session: Session, ids: Iterable[int], user: User) -> list[Grant]:
    """Return those of *ids* that are proposed to this company, by id."""
    return list(session.scalars(_of_company(user).where(Grant.id.in_(set(ids))).order_by(Grant.id)))


def get_my_grant(session: Session, grant_id: int, user: User) -> Grant:
    """Return a grant proposed to this company; NotFound if it is anybody else's."""
    found = list_own_grants(session, [grant_id], user)
    if not found:
        raise NotFound
    return found[0]


def list_grant_cards(session: Session, grants: Iterable[Grant]) -> list[GrantCard]:
    """Return what a company sees of *grants*, in their order."""
    rows = list(grants)
    found = session.execute(
        select(Grant.id, Pledge, Need.need_type, Household.category)
        .join(Pledge, Pledge.id == Grant.pledge_id)
        .join(Need, Need.id == Grant.need_id)
        .join(Household, Household.id == Grant.household_id)
        .where(Grant.id.in_([grant.id for grant in rows]))
    )
    known = {row_id: (pledge, need_type, category) for row_id, pledge, need_type, category in found}
    names = place_names(session, (grant.area_code for grant in rows))
    return [_grant_card(grant, *known[grant.id], names.get(grant.area_code, "")) for grant in rows]


def _grant_card(
    grant: Grant, pledge: Pledge, need_type: NeedType, category: Category, place: str
) -> GrantCard:
    name = pseudonym(pledge.enterprise_id, grant.household_id)
    return GrantCard(grant, pledge, name, place, need_type, category)
