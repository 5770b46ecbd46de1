"""Accounts: made, approved, signed in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy.orm import Session

from pairing.accounts.models import AccountStatus, User, new_token
from pairing.accounts.queries import find_user, list_nearest_staff
from pairing.accounts.rules import LOCK_AFTER, LOCK_MINUTES, PASSWORD_LENGTH, STAFF, Role, scope_fits
from pairing.areas.rules import is_within
from pairing.audit.services import record
from pairing.db import add_unless_known
from pairing.errors import NotFound, RuleBroken
from pairing.outbox.models import Channel
from pairing.outbox.services import send
from pairing.wording import _

ONE_NAME = ("sign_in_name",)  # part of the index's name on either engine
hasher = PasswordHasher()  # argon2id, 64 MiB


@cache
def _nobody() -> str:
    """Return a hash to check against when there is no such user, so that both answers take as long."""
    return hasher.hash(new_token())


def create_user(
    session: Session,
    sign_in_name: str,
    password: str,
    role: Role,
    scope_code: str,
    display_name: str,
    now: datetime,
    email: str | None = None,
    status: AccountStatus = AccountStatus.PENDING,
) -> User:
    """Make an account; RuleBroken if the name is taken or the password too short."""
    check_password(password)
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
        password_hash=hasher.hash(password),
        created_at=now,
    )
    add_unless_known(session, [user], ONE_NAME, _name_taken())
    record(session, None, "create_user", user, now, {"role": role.value})
    return user


def _name_taken() -> RuleBroken:
    return RuleBroken(_("这个登录名已被使用,请换一个"), "sign_in_name_taken")


def check_password(password: str) -> None:
    """Refuse a password that is too short for a sign-in without a second factor."""
    if len(password) < PASSWORD_LENGTH:
        raise RuleBroken(
            _("密码至少 %(length)d 个字符,可用一句容易记住的话", length=PASSWORD_LENGTH), "password_short"
        )


@dataclass(frozen=True)
class Proof:
    """A password fitted the hash *checked*; *kept* is the hash to keep from now on."""

    checked: str
    kept: str


def prove_password(session: Session, sign_in_name: str, password: str) -> Proof | None:
    """Return the proof that name and password fit, else None; always as slowly.

    It only reads: hashing takes a tenth of a second, too long to hold SQLite's one write lock.
    """
    user = find_user(session, sign_in_name)
    checked = user.password_hash if user else _nobody()
    if not _fits(checked, password) or user is None:
        return None
    return Proof(checked, hasher.hash(password) if hasher.check_needs_rehash(checked) else checked)


def sign_in(session: Session, sign_in_name: str, proof: Proof | None, now: datetime) -> User | None:
    """Return the user whose password was proven if the account is open; count the failure else.

    The row is locked, so that guesses at the same moment are all counted; a password that was
    changed since it was proven has proven nothing.
    """
    user = find_user(session, sign_in_name, lock=True)
    if user is None:
        return None
    if proof is None or proof.checked != user.password_hash:
        _count_failure(user, now)
        return None
    if not user.is_active or (user.locked_until and user.locked_until > now):
        return None
    user.password_hash, user.last_sign_in_at = proof.kept, now
    user.failed_count, user.locked_until = 0, None
    return user


def _fits(password_hash: str, password: str) -> bool:
    try:
        return hasher.verify(password_hash, password)
    except VerifyMismatchError:
        return False


def _count_failure(user: User, now: datetime) -> None:
    user.failed_count += 1
    if user.failed_count >= LOCK_AFTER:
        user.failed_count, user.locked_until = 0, now + timedelta(minutes=LOCK_MINUTES)


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
    password: str,
    role: Role,
    scope_code: str,
    display_name: str,
    by: User | None,
    now: datetime,
) -> User:
    """Make an open account for a member of staff; RuleBroken where role and area do not go together."""
    check_in_scope(scope_code, by)
    if not scope_fits(role, scope_code):
        raise RuleBroken(_("%(role)s的工作范围与所选区域的级别不符", role=role.label), "scope_unfit")
    user = create_user(
        session, sign_in_name, password, role, scope_code, display_name, now, status=AccountStatus.ACTIVE
    )
    record(session, by, "create_staff", user, now, {"role": role.value})
    return user


def disable_user(session: Session, user: User, by: User, now: datetime) -> None:
    """Close an account; whoever is signed in with it is out at once."""
    if user.id == by.id:
        raise RuleBroken(_("不能停用自己的账号"), "own_account")
    user.status, user.auth_token = AccountStatus.DISABLED, new_token()
    record(session, by, "disable_account", user, now)


def enable_user(session: Session, user: User, by: User, now: datetime) -> None:
    """Open an account again that was closed; RuleBroken for any other."""
    if user.status is not AccountStatus.DISABLED:
        raise RuleBroken(_("该账号没有停用"), "not_disabled")
    user.status, user.failed_count, user.locked_until = AccountStatus.ACTIVE, 0, None
    record(session, by, "enable_account", user, now)


def change_password(session: Session, user: User, old: str, new: str, now: datetime) -> None:
    """Set a new password; every other session of the person ends."""
    if not password_fits(user, old):
        raise RuleBroken(_("原密码不正确"), "wrong_password")
    check_password(new)
    user.password_hash, user.auth_token = hasher.hash(new), new_token()
    record(session, user, "change_password", user, now)


def password_fits(user: User, password: str) -> bool:
    """Whether this is the password of *user*."""
    return _fits(user.password_hash, password)


def check_in_scope(area_code: str, by: User | None) -> None:
    """Raise NotFound where staff reach beyond their scope; None is the machine, others act for themselves."""
    if by and by.role in STAFF and not is_within(area_code, by.scope_code):
        raise NotFound


def tell_nearest_staff(
    session: Session, area_code: str, subject: str, body: str, key: str, now: datetime, link: str
) -> None:
    """Lay a message into the inboxes of the nearest staff."""
    for staff in list_nearest_staff(session, area_code):
        send(session, staff.id, Channel.INBOX, subject, body, f"{key}:{staff.id}", now, link)
