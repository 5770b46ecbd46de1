"""What is still under way for households that took their consent to pairing back."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pairing.accounts.models import User
from pairing.accounts.queries import scoped
from pairing.consents.queries import took_back
from pairing.consents.rules import Purpose
from pairing.files.models import StoredFile
from pairing.households.models import Household
from pairing.matching.models import OPEN_PROPOSALS, Proposal
from pairing.pairings.models import Pairing, PairingStatus
from pairing.visits.models import Visit, VisitPhoto, VisitReport
from pairing.volunteers.models import Volunteer

PAIRINGS = Pairing.status == PairingStatus.ACTIVE, took_back(Pairing.household_id, Purpose.PAIRING)
PROPOSALS = Proposal.status.in_(OPEN_PROPOSALS), took_back(Proposal.household_id, Purpose.PAIRING)


@dataclass(frozen=True)
class ToEnd:
    """A pairing or an open proposal that must end, with its two sides."""

    deed: Pairing | Proposal
    household: Household
    volunteer: Volunteer


def list_pairings_to_end(session: Session, by: User) -> list[ToEnd]:
    """Return the living pairings of the scope that stand on no consent any more, the oldest first."""
    found = select(Pairing, Household, Volunteer).where(*PAIRINGS).order_by(Pairing.id)
    found = found.join(Household, Household.id == Pairing.household_id)
    found = found.join(Volunteer, Volunteer.id == Pairing.volunteer_id)
    return [ToEnd(*row) for row in session.execute(scoped(found, Pairing, by))]


def list_proposals_to_end(session: Session, by: User) -> list[ToEnd]:
    """Return the open proposals of the scope that stand on no consent any more, the oldest first."""
    found = select(Proposal, Household, Volunteer).where(*PROPOSALS).order_by(Proposal.id)
    found = found.join(Household, Household.id == Proposal.household_id)
    found = found.join(Volunteer, Volunteer.id == Proposal.volunteer_id)
    return [ToEnd(*row) for row in session.execute(scoped(found, Proposal, by))]


def list_photos_of(session: Session, household_id: int) -> list[StoredFile]:
    """Return every kept photo of a household."""
    found = select(StoredFile).join(VisitPhoto, VisitPhoto.file_id == StoredFile.id)
    found = found.join(VisitReport, VisitReport.id == VisitPhoto.report_id)
    found = found.join(Visit, Visit.id == VisitReport.visit_id)
    return list(session.scalars(found.where(Visit.household_id == household_id).order_by(StoredFile.id)))


def count_to_end(session: Session, by: User) -> int:
    """Return how many pairings and open proposals of the scope must end."""
    pairings = scoped(select(func.count(Pairing.id)).where(*PAIRINGS), Pairing, by)
    proposals = scoped(select(func.count(Proposal.id)).where(*PROPOSALS), Proposal, by)
    return (session.scalar(pairings) or 0) + (session.scalar(proposals) or 0)
