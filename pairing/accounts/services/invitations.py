"""Invitations: a link by which a person chooses a password; it works once, for a day."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from pairing.accounts.models import EndReason, Invitation, User
from pairing.accounts.rules import INVITATION_FOR, NEEDS_FACTOR, Permission, may
from pairing.accounts.services.factors import clear_factor
from pairing.accounts.services.passwords import new_token, set_password
from pairing.accounts.services.sessions import end_sessions, hash_token
from pairing.audit.services import record
from pairing.errors import NotFound, RuleBroken
from pairing.outbox.services import tell
from pairing.wording import _


def check_may_invite(user: User, by: User | None) -> None:
    """Refuse whom *by* may not help to a new password: staff are the district's matter, oneself nobody's."""
    if by and user.role in NEEDS_FACTOR and not may(by.role, Permission.MANAGE_STAFF):
        raise NotFound
    if by and user.id == by.id:
        raise RuleBroken(_("自己的密码请在“我的账号”里修改"), "own_account")
    if not user.is_active:
        raise RuleBroken(_("账号没有在使用,不能发邀请链接"), "not_active")


def invite(session: Session, user: User, by: User | None, resets_factor: bool, now: datetime) -> str:
    """Make a link for *user*, locked for change, and return its token; earlier links are void."""
    check_may_invite(user, by)
    void_invitations(session, user, now)
    token = new_token()
    invitation = Invitation(
        user_id=user.id,
        token_hash=hash_token(token),
        resets_factor=resets_factor,
        created_at=now,
        ends_at=now + INVITATION_FOR,
    )
    session.add(invitation)
    record(session, by, "invite_user", user, now, {"resets_factor": resets_factor})
    _tell_owner(session, user, now)
    return token


def void_invitations(session: Session, user: User, now: datetime) -> None:
    """Make every open link of *user* worthless."""
    mine = Invitation.user_id == user.id, Invitation.used_at.is_(None), Invitation.voided_at.is_(None)
    for invitation in session.scalars(select(Invitation).where(*mine)):
        invitation.voided_at = now


def find_invitation(session: Session, token: str, now: datetime, lock: bool = False) -> Invitation | None:
    """Return the invitation of a link that still works, locked for change if asked."""
    found = select(Invitation).where(
        Invitation.token_hash == hash_token(token),
        Invitation.used_at.is_(None),
        Invitation.voided_at.is_(None),
        Invitation.ends_at > now,
    )
    if lock:
        found = found.with_for_update().execution_options(populate_existing=True)
    return session.scalars(found).one_or_none()


def accept_invitation(session: Session, token: str, password_hash: str, now: datetime) -> User | None:
    """Use up a link: keep the password that was chosen, end every session; None if it works no longer."""
    invitation = find_invitation(session, token, now, lock=True)
    user = session.get_one(User, invitation.user_id, with_for_update=True) if invitation else None
    if invitation is None or user is None or not user.is_active:
        return None
    invitation.used_at = now
    set_password(session, user, password_hash)
    if invitation.resets_factor:
        clear_factor(session, user)
    end_sessions(session, user, EndReason.PASSWORD, now)
    record(session, user, "accept_invitation", user, now, {"resets_factor": invitation.resets_factor})
    return user


def _tell_owner(session: Session, user: User, now: datetime) -> None:
    """Tell whoever has a password already; the link itself is never written into a message."""
    if user.password_hash is None:
        return
    subject = _("工作人员为您的账号发出了重置密码的链接")
    body = _("链接由工作人员当面或电话交给您,24 小时内有效。如果不是您要求的,请联系所在社区或区管理员。")
    key = f"invited:{user.id}:{now.timestamp():.0f}"
    tell(session, user.id, bool(user.email), subject, body, key, now, "/accounts/me")
