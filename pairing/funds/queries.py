"""Reading the reservations of pledged money, for whole areas at a time."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from pairing.accounts.models import User
from pairing.accounts.queries import relate
from pairing.accounts.rules import Role
from pairing.enterprises.queries import own_pledge_ids
from pairing.funds.models import Reservation, ReservationStatus
from pairing.readers import everywhere

ALL_PLACES = "what is left of a pledge or a need counts every place"


@relate(Reservation, Role.COMPANY)
def _of_own_pledges(user: User) -> ColumnElement[bool]:
    return Reservation.pledge_id.in_(own_pledge_ids(user))


def _kept() -> ColumnElement[bool]:
    return Reservation.status == ReservationStatus.RESERVED


def reserved_fen_by_pledge(session: Session, ids: Collection[int] | None = None) -> dict[int, int]:
    """Return pledge id -> fen reserved; of all pledges, or of *ids*; those without are left out."""
    return _sum_by(session, Reservation.pledge_id, ids)


def reserved_fen_by_need(session: Session, ids: Collection[int] | None = None) -> dict[int, int]:
    """Return need id -> fen reserved for it from all pledges; those without are left out."""
    return _sum_by(session, Reservation.need_id, ids)


def _sum_by(
    session: Session, column: InstrumentedAttribute[int], ids: Collection[int] | None
) -> dict[int, int]:
    summed = select(column, func.sum(Reservation.amount_fen)).where(_kept()).group_by(column)
    if ids is not None:
        summed = summed.where(column.in_(ids))
    with everywhere(session, ALL_PLACES):
        return {row_id: int(fen) for row_id, fen in session.execute(summed)}


def reserved_fen_by_household(
    session: Session, pledge_ids: Collection[int] | None = None
) -> dict[int, dict[int, int]]:
    """Return pledge id -> household id -> fen: what a ceiling and a limit of households are measured by."""
    columns = (Reservation.pledge_id, Reservation.household_id)
    summed = select(*columns, func.sum(Reservation.amount_fen)).where(_kept()).group_by(*columns)
    if pledge_ids is not None:
        summed = summed.where(Reservation.pledge_id.in_(pledge_ids))
    found: dict[int, dict[int, int]] = defaultdict(dict)
    with everywhere(session, ALL_PLACES):
        for pledge_id, household_id, fen in session.execute(summed):
            found[pledge_id][household_id] = int(fen)
    return dict(found)
