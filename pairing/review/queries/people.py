"""Proposed pairings as staff see them: both sides, why they fit, when the first visit could be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from pairing.accounts.models import User
from pairing.accounts.queries import get_scoped, scoped
from pairing.households.models import Household
from pairing.matching.models import OPEN_PROPOSALS, Proposal, ProposalStatus
from pairing.matching.queries.cards import PairCard, list_pair_cards
from pairing.matching.queries.runs import weights_of
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
class Card(PairCard):
    """A proposed pairing with everything that is drawn of it."""

    proposal: Proposal
    most: dict[str, float]  # points that each rule can give
    visit: FirstVisit


def _in_tab(tab: str) -> ColumnElement[bool]:
    accepted = Proposal.status == ProposalStatus.ACCEPTED
    decided = Proposal.status.not_in(OPEN_PROPOSALS)
    return {
        ASKED: Proposal.status == ProposalStatus.PROPOSED,
        CONSENT: accepted & Proposal.consent_at.is_(None),
        READY: accepted & Proposal.consent_at.is_not(None),
    }.get(tab, decided)


def select_proposals(by: User, tab: str, area_code: str = "") -> Select[Proposal]:
    """Return the statement for the proposals of a tab in the scope of *by*: first what expires first."""
    found = scoped(select(Proposal), Proposal, by)
    found = found.where(_in_tab(tab), Proposal.area_code.startswith(area_code, autoescape=True))
    if tab == DONE:
        over = func.coalesce(Proposal.decided_at, Proposal.answered_at, Proposal.expires_at)
        return found.order_by(over.desc(), Proposal.id.desc())
    return found.order_by(Proposal.expires_at, Proposal.points.desc(), Proposal.id)


def count_tabs(session: Session, by: User, area_code: str = "") -> dict[str, int]:
    """Return how many proposals each tab holds."""
    columns = (func.count().filter(_in_tab(tab)) for tab in TABS)
    counted = scoped(select(*columns), Proposal, by)
    row = session.execute(counted.where(Proposal.area_code.startswith(area_code, autoescape=True))).one()
    return dict(zip(TABS, row, strict=True))


def get_card(session: Session, proposal_id: int, by: User, today: date, lock: bool = False) -> Card:
    """Return one proposal inside the scope of *by*, locked for change if asked; NotFound outside."""
    proposal = get_scoped(session, Proposal, proposal_id, by, lock)
    return list_cards(session, [proposal], today)[0]


def list_scoped(session: Session, ids: Iterable[int], by: User) -> list[Proposal]:
    """Return those of *ids* that lie in the scope of *by*, by id."""
    found = scoped(select(Proposal).where(Proposal.id.in_(list(ids))), Proposal, by)
    return list(session.scalars(found.order_by(Proposal.id)))


def list_cards(session: Session, proposals: Sequence[Proposal], today: date) -> list[Card]:
    """Return what is drawn of *proposals*, in their order, with a handful of statements."""
    weights = weights_of(session, (proposal.run_id for proposal in proposals))
    pairs = list_pair_cards(session, proposals, weights)
    return [
        Card(
            **vars(pair),
            proposal=proposal,
            most=weights.get(proposal.run_id, Weights()).most(),
            visit=suggest_visit(pair.household, pair.volunteer, today),
        )
        for proposal, pair in zip(proposals, pairs, strict=True)
    ]


def staff_names(session: Session, proposal: Proposal) -> dict[int, str]:
    """Return user id -> name of those who noted the consent and decided."""
    ids = (proposal.consent_by_id, proposal.decided_by_id)
    users = session.scalars(select(User).where(User.id.in_([one for one in ids if one is not None])))
    return {user.id: user.display_name for user in users}


def suggest_visit(household: Household, volunteer: Volunteer, today: date) -> FirstVisit:
    """Return the nearest half-day that suits both, and the frequency that is usual for such a household."""
    common = rules.common_half_days(household.half_days, volunteer.half_days)
    on, half_day = rules.first_visit(common, today)
    frequency = Frequency(rules.recommended_frequency(household.urgency.value, household.category))
    return FirstVisit(on, half_day, frequency, common)
