"""Where the money of a pledge is."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pairing.accounts.models import User
from pairing.accounts.queries import get_scoped, scoped
from pairing.accounts.rules import STAFF
from pairing.areas.models import Area
from pairing.enterprises.models import Enterprise, Pledge
from pairing.funds.models import Reservation, ReservationStatus
from pairing.funds.queries import ALL_PLACES, reserved_fen_by_pledge
from pairing.households.models import Household, Need
from pairing.matching.models import OPEN_GRANTS, Grant
from pairing.privacy.pseudonym import pseudonym
from pairing.readers import everywhere
from pairing.values.needs import NeedType


@dataclass(frozen=True)
class Entry:
    """Money that was reserved for a household."""

    who: str  # a pseudonym; the name for staff of the place
    file_no: str  # "" behind a pseudonym
    need_type: NeedType
    place: str  # the subdistrict
    amount_fen: int
    reserved_at: datetime
    status: ReservationStatus


@dataclass(frozen=True)
class Ledger:
    """One pledge: what was pledged, proposed, reserved, and what is left."""

    pledge: Pledge
    enterprise: Enterprise
    proposed_fen: int
    reserved_fen: int
    left_fen: int
    entries: list[Entry]


def get_ledger(session: Session, pledge_id: int, by: User) -> Ledger:
    """Return the ledger of a pledge for its company, or for staff in whose scope the company lies.

    Raises
    ------
    NotFound : there is none, or it is nothing to *by*.
    """
    pledge = get_scoped(session, Pledge, pledge_id, by)
    enterprise = session.get_one(Enterprise, pledge.enterprise_id)
    reserved = reserved_fen_by_pledge(session, [pledge.id]).get(pledge.id, 0)
    proposed = _proposed_fen(session, pledge.id)
    entries = _list_entries(session, pledge, by)
    return Ledger(pledge, enterprise, proposed, reserved, pledge.amount_fen - proposed - reserved, entries)


def _proposed_fen(session: Session, pledge_id: int) -> int:
    waiting = Grant.status.in_(OPEN_GRANTS)
    summed = select(func.sum(Grant.amount_fen)).where(Grant.pledge_id == pledge_id, waiting)
    with everywhere(session, ALL_PLACES):
        return int(session.scalar(summed) or 0)


def _list_entries(session: Session, pledge: Pledge, by: User) -> list[Entry]:
    found = (
        select(Reservation, Need.need_type, Area.name)
        .join(Need, Need.id == Reservation.need_id)
        .join(Area, Area.code == func.substr(Reservation.area_code, 1, 9))
        .where(Reservation.pledge_id == pledge.id)
        .order_by(Reservation.reserved_at.desc(), Reservation.id.desc())
    )
    with everywhere(session, "whoever sees a pledge sees its sums, behind pseudonyms"):
        rows = session.execute(found).all()
    names = _names(session, {row[0].household_id for row in rows}, by)
    return [_entry(*row, pledge.enterprise_id, names) for row in rows]


def _names(session: Session, ids: set[int], by: User) -> dict[int, tuple[str, str]]:
    """Return household id -> name and file number, where *by* is staff of the place."""
    if by.role not in STAFF:
        return {}
    homes = select(Household.id, Household.head_name, Household.file_no).where(Household.id.in_(ids))
    return {row.id: (row.head_name, row.file_no) for row in session.execute(scoped(homes, Household, by))}


def _entry(
    reservation: Reservation,
    need_type: NeedType,
    place: str,
    enterprise_id: int,
    names: dict[int, tuple[str, str]],
) -> Entry:
    name, file_no = names.get(reservation.household_id, ("", ""))
    return Entry(
        who=name or pseudonym(enterprise_id, reservation.household_id),
        file_no=file_no,
        need_type=need_type,
        place=place,
        amount_fen=reservation.amount_fen,
        reserved_at=reservation.reserved_at,
        status=reservation.status,
    )
