"""Accounts: made, approved, changed, closed."""

from datetime import datetime

from sqlalchemy.orm import Session

from pairing.accounts.models import AccountStatus, EndReason, SignInSession, User
from pairing.accounts.queries import find_user, list_nearest_staff
from pairing.accounts.rules import STAFF, Role, scope_fits
from pairing.accounts.services.invitations import void_invitations
from pairing.accounts.services.passwords import set_password
from pairing.accounts.services.sessions import end_sessions
from pairing.areas.rules import is_within
from pairing.audit.services import record
from pairing.db import add_unless_known
from pairing.errors import NotFound, RuleBroken
from pairing.outbox.models import Channel
from pairing.outbox.services import Letter, send, send_many, tell
from pairing.wording import _

ONE_NAME = ("sign_in_name",)  # part of the index's name on either engine


def create_user(
    session: Session,
    sign_in_name: str,
    password_hash: str | None,
    role: Role,
    scope_code: str,
    display_name: str,
    now: datetime,
    email: str | None = None,
    status: AccountStatus = AccountStatus.PENDING,
) -> User:
    """Make an account; RuleBroken if the name is taken."""
    name = sign_in_name.strip().lower()
    if find_user(session, name):
        raise _name_taken()
    user = User(
        sign_in_name=name,
        display_name=display_name,
        email=email or None,
        role=role,
        scope_code=scope_code,
        status=status,
        password_hash=password_hash,
        created_at=now,
    )
    add_unless_known(session, [user], ONE_NAME, _name_taken())
    record(session, None, "create_user", user, now, {"role": role.value})
    return user


def _name_taken() -> RuleBroken:
    return RuleBroken(_("这个登录名已被使用,请换一个"), "sign_in_name_taken")


def decide_account(session: Session, user: User, by: User, approve: bool, now: datetime) -> None:
    """Staff let a self-registered person in, or not; RuleBroken if that was decided already."""
    if user.status is not AccountStatus.PENDING:
        raise RuleBroken(_("该账号已审核过"), "already_decided")
    user.status = AccountStatus.ACTIVE if approve else AccountStatus.REFUSED
    user.decided_by_id, user.decided_at = by.id, now
    record(session, by, "approve_account" if approve else "refuse_account", user, now)


def create_staff(
    session: Session,
    sign_in_name: str,
    role: Role,
    scope_code: str,
    display_name: str,
    by: User | None,
    now: datetime,
    email: str | None = None,
) -> User:
    """Make an open account for a member of staff, who chooses the password by an invitation.

    Raises
    ------
    RuleBroken : role and area do not go together, or the name is taken.
    """
    _check_post(role, scope_code, by)
    active = AccountStatus.ACTIVE
    user = create_user(session, sign_in_name, None, role, scope_code, display_name, now, email, active)
    record(session, by, "create_staff", user, now, {"role": role.value})
    return user


def change_post(session: Session, user: User, role: Role, scope_code: str, by: User, now: datetime) -> None:
    """Give a member of staff another role or area; whoever is signed in with the account is out at once."""
    _check_not_own(user, by)
    if user.role not in (*STAFF, Role.AUDITOR):
        raise NotFound
    _check_post(role, scope_code, by)
    before = {"role": user.role.value, "scope": user.scope_code}
    user.role, user.scope_code = role, scope_code
    end_sessions(session, user, EndReason.ROLE, now)
    record(session, by, "change_post", user, now, before)


def _check_post(role: Role, scope_code: str, by: User | None) -> None:
    check_in_scope(scope_code, by)
    if role not in (*STAFF, Role.AUDITOR) or not scope_fits(role, scope_code):
        raise RuleBroken(_("%(role)s的工作范围与所选区域的级别不符", role=role.label), "scope_unfit")


def disable_user(session: Session, user: User, by: User, now: datetime) -> None:
    """Close an account in use; whoever is signed in with it is out at once, and no link opens it."""
    _check_not_own(user, by)
    if not user.is_active:  # one that waits would be let in by opening it again
        raise RuleBroken(_("该账号没有在使用,不能停用"), "not_active")
    user.status = AccountStatus.DISABLED
    end_sessions(session, user, EndReason.DISABLED, now)
    void_invitations(session, user, now)
    record(session, by, "disable_account", user, now)


def enable_user(session: Session, user: User, by: User, now: datetime) -> None:
    """Open an account again that was closed; RuleBroken for any other."""
    if user.status is not AccountStatus.DISABLED:
        raise RuleBroken(_("该账号没有停用"), "not_disabled")
    if user.anonymised_at is not None:
        raise RuleBroken(_("该账号已注销,不能恢复"), "anonymised")
    user.status = AccountStatus.ACTIVE
    record(session, by, "enable_account", user, now)


def _check_not_own(user: User, by: User) -> None:
    if user.id == by.id:
        raise RuleBroken(_("不能停用或改动自己的账号"), "own_account")


def change_password(
    session: Session,
    user: User,
    here: SignInSession | None,
    checked: str | None,
    password_hash: str,
    now: datetime,
) -> None:
    """Set a new password; every other session of the person ends.

    *checked* is the hash that the old password was tried on: one that changed meanwhile proves nothing.
    """
    session.refresh(user, with_for_update=True)
    if checked != user.password_hash:
        raise RuleBroken(_("原密码不正确"), "wrong_password")
    set_password(session, user, password_hash)
    void_invitations(session, user, now)
    end_sessions(session, user, EndReason.PASSWORD, now, keep=here)
    record(session, user, "change_password", user, now)
    subject, key = _("您的密码已修改"), f"password:{user.id}:{now.timestamp():.0f}"
    body = _("如果不是您本人操作,请立即联系所在社区或区管理员。")
    tell(session, user.id, bool(user.email), subject, body, key, now, "/accounts/me")


def change_email(session: Session, user: User, email: str | None, now: datetime) -> None:
    """Send what goes by e-mail somewhere else from now on; the inbox says so."""
    user.email = email or None
    record(session, user, "change_email", user, now)
    subject, key = _("您的电子邮箱已更改"), f"email:{user.id}:{now.timestamp():.0f}"
    body = _("如果不是您本人操作,请立即修改密码,并联系所在社区或区管理员。")
    send(session, user.id, Channel.INBOX, subject, body, key, now, "/accounts/me")


def check_in_scope(area_code: str, by: User | None) -> None:
    """Raise NotFound where staff reach beyond their scope; None is the machine, others act for themselves."""
    if by and by.role in STAFF and not is_within(area_code, by.scope_code):
        raise NotFound


def tell_nearest_staff(
    session: Session, area_code: str, subject: str, body: str, key: str, now: datetime, link: str
) -> None:
    """Lay a message into the inboxes of the nearest staff."""
    nearest = list_nearest_staff(session, area_code)
    letters = [Letter(one.id, Channel.INBOX, subject, body, f"{key}:{one.id}", link) for one in nearest]
    send_many(session, letters, now)
