"""Where the money of a pledge is."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pairing.accounts.models import User
from pairing.accounts.rules import STAFF, Permission, may
from pairing.areas.models import Area
from pairing.enterprises.models import Enterprise, Pledge
from pairing.errors import NotFound
from pairing.funds.models import Reservation, ReservationStatus
from pairing.funds.queries import reserved_fen_by_pledge
from pairing.households.models import Household, Need
from pairing.matching.models import OPEN_GRANTS, Grant
from pairing.privacy.pseudonym import pseudonym
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
    pledge = session.get(Pledge, pledge_id)
    enterprise = session.get_one(Enterprise, pledge.enterprise_id) if pledge else None
    if pledge is None or enterprise is None or not _may_see(enterprise, by):
        raise NotFound
    reserved = reserved_fen_by_pledge(session, [pledge.id]).get(pledge.id, 0)
    proposed = _proposed_fen(session, pledge.id)
    entries = _list_entries(session, pledge, by)
    return Ledger(pledge, enterprise, proposed, reserved, pledge.amount_fen - proposed - reserved, entries)


def _may_see(enterprise: Enterprise, by: User) -> bool:
    if may(by.role, Permission.VIEW_REGISTERS):
        return enterprise.area_code.startswith(by.scope_code)
    return may(by.role, Permission.ACT_AS_COMPANY) and enterprise.user_id == by.id


def _proposed_fen(session: Session, pledge_id: int) -> int:
    waiting = Grant.status.in_(OPEN_GRANTS)
    summed = select(func.sum(Grant.amount_fen)).where(Grant.pledge_id == pledge_id, waiting)
    return int(session.scalar(summed) or 0)


def _list_entries(session: Session, pledge: Pledge, by: User) -> list[Entry]:
    rows = session.execute(
        select(Reservation, Household, Need.need_type, Area.name)
        .join(Household, Household.id == Reservation.household_id)
        .join(Need, Need.id == Reservation.need_id)
        .join(Area, Area.code == func.substr(Reservation.area_code, 1, 9))
        .where(Reservation.pledge_id == pledge.id)
        .order_by(Reservation.reserved_at.desc(), Reservation.id.desc())
    )
    return [_entry(*row, pledge.enterprise_id, by) for row in rows]


def _entry(
    reservation: Reservation, home: Household, need_type: NeedType, place: str, enterprise_id: int, by: User
) -> Entry:
    is_named = by.role in STAFF and home.area_code.startswith(by.scope_code)
    return Entry(
        who=home.head_name if is_named else pseudonym(enterprise_id, home.id),
        file_no=home.file_no if is_named else "",
        need_type=need_type,
        place=place,
        amount_fen=reservation.amount_fen,
        reserved_at=reservation.reserved_at,
        status=reservation.status,
    )
