"""What runs of people and of money have in common: where they may be made, and their row."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from pairing.accounts.models import User
from pairing.accounts.services import check_in_scope
from pairing.areas.queries import get_area
from pairing.audit.services import record
from pairing.matching.models import MatchingRun, RunKind, RunStatus

OPEN_FOR = timedelta(days=7)  # a proposal without an answer frees its place after this


def check_area(session: Session, area_code: str, by: User | None) -> None:
    """Raise NotFound for an area that does not exist or lies outside the scope; None is the machine."""
    get_area(session, area_code)
    check_in_scope(area_code, by)


def add_run(
    session: Session,
    kind: RunKind,
    area_code: str,
    weights: dict[str, Any],
    input_digest: str,
    summary: dict[str, Any],
    by: User | None,
    now: datetime,
) -> MatchingRun:
    """Write the row of a preview."""
    run = MatchingRun(
        kind=kind,
        status=RunStatus.PREVIEWED,
        area_code=area_code,
        weights=weights,
        input_digest=input_digest,
        summary=summary,
        created_by_id=by.id if by else None,
        created_at=now,
    )
    session.add(run)
    record(session, by, "preview_run", run, now, {"kind": kind.value})
    return run
