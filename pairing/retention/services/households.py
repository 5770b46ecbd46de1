"""A household's file without the household: figures stay, whoever they were about goes."""

import secrets
from collections import Counter
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pairing import clock
from pairing.accounts.models import User
from pairing.audit.services import record
from pairing.consents.models import Consent
from pairing.consents.queries import find_evidence
from pairing.errors import RuleBroken
from pairing.files.models import StoredFile
from pairing.households.models import Household, HouseholdStatus, Urgency
from pairing.matching.models import Grant, Proposal
from pairing.pairings.models import Pairing, PairingStatus
from pairing.retention.rules import SMALL_CELL, age_band, month_of, rounded_income
from pairing.visits.models import Visit, VisitPhoto, VisitReport
from pairing.wording import _

NOBODY = "匿名户"  # stands where lists show a name


def anonymise_household(session: Session, household: Household, by: User | None, now: datetime) -> None:
    """Take away whatever says whose file it was; every total stays as it was.

    The place stays too, because visits and money are counted by it; where a community has only a few
    households of one kind, the cause and the ages go, so that nobody is recognised by them.

    Raises
    ------
    RuleBroken : the file is open ("household_open") or a pairing is ("active_pairings").
    """
    check_over(session, household)
    if household.anonymised_at is not None:
        return
    is_small = _is_small_cell(session, household)
    household.age_bands = None if is_small else _age_bands(household, now)
    household.cause = None if is_small else household.cause
    erase_words(session, household, now)
    _erase_people(session, household)
    _blur(household)
    household.anonymised_at = household.updated_at = now
    record(session, by, "anonymise_household", household, now)


def check_over(session: Session, household: Household) -> None:
    """Raise RuleBroken while the file is open or somebody still visits the household."""
    active = Pairing.household_id == household.id, Pairing.status == PairingStatus.ACTIVE
    if session.scalars(select(Pairing.id).where(*active).limit(1)).first():
        raise RuleBroken(_("该户还有进行中的结对,请先结束"), "active_pairings")
    if household.status is not HouseholdStatus.CLOSED:
        raise RuleBroken(_("该户仍在册,请先办理退出"), "household_open")


def erase_words(session: Session, household: Household, now: datetime) -> None:
    """Take away what people wrote freely about the household, and how to reach it by telephone."""
    household.note = household.language_wish = ""
    household.phone = household.phone_index = None
    for need in household.needs:
        need.note = ""
    for proposal in session.scalars(select(Proposal).where(Proposal.household_id == household.id)):
        proposal.decline_note = ""
    for grant in session.scalars(select(Grant).where(Grant.household_id == household.id)):
        grant.decline_note = ""
    for pairing in session.scalars(select(Pairing).where(Pairing.household_id == household.id)):
        pairing.end_note = ""
    _erase_visits(session, household, now)


def _erase_visits(session: Session, household: Household, now: datetime) -> None:
    """Take away words and photos of the visits; that there was a visit, and how long, stays."""
    for visit in session.scalars(select(Visit).where(Visit.household_id == household.id)):
        visit.purpose = visit.cancel_note = ""
    visited = select(Visit.id).where(Visit.household_id == household.id)
    reports = select(VisitReport).where(VisitReport.visit_id.in_(visited), VisitReport.erased_at.is_(None))
    for report in session.scalars(reports):
        report.note, report.erased_at = "", now
    photos = select(StoredFile).join(VisitPhoto, VisitPhoto.file_id == StoredFile.id)
    of_reports = photos.join(VisitReport, VisitReport.id == VisitPhoto.report_id)
    for photo in session.scalars(of_reports.where(VisitReport.visit_id.in_(visited))):
        session.delete(photo)


def _erase_people(session: Session, household: Household) -> None:
    household.file_no = f"anonymous-{secrets.token_hex(8)}"  # by chance, so that it leads nowhere
    household.head_name, household.head_pinyin, household.address = NOBODY, "", ""
    for consent in session.scalars(select(Consent).where(Consent.household_id == household.id)):
        consent.giver_id, consent.giver_name, consent.giver_relation = None, NOBODY, ""
        consent.witness_name, consent.guardians = "", []
        if paper := find_evidence(session, consent):
            session.delete(paper)
    session.flush()
    household.members = []


def _blur(household: Household) -> None:
    """Leave of days and incomes what a statistic needs."""
    household.registered_on = month_of(household.registered_on)
    household.closed_on = month_of(household.closed_on) if household.closed_on else None
    household.created_at = clock.at(month_of(clock.local(household.created_at).date()), 0)
    household.monthly_income_fen = rounded_income(household.monthly_income_fen)
    household.half_days, household.urgency = 0, Urgency.NONE
    for need in household.needs:
        need.created_at = clock.at(month_of(clock.local(need.created_at).date()), 0)


def _age_bands(household: Household, now: datetime) -> dict[str, int]:
    today = clock.local(now).date()
    counted = Counter(f"{row.gender.value} {age_band(row.birth_on, today)}" for row in household.members)
    return dict(sorted(counted.items()))


def _is_small_cell(session: Session, household: Household) -> bool:
    """Whether fewer households than a handful are of this kind in this community."""
    alike = (
        Household.area_code == household.area_code,
        Household.category == household.category,
        Household.cause == household.cause,
    )
    return (session.scalar(select(func.count()).where(*alike)) or 0) < SMALL_CELL
