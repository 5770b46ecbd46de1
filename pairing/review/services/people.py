"""From an answered proposal to a pairing, and to its end."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from pairing import clock
from pairing.accounts.models import User
from pairing.audit.services import record
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


def note_consent(session: Session, proposal: Proposal, by: User, how: How, now: datetime) -> None:
    """Note that the household agrees; RuleBroken if that was noted, or the proposal is not open any more."""
    _lock_open(session, proposal, by, now)
    if proposal.consent_at is not None:
        raise RuleBroken(_("家庭的同意已经记录过"), "consent_noted")
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
        it concerns *by*, or there is no place any more.
    """
    _lock_open(session, proposal, by, now)
    if proposal.status is not ProposalStatus.ACCEPTED:
        raise RuleBroken(_("志愿者尚未答复,不能确认"), "not_accepted")
    if proposal.consent_at is None:
        raise RuleBroken(_("还没有记录家庭的同意,不能确认"), "no_consent")
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
