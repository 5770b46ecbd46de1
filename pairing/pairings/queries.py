"""Reading pairings, for whole areas at a time."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from pairing.accounts.models import User
from pairing.accounts.queries import relate, scoped
from pairing.accounts.rules import Role
from pairing.households.models import Household
from pairing.pairings.models import Pairing, PairingStatus
from pairing.readers import everywhere
from pairing.volunteers.models import Volunteer
from pairing.volunteers.queries import own_ids


@relate(Pairing, Role.VOLUNTEER)
def _own_pairings(user: User) -> ColumnElement[bool]:
    return Pairing.volunteer_id.in_(own_ids(user))


@relate(Household, Role.VOLUNTEER)
def _homes_of_active_pairings(user: User) -> ColumnElement[bool]:
    living = select(Pairing.household_id).where(Pairing.status == PairingStatus.ACTIVE)
    return Household.id.in_(living.where(_own_pairings(user)))


def count_active_by_household(session: Session, ids: Collection[int] | None = None) -> dict[int, int]:
    """Return household id -> active pairings; of all, or of *ids*; those with none are left out."""
    return _count_active(session, Pairing.household_id, ids)


def count_active_by_volunteer(session: Session, ids: Collection[int] | None = None) -> dict[int, int]:
    """Return volunteer id -> active pairings, wherever the households live; those with none are left out."""
    return _count_active(session, Pairing.volunteer_id, ids)


def _count_active(
    session: Session, column: InstrumentedAttribute[int], ids: Collection[int] | None
) -> dict[int, int]:
    counted = select(column, func.count()).where(Pairing.status == PairingStatus.ACTIVE).group_by(column)
    if ids is not None:
        counted = counted.where(column.in_(ids))
    with everywhere(session, "places that are taken count in every community"):
        return {row_id: int(number) for row_id, number in session.execute(counted)}


def find_active_pair(session: Session, household_id: int, volunteer_id: int) -> Pairing | None:
    """Return the living relation between the two, if there is one."""
    return session.scalars(
        select(Pairing).where(
            Pairing.household_id == household_id,
            Pairing.volunteer_id == volunteer_id,
            Pairing.status == PairingStatus.ACTIVE,
        )
    ).one_or_none()


def select_pairings(by: User, status: PairingStatus, area_code: str = "") -> Select[Any]:
    """Return the statement for (pairing, household, volunteer) in the scope of *by*, newest first."""
    found = scoped(select(Pairing), Pairing, by)
    found = found.where(Pairing.status == status, Pairing.area_code.startswith(area_code, autoescape=True))
    named = found.join(Household, Household.id == Pairing.household_id).join(
        Volunteer, Volunteer.id == Pairing.volunteer_id
    )
    return named.add_columns(Household, Volunteer).order_by(Pairing.started_on.desc(), Pairing.id.desc())
