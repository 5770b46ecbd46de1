"""Proposals of people, written under lock from the pairs of a run."""

from collections import Counter
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from pairing.households.models import Household, HouseholdStatus
from pairing.matching.models import MatchingRun, Proposal, ProposalStatus, RunPair
from pairing.matching.queries.people_input import DISTRICT_DIGITS
from pairing.matching.queries.people_pairs import Bonds, read_bonds
from pairing.matching.services.messages import tell_volunteers
from pairing.matching.services.runs import OPEN_FOR
from pairing.volunteers.models import Volunteer, VolunteerStatus


def write_proposals(session: Session, run: MatchingRun, now: datetime) -> Counter[str]:
    """Write what still holds of *run*; return how many were "written" or skipped, by reason."""
    _lock(session, run)
    bonds = read_bonds(session, run.area_code[:DISTRICT_DIGITS])
    verdicts: Counter[str] = Counter()
    rows, volunteer_ids = [], set()
    for pair in _list_pairs(session, run):
        verdict = _verdict(pair, bonds)
        verdicts[verdict] += 1
        if verdict == "written":
            bonds.by_household[pair.household_id] += 1
            bonds.by_volunteer[pair.volunteer_id] += 1
            rows.append(_proposal(pair, run, now))
            volunteer_ids.add(pair.volunteer_id)
    if rows:
        session.execute(insert(Proposal), rows)
    tell_volunteers(session, volunteer_ids, run, now)
    return verdicts


def _lock(session: Session, run: MatchingRun) -> None:
    """Hold the households, then the volunteers, always in the order of their ids."""
    for model, column in ((Household, RunPair.household_id), (Volunteer, RunPair.volunteer_id)):
        mine = select(column).where(RunPair.run_id == run.id)
        session.execute(select(model.id).where(model.id.in_(mine)).order_by(model.id).with_for_update()).all()


def _list_pairs(session: Session, run: MatchingRun) -> list[Any]:
    p, h, v = RunPair, Household, Volunteer
    columns = (
        p.household_id, p.volunteer_id, p.household_version, p.volunteer_version, p.points, p.parts,
        h.version.label("household_now"), h.status.label("household_status"), h.visitors_wanted, h.area_code,
        v.version.label("volunteer_now"), v.status.label("volunteer_status"), v.capacity,
    )  # fmt: skip
    pairs = (
        select(*columns)
        .join(h, h.id == p.household_id)
        .join(v, v.id == p.volunteer_id)
        .where(p.run_id == run.id)
        .order_by(p.household_id, p.volunteer_id)
    )
    return list(session.execute(pairs))


def _verdict(pair: Any, bonds: Bonds) -> str:  # noqa: ANN401 - a row of columns
    if (pair.household_now, pair.volunteer_now) != (pair.household_version, pair.volunteer_version):
        return "changed"
    if (
        pair.household_status is not HouseholdStatus.OPEN
        or pair.volunteer_status is not VolunteerStatus.ACTIVE
    ):
        return "changed"
    if (pair.household_id, pair.volunteer_id) in bonds.earlier:
        return "decided"
    if bonds.by_household[pair.household_id] >= pair.visitors_wanted:
        return "no_place"
    if bonds.by_volunteer[pair.volunteer_id] >= pair.capacity:
        return "no_capacity"
    return "written"


def _proposal(pair: Any, run: MatchingRun, now: datetime) -> dict[str, Any]:  # noqa: ANN401 - a row of columns
    return {
        "run_id": run.id,
        "household_id": pair.household_id,
        "volunteer_id": pair.volunteer_id,
        "area_code": pair.area_code,
        "status": ProposalStatus.PROPOSED,
        "points": pair.points,
        "parts": pair.parts,
        "created_at": now,
        "expires_at": now + OPEN_FOR,
    }
