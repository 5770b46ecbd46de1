"""A run of people: read, find candidates, solve, store; nobody is asked yet."""

from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import insert
from sqlalchemy.orm import Session

from pairing import clock
from pairing.accounts.models import User
from pairing.matching.models import MatchingRun, RunKind, RunPair, RunUnserved
from pairing.matching.queries.people_input import as_number, read_people
from pairing.matching.rules.candidates import (
    FUNNEL,
    CandidateTable,
    Cells,
    build_candidates,
    shares_of,
)
from pairing.matching.rules.funnel import binding_rule
from pairing.matching.rules.hard import free_places
from pairing.matching.rules.people import People
from pairing.matching.rules.prices import unserved_price
from pairing.matching.rules.weights import Weights
from pairing.matching.services.expiry import expire_open
from pairing.matching.services.people_summary import summarise
from pairing.matching.services.phases import Phases
from pairing.matching.services.runs import add_run, check_area
from pairing.readers import everywhere
from pairing.solver.people import Assignment, Candidates
from pairing.solver.pricing import assign_by_pricing


def preview_people(
    session: Session, area_code: str, weights: Weights, by: User | None, now: datetime
) -> MatchingRun:
    """Find who would be proposed to whom under *area_code*, and store it as a preview.

    Raises
    ------
    NotFound : there is no such area, or it lies outside the scope of *by*.
    """
    check_area(session, area_code, by)
    expire_open(session, now)
    today, phases = clock.local(now).date(), Phases()
    with (
        phases.phase("read"),
        everywhere(session, "a run weighs whoever could come or pay"),
    ):
        people = read_people(session, area_code, weights, today)
    with phases.phase("candidates"):
        table = build_candidates(people, weights, as_number(today))
    with phases.phase("solve"):
        found = _solve(people, table, weights)
    with phases.phase("write"):
        summary = summarise(people, table, found)
        run = add_run(session, RunKind.PEOPLE, area_code, weights.as_dict(), people.digest, summary, by, now)
        _write_pairs(session, run, people, found, weights)
        _write_unserved(session, run, people, table, found)
    run.summary = {**summary, "seconds": phases.seconds}
    session.flush()
    return run


def _solve(people: People, table: CandidateTable, weights: Weights) -> Assignment:
    homes, them = people.households, people.volunteers
    return assign_by_pricing(
        Candidates(table.household, table.volunteer, table.points),
        unserved_price(homes.tier, homes.waiting_days, weights.waiting),
        homes.places,
        free_places(them.limit, them.taken),
        homes.id,
        them.id,
    )


def _write_pairs(
    session: Session, run: MatchingRun, people: People, found: Assignment, weights: Weights
) -> None:
    homes, them = people.households, people.volunteers
    h, v = found.household, found.volunteer
    columns = {
        "household_id": homes.id[h].tolist(),
        "volunteer_id": them.id[v].tolist(),
        "household_version": homes.version[h].tolist(),
        "volunteer_version": them.version[v].tolist(),
        "points": found.points.tolist(),
        "parts": _parts(people, weights, Cells(h, v)),
    }
    _insert(session, RunPair, run.id, columns)


def _parts(people: People, weights: Weights, pairs: Cells) -> list[dict[str, float]]:
    """Give the points by rule of each pair."""
    most = weights.most()
    shares = shares_of(people, weights, pairs)
    columns = [np.round(most[part] * share, 2).tolist() for part, share in shares.items()]
    return [dict(zip(shares, row, strict=True)) for row in zip(*columns, strict=True)]


def _write_unserved(
    session: Session, run: MatchingRun, people: People, table: CandidateTable, found: Assignment
) -> None:
    left_out = np.flatnonzero(found.unserved)
    left = [dict(zip(FUNNEL, row, strict=True)) for row in table.left[left_out].tolist()]
    wanted = people.households.places[left_out].tolist()
    columns = {
        "household_id": people.households.id[left_out].tolist(),
        "places": found.unserved[left_out].tolist(),
        "binding": [binding_rule(counts, places) for counts, places in zip(left, wanted, strict=True)],
        "left_by_rule": left,
    }
    _insert(session, RunUnserved, run.id, columns)


def _insert(
    session: Session, model: type[RunPair | RunUnserved], run_id: int, columns: dict[str, list[Any]]
) -> None:
    rows = zip(*columns.values(), strict=True)
    values = [{"run_id": run_id, **dict(zip(columns, row, strict=True))} for row in rows]
    if values:
        session.execute(insert(model), values)
