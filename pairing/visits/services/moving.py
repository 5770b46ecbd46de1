"""Visits and their photos lie where the household lies now."""

from sqlalchemy import select

from pairing.areas.services import follow
from pairing.files.models import StoredFile
from pairing.households.models import Household
from pairing.visits.models import Visit, VisitPhoto, VisitReport

PHOTOS = (
    select(StoredFile)
    .join(VisitPhoto, VisitPhoto.file_id == StoredFile.id)
    .join(VisitReport, VisitReport.id == VisitPhoto.report_id)
    .join(Visit, Visit.id == VisitReport.visit_id)
)
follow(Household, lambda home: select(Visit).where(Visit.household_id == home))
follow(Household, lambda home: PHOTOS.where(Visit.household_id == home))
