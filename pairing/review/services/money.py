"""From an agreed proposal of money to its reservation."""

from datetime import datetime

from sqlalchemy.orm import Session

from pairing.accounts.models import User
from pairing.audit.services import record
from pairing.db import LOCK
from pairing.enterprises.models import Enterprise, Pledge
from pairing.errors import RuleBroken
from pairing.funds import services as funds
from pairing.funds.models import Reservation
from pairing.matching import services as matching
from pairing.matching.models import OPEN_GRANTS, Grant, GrantStatus
from pairing.review.rules import How
from pairing.review.services import checks, words
from pairing.wording import _


def note_grant_answer(
    session: Session, grant: Grant, by: User, how: How, is_agreed: bool, note: str, now: datetime
) -> None:
    """Note what a company without account answered.

    Raises
    ------
    RuleBroken : the company has an account and answers there, or the proposal is not open any more.
    """
    checks.check_without_account(_giver(session, grant))
    if is_agreed:
        matching.agree_grant(session, grant, by, now)
    else:
        matching.decline_grant(session, grant, by, note, now)
    record(session, by, "note_grant_answer", grant, now, {"how": how.value, "agreed": is_agreed})


def confirm_grant(session: Session, grant: Grant, by: User, now: datetime) -> Reservation:
    """Reserve the money that a company agreed to give, and tell the company.

    Raises
    ------
    RuleBroken : the proposal was decided or has expired, the company has not agreed, it concerns *by*,
        or pledge or need do not allow it any more.
    """
    giver = _lock_open(session, grant, by, now)
    if grant.status is not GrantStatus.AGREED:
        raise RuleBroken(_("企业尚未答复,不能确认"), "not_agreed")
    reservation = funds.reserve(session, grant.pledge_id, grant.need_id, grant.amount_fen, by, now)
    grant.status, grant.decided_by_id, grant.decided_at = GrantStatus.CONFIRMED, by.id, now
    grant.reservation_id = reservation.id
    subject, body = words.reserved_words(session, grant.area_code, grant.amount_fen)
    words.tell(session, giver.user_id, subject, body, f"reserved:{reservation.id}", now, _ledger(grant))
    record(session, by, "confirm_grant", grant, now, {"reservation_id": reservation.id})
    return reservation


def withdraw_grant(session: Session, grant: Grant, by: User, note: str, now: datetime) -> None:
    """Take back what is not suitable after all; the money is free again and the company is told."""
    giver = _lock_open(session, grant, by, now)
    grant.status, grant.decided_by_id, grant.decided_at = GrantStatus.WITHDRAWN, by.id, now
    grant.decline_note = note
    subject, body = words.returned_words(session, grant.area_code, grant.amount_fen)
    words.tell(session, giver.user_id, subject, body, f"returned:{grant.id}", now, _ledger(grant))
    record(session, by, "withdraw_grant", grant, now)


def _lock_open(session: Session, grant: Grant, by: User, now: datetime) -> Enterprise:
    session.refresh(grant, with_for_update=LOCK)
    giver = _giver(session, grant)
    checks.check_disinterested(giver, by)
    checks.check_open(grant, OPEN_GRANTS, now)
    return giver


def _ledger(grant: Grant) -> str:
    return f"/review/pledges/{grant.pledge_id}"


def _giver(session: Session, grant: Grant) -> Enterprise:
    pledge = session.get_one(Pledge, grant.pledge_id)
    return session.get_one(Enterprise, pledge.enterprise_id)
