"""Pairs as pages draw them: both sides, where they live, and why they fit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session, selectinload

from pairing.areas.queries import place_names
from pairing.enterprises.models import Enterprise, Pledge
from pairing.households.models import GenderWish, Household, Need, NeedStatus
from pairing.matching.models import MatchingRun, RunGrant, RunPair, RunUnserved
from pairing.matching.rules.funnel import binding_words
from pairing.matching.rules.prices import TIERS
from pairing.matching.rules.reasons import PairFacts, Reasons, explain
from pairing.matching.rules.weights import Weights
from pairing.values import half_days
from pairing.volunteers.models import Volunteer
from pairing.wording import Wording


@dataclass(frozen=True)
class PairCard:
    """A household and a volunteer who fit, and why."""

    household: Household
    volunteer: Volunteer
    household_place: str
    volunteer_place: str
    points: float
    reasons: Reasons


@dataclass(frozen=True)
class UnservedCard:
    """A household that a run could not serve, and the rule that left too few volunteers."""

    household: Household
    place: str
    unserved: RunUnserved
    why: Wording


@dataclass(frozen=True)
class RunGrantCard:
    """Money that a run found for a need."""

    grant: RunGrant
    need: Need
    household: Household
    place: str
    giver: str


def _facts(household: Household, volunteer: Volunteer) -> PairFacts:
    """Collect what the reasons of a pair are made from."""
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


def _by_urgency() -> Any:  # noqa: ANN401 - an expression to order by
    return case({tier: at for at, tier in enumerate(reversed(TIERS))}, value=Household.urgency)


def select_pairs(run: MatchingRun) -> Select[Any]:
    """Return the statement for the pairs of a run, the most urgent households first."""
    found = select(RunPair).join(Household, Household.id == RunPair.household_id)
    return found.where(RunPair.run_id == run.id).order_by(
        _by_urgency(), RunPair.points.desc(), RunPair.household_id, RunPair.volunteer_id
    )


def select_unserved(run: MatchingRun) -> Select[Any]:
    """Return the statement for the households that a run could not serve, the most urgent first."""
    found = select(RunUnserved).join(Household, Household.id == RunUnserved.household_id)
    return found.where(RunUnserved.run_id == run.id).order_by(
        _by_urgency(), Household.registered_on, RunUnserved.household_id
    )


def select_run_grants(run: MatchingRun) -> Select[Any]:
    """Return the statement for (grant, need, household) of a run, the most urgent households first."""
    entities: tuple[Any, ...] = (RunGrant, Need, Household)
    found = select(*entities).join(Need, Need.id == RunGrant.need_id)
    return (
        found.join(Household, Household.id == Need.household_id)
        .where(RunGrant.run_id == run.id)
        .order_by(_by_urgency(), Need.id, RunGrant.pledge_id)
    )


def count_rows(session: Session, run: MatchingRun) -> dict[str, int]:
    """Return how many pairs, grants and unserved households a run has."""
    columns = {"pairs": RunPair.run_id, "grants": RunGrant.run_id, "unserved": RunUnserved.run_id}
    return {
        name: session.scalars(select(func.count()).where(column == run.id)).one()
        for name, column in columns.items()
    }


def list_pair_cards(
    session: Session, rows: Sequence[Any], weights: Mapping[int | None, Weights]
) -> list[PairCard]:
    """Return what is drawn of *rows* (`RunPair` or `Proposal`), in their order, by a few statements."""
    homes = _by_id(session, Household, {row.household_id for row in rows}, Household.needs)
    people = _by_id(session, Volunteer, {row.volunteer_id for row in rows}, Volunteer.skills)
    names = place_names(session, (thing.area_code for thing in (*homes.values(), *people.values())))
    cards = []
    for row in rows:
        home, helper = homes[row.household_id], people[row.volunteer_id]
        most = weights.get(row.run_id, Weights()).most()
        reasons = explain(row.parts, most, _facts(home, helper))
        places = names.get(home.area_code, ""), names.get(helper.area_code, "")
        cards.append(PairCard(home, helper, *places, row.points, reasons))
    return cards


def list_unserved_cards(session: Session, rows: Sequence[RunUnserved]) -> list[UnservedCard]:
    """Return what is drawn of households without a volunteer, in their order."""
    homes = _by_id(session, Household, {row.household_id for row in rows}, Household.needs)
    names = place_names(session, (home.area_code for home in homes.values()))
    return [_unserved_card(homes[row.household_id], row, names) for row in rows]


def _unserved_card(home: Household, row: RunUnserved, names: Mapping[str, str]) -> UnservedCard:
    times = half_days.to_words(home.half_days)
    why = binding_words(row.binding, row.left_by_rule, times, home.gender_wish.label)
    return UnservedCard(home, names.get(home.area_code, ""), row, why)


def list_run_grant_cards(session: Session, rows: Sequence[Any]) -> list[RunGrantCard]:
    """Return what is drawn of rows of (grant, need, household), in their order."""
    givers = session.execute(
        select(Pledge.id, Enterprise.name)
        .join(Enterprise, Enterprise.id == Pledge.enterprise_id)
        .where(Pledge.id.in_({grant.pledge_id for grant, _need, _home in rows}))
    )
    pledges = {row.id: row.name for row in givers}
    names = place_names(session, (home.area_code for _grant, _need, home in rows))
    return [
        RunGrantCard(grant, need, home, names.get(home.area_code, ""), pledges[grant.pledge_id])
        for grant, need, home in rows
    ]


def _by_id(session: Session, model: Any, ids: set[int], related: Any) -> dict[int, Any]:  # noqa: ANN401 - a model, its relation
    rows = session.scalars(select(model).where(model.id.in_(ids)).options(selectinload(related)))
    return {row.id: row for row in rows}


def list_places(session: Session, run: MatchingRun) -> list[tuple[str, dict[str, int]]]:
    """Return the communities of a run with their figures, where most is missing first."""
    places: dict[str, dict[str, int]] = run.summary.get("communities", {})
    names = place_names(session, places)
    by_missing = sorted(places.items(), key=lambda item: (item[1]["served"] - item[1]["wanted"], item[0]))
    return [(names.get(code, code), figures) for code, figures in by_missing]
