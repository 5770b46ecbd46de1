"""People who help or who speak for a company, and the accounts they sign in with, made nobody's."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from pairing.accounts.models import AccountStatus, Invitation, RecoveryCode, SignInSession, User
from pairing.audit.services import record
from pairing.enterprises.models import Enterprise, EnterpriseStatus, Pledge, PledgeStatus
from pairing.errors import RuleBroken
from pairing.matching.models import OPEN_PROPOSALS, Proposal
from pairing.outbox.models import Message, MessageStatus
from pairing.pairings.models import Pairing, PairingStatus
from pairing.privacy.keys import INDEX_BYTES
from pairing.retention.rules import decade_of, month_of
from pairing.visits.models import Visit, VisitStatus
from pairing.volunteers.models import Volunteer, VolunteerStatus
from pairing.wording import _

NOBODY = "已注销"  # stands where lists show a name
WAITING = (MessageStatus.QUEUED, MessageStatus.PARKED)


def anonymise_volunteer(session: Session, volunteer: Volunteer, by: User | None, now: datetime) -> None:
    """Take away who the volunteer was; what was done stays, under nobody's name.

    Raises
    ------
    RuleBroken : a pairing ("active_pairings") or a visit or proposal ("still_expected") is under way.
    """
    if volunteer.anonymised_at is not None:
        return
    check_free(session, volunteer)
    _erase_volunteer(volunteer, now)
    _erase_words(session, volunteer)
    user, volunteer.user_id = _user(session, volunteer.user_id), None
    record(session, by, "anonymise_volunteer", volunteer, now)
    if user:
        anonymise_account(session, user, by, now)


def check_free(session: Session, volunteer: Volunteer) -> None:
    """Raise RuleBroken while anybody counts on the volunteer."""
    mine = Pairing.volunteer_id == volunteer.id, Pairing.status == PairingStatus.ACTIVE
    if session.scalars(select(Pairing.id).where(*mine).limit(1)).first():
        raise RuleBroken(_("该志愿者还有进行中的结对,请先结束"), "active_pairings")
    planned = Visit.volunteer_id == volunteer.id, Visit.status == VisitStatus.PLANNED
    asked = Proposal.volunteer_id == volunteer.id, Proposal.status.in_(OPEN_PROPOSALS)
    expected = (select(Visit.id).where(*planned), select(Proposal.id).where(*asked))
    if any(session.scalars(found.limit(1)).first() for found in expected):
        raise RuleBroken(_("该志愿者还有已安排的走访或未办完的建议,请先处理"), "still_expected")


def anonymise_contact(session: Session, enterprise: Enterprise, by: User | None, now: datetime) -> None:
    """Take away who spoke for the company, and the account; the company, which is no person, stays.

    Raises
    ------
    RuleBroken : a pledge is open; then somebody must be reachable ("active_pledges").
    """
    if enterprise.anonymised_at is not None:
        return
    active = Pledge.enterprise_id == enterprise.id, Pledge.status == PledgeStatus.ACTIVE
    if session.scalars(select(Pledge.id).where(*active).limit(1)).first():
        raise RuleBroken(_("该企业还有有效的认捐,请先结束,或更换联系人"), "active_pledges")
    user, enterprise.user_id = _user(session, enterprise.user_id), None
    enterprise.contact_name, enterprise.contact_phone = NOBODY, ""
    enterprise.contact_phone_index, enterprise.note = secrets.token_bytes(INDEX_BYTES), ""
    if enterprise.status is EnterpriseStatus.PENDING:
        enterprise.status = EnterpriseStatus.REFUSED
    enterprise.anonymised_at = enterprise.updated_at = now
    record(session, by, "anonymise_enterprise", enterprise, now)
    if user:
        anonymise_account(session, user, by, now)


def anonymise_account(session: Session, user: User, by: User | None, now: datetime) -> None:
    """Close an account for good and take away who had it; its number stays in the trail."""
    if user.anonymised_at is not None:
        return
    user.sign_in_name, user.display_name = f"{NOBODY}-{secrets.token_hex(8)}", NOBODY
    user.email = user.password_hash = user.totp_secret = None
    user.status, user.anonymised_at = AccountStatus.DISABLED, now
    _untie(session, user)
    for model in (SignInSession, RecoveryCode, Invitation):
        for row in session.scalars(select(model).where(model.user_id == user.id)):
            session.delete(row)
    for message in session.scalars(select(Message).where(Message.user_id == user.id)):
        forget_message(message)
    record(session, by, "anonymise_account", user, now)


def forget_message(message: Message) -> None:
    """Take the words of a message away; one that waits is not sent any more."""
    message.body, message.last_error = "", ""
    if message.status in WAITING:
        message.status = MessageStatus.CANCELLED


def _erase_volunteer(volunteer: Volunteer, now: datetime) -> None:
    volunteer.name, volunteer.name_pinyin, volunteer.identity_number, volunteer.phone = NOBODY, "", "", ""
    volunteer.identity_index = secrets.token_bytes(INDEX_BYTES)  # by chance: it finds nobody
    volunteer.phone_index = secrets.token_bytes(INDEX_BYTES)
    volunteer.birth_on = decade_of(volunteer.birth_on)
    volunteer.registered_on = month_of(volunteer.registered_on)
    volunteer.political_status, volunteer.party_branch = None, ""
    volunteer.languages, volunteer.note, volunteer.half_days = "", "", 0
    volunteer.skills = []
    if volunteer.status is VolunteerStatus.PENDING:
        volunteer.status = VolunteerStatus.REFUSED
    elif volunteer.status is not VolunteerStatus.REFUSED:
        volunteer.status = VolunteerStatus.LEFT
    volunteer.left_on = month_of(volunteer.left_on) if volunteer.left_on else None
    volunteer.anonymised_at = volunteer.updated_at = now


def _erase_words(session: Session, volunteer: Volunteer) -> None:
    """Take away what was written about the volunteer: reasons to say no, to end, to stay away."""
    for proposal in session.scalars(select(Proposal).where(Proposal.volunteer_id == volunteer.id)):
        proposal.decline_note = ""
    for pairing in session.scalars(select(Pairing).where(Pairing.volunteer_id == volunteer.id)):
        pairing.end_note = ""
    for visit in session.scalars(select(Visit).where(Visit.volunteer_id == volunteer.id)):
        visit.cancel_note = ""


def _untie(session: Session, user: User) -> None:
    """Let go of the rows that the account spoke or waited for, so that others may claim them anew."""
    registers: tuple[Any, ...] = (Volunteer, Enterprise)
    for model in registers:
        mine = or_(model.user_id == user.id, model.claimed_by_id == user.id)
        for row in session.scalars(select(model).where(mine)):
            row.user_id = None if row.user_id == user.id else row.user_id
            row.claimed_by_id = None if row.claimed_by_id == user.id else row.claimed_by_id


def _user(session: Session, user_id: int | None) -> User | None:
    return session.get(User, user_id) if user_id else None
