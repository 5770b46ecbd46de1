"""People and companies that register alone: an account that waits, and silence about who is known already."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy.orm import Session

from pairing.accounts.models import AccountStatus, User
from pairing.accounts.queries import find_user
from pairing.accounts.rules import Role
from pairing.accounts.services.invitations import void_invitations
from pairing.accounts.services.people import create_user, tell_nearest_staff
from pairing.errors import RuleBroken
from pairing.outbox.services import tell
from pairing.wording import _


@dataclass(frozen=True)
class NewAccount:
    """How somebody wants to sign in; the password was hashed before any transaction."""

    sign_in_name: str
    password_hash: str
    email: str | None = None


class Claimable(Protocol):
    """A row of a register that an account may belong to, or wait for."""

    id: Any
    area_code: Any
    user_id: Any
    claimed_by_id: Any


def make_applicant(
    session: Session, account: NewAccount, role: Role, area_code: str, display_name: str, now: datetime
) -> User | None:
    """Make an account that waits for staff; None where the name is taken, which its owner and staff hear."""
    name, password_hash = account.sign_in_name, account.password_hash
    try:
        return create_user(session, name, password_hash, role, area_code, display_name, now, account.email)
    except RuleBroken:
        owner = find_user(session, name)
    _tell_owner(session, owner, _("有人用您的登录名登记"), now)
    subject = _("登记人所选的登录名已被使用")
    body = _("没有为登记人建立账号。请联系登记人,请对方换一个登录名再登记一次。")
    key = f"name-taken:{owner.id if owner else 0}:{now:%Y%m%d}"
    tell_nearest_staff(session, area_code, subject, body, key, now, "")
    return None


def is_claimable(session: Session, known: Claimable) -> bool:
    """Whether a new account may ask for a row: nobody has it and nobody asks, or who did was refused."""
    others = [session.get(User, id_) for id_ in (known.user_id, known.claimed_by_id) if id_]
    return all(user is None or user.status is AccountStatus.REFUSED for user in others)


def tell_of_attempt(session: Session, known: Claimable, link: str, now: datetime) -> None:
    """Tell whoever has a row, and the staff, that somebody registered as them; the applicant hears none."""
    owner = session.get(User, known.user_id) if known.user_id else None
    _tell_owner(session, owner, _("有人用您的身份再次登记"), now)
    subject = _("有人登记时使用了已有账号的身份")
    body = _("没有建立新账号。请联系登记册中的本人;如果只是忘记密码,可以发一个重置密码的链接。")
    tell_nearest_staff(session, known.area_code, subject, body, f"attempt:{link}:{now:%Y%m%d}", now, link)


def tie_claimant(session: Session, known: Claimable, approve: bool) -> User | None:
    """Return the account that asked for a row, tied to it from now on where staff agree."""
    claimant = session.get(User, known.claimed_by_id) if known.claimed_by_id else None
    if claimant and approve:
        known.user_id, claimant.scope_code = claimant.id, known.area_code
    known.claimed_by_id = None
    return claimant


def follow_row(session: Session, known: Claimable, now: datetime) -> None:
    """Let the account of a row lie where the row lies; a link that was made elsewhere opens it no more."""
    owner = session.get(User, known.user_id, with_for_update=True) if known.user_id else None
    if owner and owner.scope_code != known.area_code:
        owner.scope_code = known.area_code
        void_invitations(session, owner, now)


def _tell_owner(session: Session, owner: User | None, subject: str, now: datetime) -> None:
    if owner is None or not owner.is_active:
        return
    body = _("没有建立新账号,您的账号没有变化。如果是您本人忘记了密码,请联系所在社区。")
    key = f"attempt:{owner.id}:{now:%Y%m%d}"
    tell(session, owner.id, bool(owner.email), subject, body, key, now, "/accounts/me")
