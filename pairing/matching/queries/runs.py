"""Runs as staff see them."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from pairing.accounts.models import User
from pairing.accounts.queries import scoped
from pairing.areas.models import Area
from pairing.areas.queries import list_areas
from pairing.matching.models import MatchingRun
from pairing.matching.rules.weights import Weights
from pairing.readers import everywhere


def select_runs(by: User) -> Select[Any]:
    """Return the statement for the runs in the scope of *by*, newest first."""
    found = scoped(select(MatchingRun), MatchingRun, by)
    return found.order_by(MatchingRun.created_at.desc(), MatchingRun.id.desc())


def weights_of(session: Session, run_ids: Iterable[int | None]) -> dict[int | None, Weights]:
    """Return run id -> the weights it was made with."""
    wanted = {run_id for run_id in run_ids if run_id}
    known = select(MatchingRun.id, MatchingRun.weights).where(MatchingRun.id.in_(wanted))
    with everywhere(session, "the weights by which a run compared"):
        return {run_id: Weights.from_dict(weights) for run_id, weights in session.execute(known)}


def list_choosable(session: Session, by: User) -> list[Area]:
    """Return the areas that a run of *by* may be made for, the widest first."""
    return list_areas(session, by.scope_code)
