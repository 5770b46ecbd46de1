"""What is proposed to a volunteer or to a company, as they themselves see it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from pairing.accounts.models import User
from pairing.accounts.queries import get_scoped, relate, scoped
from pairing.accounts.rules import Role
from pairing.areas.queries import place_names
from pairing.enterprises.models import Pledge
from pairing.enterprises.queries import own_pledge_ids
from pairing.households.models import Household, Need
from pairing.matching.models import OPEN_PROPOSALS, Grant, GrantStatus, Proposal
from pairing.matching.queries.cards import PairCard, list_pair_cards
from pairing.matching.queries.runs import weights_of
from pairing.privacy.pseudonym import pseudonym
from pairing.readers import everywhere
from pairing.values.needs import Category, NeedType
from pairing.volunteers.queries import own_ids
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


@relate(Proposal, Role.VOLUNTEER)
def _own_proposals(user: User) -> ColumnElement[bool]:
    return Proposal.volunteer_id.in_(own_ids(user))


@relate(Grant, Role.COMPANY)
def _of_own_pledges(user: User) -> ColumnElement[bool]:
    return Grant.pledge_id.in_(own_pledge_ids(user))


def select_my_proposals(user: User, is_waiting: bool) -> Select[Any]:
    """Return the statement for the proposals to a volunteer: those that wait, or those that are over."""
    found = scoped(select(Proposal), Proposal, user)
    if is_waiting:
        return found.where(Proposal.status.in_(OPEN_PROPOSALS)).order_by(
            Proposal.status.desc(), Proposal.expires_at
        )
    return found.where(Proposal.status.not_in(OPEN_PROPOSALS)).order_by(
        Proposal.created_at.desc(), Proposal.id.desc()
    )


def get_my_proposal(session: Session, proposal_id: int, user: User) -> Proposal:
    """Return a proposal to this volunteer; NotFound if it is anybody else's."""
    return get_scoped(session, Proposal, proposal_id, user)


def list_own_cards(session: Session, proposals: Sequence[Proposal]) -> list[PairCard]:
    """Return what a volunteer sees of *proposals*: what the homes need, not yet whose they are."""
    with everywhere(session, "a proposal says what a home needs before it says whose it is"):
        weights = weights_of(session, (row.run_id for row in proposals))
        return list_pair_cards(session, proposals, weights)


def select_my_grants(user: User, is_asked: bool) -> Select[Any]:
    """Return the statement for the grants proposed to a company: those to answer, or the others."""
    found = scoped(select(Grant), Grant, user)
    if is_asked:
        return found.where(Grant.status.in_(ASKED)).order_by(Grant.expires_at, Grant.id)
    return found.where(Grant.status.not_in(ASKED)).order_by(Grant.created_at.desc(), Grant.id.desc())


def list_own_grants(session: Session, ids: Iterable[int], user: User) -> list[Grant]:
    """Return those of *ids* that are proposed to this company, by id."""
    found = scoped(select(Grant).where(Grant.id.in_(set(ids))), Grant, user)
    return list(session.scalars(found.order_by(Grant.id)))


def get_my_grant(session: Session, grant_id: int, user: User) -> Grant:
    """Return a grant proposed to this company; NotFound if it is anybody else's."""
    return get_scoped(session, Grant, grant_id, user)


def list_grant_cards(session: Session, grants: Iterable[Grant]) -> list[GrantCard]:
    """Return what a company sees of *grants*, in their order."""
    rows = list(grants)
    found = (
        select(Grant.id, Pledge, Need.need_type, Household.category)
        .join(Pledge, Pledge.id == Grant.pledge_id)
        .join(Need, Need.id == Grant.need_id)
        .join(Household, Household.id == Grant.household_id)
        .where(Grant.id.in_([grant.id for grant in rows]))
    )
    with everywhere(session, "a company sees the kind of a household, never the household"):
        known = {row_id: (pledge, need, kind) for row_id, pledge, need, kind in session.execute(found)}
    names = place_names(session, (grant.area_code for grant in rows))
    return [_grant_card(grant, *known[grant.id], names.get(grant.area_code, "")) for grant in rows]


def _grant_card(
    grant: Grant, pledge: Pledge, need_type: NeedType, category: Category, place: str
) -> GrantCard:
    name = pseudonym(pledge.enterprise_id, grant.household_id)
    return GrantCard(grant, pledge, name, place, need_type, category)
