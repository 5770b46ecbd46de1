"""What the pages of review share: the blueprint, the filter by area, many rows decided at once."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, request
from flask import session as signed
from flask_login import current_user
from sqlalchemy.orm import Session

from pairing.areas.models import Area, AreaLevel
from pairing.areas.queries import list_areas
from pairing.db import current_session, transaction
from pairing.errors import Refused
from pairing.web.addresses import row_id
from pairing.web.filters import translate
from pairing.web.paging import PER_PAGE

bp = Blueprint("review", __name__, url_prefix="/review")
RESULTS = "review_results"  # key of the signed session


def chosen_area() -> str:
    """Return the area that the list is narrowed to, "" for the whole scope."""
    code = request.args.get("area", "")
    return code if code.isdecimal() and code.startswith(current_user.scope_code) else ""


def offered_areas() -> list[Area]:
    """Return the communities to choose from; none for somebody who has only one."""
    areas = list_areas(current_session(), current_user.scope_code, AreaLevel.COMMUNITY)
    return areas if len(areas) > 1 else []


@dataclass(frozen=True)
class Outcome:
    """What became of one of many: the words say why not, "" if it was done."""

    row_id: int
    words: str


def decide_each(deed: Callable[[Session, int], object]) -> list[Outcome]:
    """Do *deed* for every ticked row, each in its own transaction, and say what became of each."""
    ids = dict.fromkeys(request.form.getlist("row", type=row_id))
    return [_decide(deed, row_id) for row_id in list(ids)[:PER_PAGE]]


def _decide(deed: Callable[[Session, int], object], row_id: int) -> Outcome:
    try:
        with transaction() as session:
            deed(session, row_id)
    except Refused as refused:
        return Outcome(row_id, translate(refused.message))
    return Outcome(row_id, "")


def keep_outcomes(kind: str, outcomes: list[Outcome]) -> None:
    """Keep the outcomes for the result page, in the signed session of this person."""
    signed[RESULTS] = {"kind": kind, "rows": [[outcome.row_id, outcome.words] for outcome in outcomes]}


def kept_outcomes(kind: str) -> list[Outcome]:
    """Return what became of the last rows that were decided together."""
    kept = signed.get(RESULTS, {})
    return (
        [Outcome(row_id, words) for row_id, words in kept.get("rows", [])] if kept.get("kind") == kind else []
    )
