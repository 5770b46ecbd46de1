"""What ends when a household leaves."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from pairing.funds.models import Reservation, ReservationStatus
from pairing.matching.models import OPEN_GRANTS, OPEN_PROPOSALS, Grant, Proposal
from pairing.pairings.models import Pairing, PairingStatus
from pairing.visits.models import Visit, VisitStatus


@dataclass(frozen=True)
class Ties:
    """Everything that is under way for one household."""

    pairings: list[Pairing]
    proposals: list[Proposal]
    grants: list[Grant]
    reservations: list[Reservation]
    open_visits: list[Visit]  # of no pairing: waiting for sign-up, or signed up for

    @property
    def reserved_fen(self) -> int:
        """Money that goes back to its pledges."""
        return sum(reservation.amount_fen for reservation in self.reservations)


def list_ties(session: Session, household_id: int) -> Ties:
    """Return what is under way for a household, each list by id."""
    home = household_id
    active, reserved = PairingStatus.ACTIVE, ReservationStatus.RESERVED
    asked = Proposal.status.in_(OPEN_PROPOSALS)
    offered = Grant.status.in_(OPEN_GRANTS)
    coming = Visit.status.in_((VisitStatus.OPEN, VisitStatus.PLANNED)), Visit.pairing_id.is_(None)
    pairings = select(Pairing).where(Pairing.household_id == home, Pairing.status == active)
    proposals = select(Proposal).where(Proposal.household_id == home, asked)
    grants = select(Grant).where(Grant.household_id == home, offered)
    kept = select(Reservation).where(Reservation.household_id == home, Reservation.status == reserved)
    visits = select(Visit).where(Visit.household_id == home, *coming)
    return Ties(
        list(session.scalars(pairings.order_by(Pairing.id))),
        list(session.scalars(proposals.order_by(Proposal.id))),
        list(session.scalars(grants.order_by(Grant.id))),
        list(session.scalars(kept.order_by(Reservation.id))),
        list(session.scalars(visits.order_by(Visit.id))),
    )
