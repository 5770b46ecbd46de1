"""Proposed pairings as staff see them: both sides, why they fit, when the first visit could be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, selectinload

from pairing.accounts.models import User
from pairing.accounts.queries import get_scoped, within_scope
from pairing.areas.models import Area
from pairing.households.models import GenderWish, Household, NeedStatus
from pairing.matching.models import MatchingRun, Proposal, ProposalStatus
from pairing.matching.rules.reasons import PairFacts, Reasons, explain
from pairing.matching.rules.weights import Weights
from pairing.review import rules
from pairing.values.half_days import PARTS
from pairing.visits.models import Frequency
from pairing.volunteers.models import Volunteer

ASKED, CONSENT, READY, DONE = TABS = ("asked", "consent", "ready", "done")


@dataclass(frozen=True)
class FirstVisit:
    """When the first visit could be, and how often visits could follow."""

    on: date
    half_day: int
    frequency: Frequency
    common: int  # half-days that suit both

    @property
    def part(self) -> str:
        """Morning, afternoon or evening; "" where only the day is proposed."""
        return PARTS[(self.half_day.bit_length() - 1) % len(PARTS)] if self.half_day else ""


@dataclass(frozen=True)
class Card:
    """A proposed pairing with everything that is drawn of it."""

    proposal: Proposal
    household: Household
    volunteer: Volunteer
    household_place: str
    volunteer_place: str
    reasons: Reasons
    most: dict[str, float]
    visit: FirstVisit


def _in_tab(tab: str) -> ColumnElement[bool]:
    accepted = Proposal.status == ProposalStatus.ACCEPTED
    decided = Proposal.status.not_in((ProposalStatus.PROPOSED, ProposalStatus.ACCEPTED))
    return {
        ASKED: Proposal.status == ProposalStatus.PROPOSED,
        CONSENT: accepted & Proposal.consent_at.is_(None),
        READY: accepted & Proposal.consent_at.is_not(None),
    }.get(tab, decided)


def select_proposals(by: User, tab: str, area_code: str = "") -> Select[Proposal]:
    """Return the statement for the proposals of a tab in the scope of *by*: first what expires first."""
    found = within_scope(select(Proposal), Proposal.area_code, by)
    found = found.where(_in_tab(tab), Proposal.area_code.startswith(area_code, autoescape=True))
    if tab == DONE:
        over = func.coalesce(Proposal.decided_at, Proposal.answered_at, Proposal.expires_at)
        return found.order_by(over.desc(), Proposal.id.desc())
    return found.order_by(Proposal.expires_at, Proposal.points.desc(), Proposal.id)


def count_tabs(session: Session, by: User, area_code: str = "") -> dict[str, int]:
    """Return how many proposals each tab holds."""
    columns = (func.count().filter(_in_tab(tab)) for tab in TABS)
    counted = within_scope(select(*columns), Proposal.area_code, by)
    row = session.execute(counted.where(Proposal.area_code.startswith(area_code, autoescape=True))).one()
    return dict(zip(TABS, row, strict=True))


def get_card(session: Session, proposal_id: int, by: User, today: date, lock: bool = False) -> Card:
    """Return one proposal inside the scope of *by*, locked for change if asked; NotFound outside."""
    proposal = get_scoped(session, Proposal, proposal_id, by, lock)
    return list_cards(session, [proposal], today)[0]


def list_scoped(session: Session, ids: Iterable[int], by: User) -> list[Proposal]:
    """Return those of *ids* that lie in the scope of *by*, by id."""
    found = within_scope(select(Proposal).where(Proposal.id.in_(list(ids))), Proposal.area_code, by)
    return list(session.scalars(found.order_by(Proposal.id)))


def list_cards(session: Session, proposals: Sequence[Proposal], today: date) -> list[Card]:
    """Return what is drawn of *proposals*, in their order, with a handful of statements."""
    homes = _by_id(session, Household, {p.household_id for p in proposals}, Household.needs)
    people = _by_id(session, Volunteer, {p.volunteer_id for p in proposals}, Volunteer.skills)
    weights = _weights(session, {p.run_id for p in proposals if p.run_id})
    places = _places(session, [*homes.values(), *people.values()])
    return [
        _card(
            p, homes[p.household_id], people[p.volunteer_id], weights.get(p.run_id, Weights()), places, today
        )
        for p in proposals
    ]


def staff_names(session: Session, proposal: Proposal) -> dict[int, str]:
    """Return user id -> name of those who noted the consent and decided."""
    ids = (proposal.consent_by_id, proposal.decided_by_id)
    users = session.scalars(select(User).where(User.id.in_([one for one in ids if one is not None])))
    return {user.id: user.display_name for user in users}


def _card(
    proposal: Proposal,
    household: Household,
    volunteer: Volunteer,
    weights: Weights,
    places: dict[str, str],
    today: date,
) -> Card:
    most = weights.most()
    return Card(
        proposal,
        household,
        volunteer,
        places.get(household.area_code, ""),
        places.get(volunteer.area_code, ""),
        explain(proposal.parts, most, _facts(household, volunteer)),
        most,
        suggest_visit(household, volunteer, today),
    )


def suggest_visit(household: Household, volunteer: Volunteer, today: date) -> FirstVisit:
    """Return the nearest half-day that suits both, and the frequency that is usual for such a household."""
    common = rules.common_half_days(household.half_days, volunteer.half_days)
    on, half_day = rules.first_visit(common, today)
    frequency = Frequency(rules.recommended_frequency(household.urgency.value, household.category))
    return FirstVisit(on, half_day, frequency, common)


def _facts(household: Household, volunteer: Volunteer) -> PairFacts:
    wish = household.gender_wish
    return PairFacts(
        needs=tuple(need.need_type for need in household.needs if need.status is NeedStatus.OPEN),
        skills=tuple(skill.skill.value for skill in volunteer.skills),
        household_area=household.area_code,
        volunteer_area=volunteer.area_code,
        household_half_days=household.half_days,
        volunteer_half_days=volunteer.half_days,
        language_wish=household.language_wish,
        gender_wish=None if wish is GenderWish.ANY else wish.label,
    )


def _by_id(session: Session, model: Any, ids: set[int], related: Any) -> dict[int, Any]:  # noqa: ANN401 - a model, its relation
    rows = session.scalars(select(model).where(model.id.in_(ids)).options(selectinload(related)))
    return {row.id: row for row in rows}


def _weights(session: Session, run_ids: set[int]) -> dict[int | None, Weights]:
    rows = session.execute(select(MatchingRun.id, MatchingRun.weights).where(MatchingRun.id.in_(run_ids)))
    return {run_id: Weights.from_dict(weights) for run_id, weights in rows}


def _places(session: Session, placed: Iterable[Household | Volunteer]) -> dict[str, str]:
    codes = {thing.area_code for thing in placed}
    return {area.code: area.name for area in session.scalars(select(Area).where(Area.code.in_(codes)))}
