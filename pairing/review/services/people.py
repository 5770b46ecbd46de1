"""From an answered proposal to a pairing, and to its end."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from pairing import clock
from pairing.accounts.models import User
from pairing.audit.services import record
from pairing.consents.queries import has_consent
from pairing.consents.rules import Purpose
from pairing.consents.services import ConsentValues, give_consent
from pairing.db import LOCK
from pairing.errors import RuleBroken
from pairing.households.models import Household
from pairing.matching import services as matching
from pairing.matching.models import OPEN_PROPOSALS, DeclineReason, Proposal, ProposalStatus
from pairing.pairings import services as pairings
from pairing.pairings.models import EndReason, Pairing
from pairing.review.queries.people import suggest_visit
from pairing.review.rules import How
from pairing.review.services import checks, words
from pairing.visits import services as visits
from pairing.visits.models import Frequency
from pairing.volunteers.models import Volunteer
from pairing.wording import _

MY_VISITS = "/visits/mine"


def note_answer(
    session: Session,
    proposal: Proposal,
    by: User,
    how: How,
    reason: DeclineReason | None,
    note: str,
    now: datetime,
) -> None:
    """Note what a volunteer without account answered; a *reason* means no.

    Raises
    ------
    RuleBroken : the volunteer has an account and answers there, or the proposal is not open any more.
    """
    checks.check_without_account(session.get_one(Volunteer, proposal.volunteer_id))
    if reason is None:
        matching.accept_proposal(session, proposal, by, now)
    else:
        matching.decline_proposal(session, proposal, by, reason, note, now)
    record(session, by, "note_answer", proposal, now, {"how": how.value, "accepted": reason is None})


def note_consent(
    session: Session,
    proposal: Proposal,
    by: User,
    how: How,
    now: datetime,
    agreed: ConsentValues | None = None,
) -> None:
    """Note that the household agrees to this volunteer; *agreed* is its consent to pairing as such.

    Raises
    ------
    RuleBroken : that was noted, the proposal is not open any more, or the household has not
        consented to pairing and *agreed* does not say so ("consent_missing").
    """
    _lock_open(session, proposal, by, now)
    if proposal.consent_at is not None:
        raise RuleBroken(_("家庭的同意已经记录过"), "consent_noted")
    if agreed:
        household = session.get_one(Household, proposal.household_id)
        give_consent(session, household, Purpose.PAIRING, agreed, by, now)
    _check_consent(session, proposal.household_id, now)
    proposal.consent_at, proposal.consent_by_id, proposal.consent_how = now, by.id, how.value
    record(session, by, "note_consent", proposal, now, {"how": how.value})


def refuse_consent(
    session: Session, proposal: Proposal, by: User, how: How, note: str, now: datetime
) -> None:
    """Note that the household says no; the place is free again and the volunteer is told."""
    _lock_open(session, proposal, by, now)
    _close(session, proposal, ProposalStatus.REFUSED, by, note, now)
    proposal.consent_at, proposal.consent_by_id, proposal.consent_how = None, None, how.value
    record(session, by, "refuse_consent", proposal, now, {"how": how.value})


def withdraw_proposal(session: Session, proposal: Proposal, by: User, note: str, now: datetime) -> None:
    """Take back what is not suitable after all; the place is free again and the volunteer is told."""
    _lock_open(session, proposal, by, now)
    _close(session, proposal, ProposalStatus.WITHDRAWN, by, note, now)
    record(session, by, "withdraw_proposal", proposal, now)


def confirm_proposal(
    session: Session,
    proposal: Proposal,
    by: User,
    first_visit_on: date,
    frequency: Frequency,
    half_day: int,
    now: datetime,
) -> Pairing:
    """Turn an accepted proposal into a pairing, plan its visits and tell the volunteer.

    Raises
    ------
    RuleBroken : the proposal was decided or has expired, the volunteer or the household has not agreed,
        the household's consent to pairing does not stand ("consent_missing"), it concerns *by*, or
        there is no place any more.
    """
    _lock_open(session, proposal, by, now)
    if proposal.status is not ProposalStatus.ACCEPTED:
        raise RuleBroken(_("志愿者尚未答复,不能确认"), "not_accepted")
    if proposal.consent_at is None:
        raise RuleBroken(_("还没有记录家庭的同意,不能确认"), "no_consent")
    session.refresh(session.get_one(Household, proposal.household_id), with_for_update=LOCK)
    _check_consent(session, proposal.household_id, now)
    pairing = _start(session, proposal, by, now)
    visits.plan_visits(session, pairing, first_visit_on, frequency, half_day, by, now)
    _decide(proposal, ProposalStatus.CONFIRMED, by, now)
    proposal.pairing_id = pairing.id
    volunteer = session.get_one(Volunteer, proposal.volunteer_id)
    subject, body = words.confirmed_words(session, pairing.area_code, first_visit_on, half_day)
    words.tell(session, volunteer.user_id, subject, body, f"confirmed:{pairing.id}", now, MY_VISITS)
    record(session, by, "confirm_proposal", proposal, now, {"pairing_id": pairing.id})
    return pairing


def confirm_as_suggested(session: Session, proposal: Proposal, by: User, now: datetime) -> Pairing:
    """Confirm with the nearest half-day that suits both and the frequency that is usual."""
    household = session.get_one(Household, proposal.household_id)
    volunteer = session.get_one(Volunteer, proposal.volunteer_id)
    visit = suggest_visit(household, volunteer, clock.local(now).date())
    return confirm_proposal(session, proposal, by, visit.on, visit.frequency, visit.half_day, now)


def end_pairing(
    session: Session, pairing: Pairing, by: User, reason: EndReason, note: str, now: datetime
) -> None:
    """End a pairing, cancel what was planned, tell the volunteer; RuleBroken if it has ended already."""
    pairings.end_pairing(session, pairing, by, reason, note, now)
    visits.cancel_future_visits(session, pairing, by, now)
    volunteer = session.get_one(Volunteer, pairing.volunteer_id)
    subject, body = words.ended_words(session, pairing.area_code, now)
    words.tell(session, volunteer.user_id, subject, body, f"ended:{pairing.id}", now, MY_VISITS)


def _lock_open(session: Session, proposal: Proposal, by: User, now: datetime) -> None:
    session.refresh(proposal, with_for_update=LOCK)
    checks.check_disinterested(session.get_one(Volunteer, proposal.volunteer_id), by)
    checks.check_open(proposal, OPEN_PROPOSALS, now)


def _check_consent(session: Session, household_id: int, now: datetime) -> None:
    """Refuse without a yes that was not taken back and in which a guardian spoke for every child."""
    if not has_consent(session, household_id, Purpose.PAIRING, clock.local(now).date()):
        raise RuleBroken(_("这户没有有效的结对同意书,请先登记"), "consent_missing")


def _close(
    session: Session, proposal: Proposal, status: ProposalStatus, by: User, note: str, now: datetime
) -> None:
    _decide(proposal, status, by, now)
    proposal.decline_note = note
    volunteer = session.get_one(Volunteer, proposal.volunteer_id)
    subject, body = words.closed_words(session, proposal.area_code)
    words.tell(session, volunteer.user_id, subject, body, f"closed:{proposal.id}", now, "")


def _start(session: Session, proposal: Proposal, by: User, now: datetime) -> Pairing:
    household = session.get_one(Household, proposal.household_id)
    volunteer = session.get_one(Volunteer, proposal.volunteer_id)
    return pairings.start_pairing(session, household, volunteer, by, clock.local(now).date(), now)


def _decide(proposal: Proposal, status: ProposalStatus, by: User, now: datetime) -> None:
    proposal.status, proposal.decided_by_id, proposal.decided_at = status, by.id, now
