"""Photos of a visit: there while the household agrees to photos, for those who may see the report."""

from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from pairing.consents.queries import has_consent
from pairing.consents.rules import Purpose
from pairing.errors import NotFound
from pairing.files.models import StoredFile
from pairing.visits.models import Visit, VisitPhoto, VisitReport


def may_take_photos(session: Session, visit: Visit, on: date) -> bool:
    """Whether the household of *visit* agrees to photos on a day."""
    return has_consent(session, visit.household_id, Purpose.PHOTO, on)


def list_photos(session: Session, visit: Visit, on: date) -> list[StoredFile]:
    """Return the photos of a visit as they were sent; none once the consent was taken back."""
    if not may_take_photos(session, visit, on):
        return []
    return list(session.scalars(_photos_of(visit).order_by(VisitPhoto.id)))


def get_photo(session: Session, visit: Visit, photo_id: str, on: date) -> StoredFile:
    """Return one photo of a visit; NotFound for that of another, and once the consent was taken back."""
    photo = session.scalars(_photos_of(visit).where(StoredFile.public_id == photo_id)).one_or_none()
    if photo is None or not may_take_photos(session, visit, on):
        raise NotFound
    return photo


def _photos_of(visit: Visit) -> Select[StoredFile]:
    joined = select(StoredFile).join(VisitPhoto, VisitPhoto.file_id == StoredFile.id)
    return joined.join(VisitReport, VisitReport.id == VisitPhoto.report_id).where(
        VisitReport.visit_id == visit.id
    )
