"""The second factor: codes of an authenticator app, and recovery codes for the day it is lost."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from pairing.accounts.models import EndReason, RecoveryCode, SignInSession, User
from pairing.accounts.rules import DEMO_SECRET, NEEDS_FACTOR, RECOVERY_CODES
from pairing.accounts.services import failures
from pairing.accounts.services.sessions import end_sessions
from pairing.audit.services import in_bulk, record
from pairing.errors import RuleBroken
from pairing.outbox.services import tell
from pairing.values.passwords import ALONE
from pairing.wording import _

STEP_S = 30
DRIFT = 1  # steps that a telephone's clock may be behind or ahead
CODE_DIGITS = 6
RECOVERY_DIGITS = 10  # the first one is the code's number
# Ten of them are hashed at once, so the least settings that OWASP names; the figures are drawn, not chosen.
light_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
ISSUER = "jiedui-bangfu"
MINE = "/accounts/me/second-factor"


@dataclass(frozen=True)
class Codes:
    """Fresh recovery codes: shown once, and what is kept of them."""

    shown: tuple[str, ...]
    kept: tuple[str, ...]


def new_secret() -> str:
    """Draw the secret that an authenticator app is to keep."""
    return pyotp.random_base32()


def offer_secret(row: SignInSession) -> str:
    """Return the secret that this session is being shown, the same until it is taken into use."""
    row.offered_secret = row.offered_secret or new_secret()
    return row.offered_secret


def address_of(user: User, secret: str) -> str:
    """Return the ``otpauth:`` address that a QR code carries."""
    return pyotp.TOTP(secret).provisioning_uri(name=user.sign_in_name, issuer_name=ISSUER)


def step_of(secret: str, typed: str, now: datetime, last: int | None) -> int | None:
    """Return the time step whose code was typed, None if there is none near *now* or it was used up."""
    here = int(now.timestamp()) // STEP_S
    for step in range(here - DRIFT, here + DRIFT + 1):
        is_fresh = last is None or step > last
        if is_fresh and hmac.compare_digest(pyotp.TOTP(secret).generate_otp(step), typed):
            return step
    return None


def demo_code(user: User, now: datetime) -> str | None:
    """Return a code that works now for invented staff; None for everybody with a secret of their own."""
    if user.totp_secret != DEMO_SECRET:
        return None
    here = int(now.timestamp()) // STEP_S
    step = max(here, (user.totp_last_step or 0) + 1)
    return pyotp.TOTP(DEMO_SECRET).generate_otp(step) if step <= here + DRIFT else ""


def draw_codes() -> Codes:
    """Draw ten recovery codes; hashing them takes half a second, so never in a transaction."""
    limit = 10 ** (RECOVERY_DIGITS - 1)
    drawn = [f"{number}{secrets.randbelow(limit):09d}" for number in range(RECOVERY_CODES)]
    shown = tuple(f"{code[:4]} {code[4:7]} {code[7:]}" for code in drawn)
    return Codes(shown, tuple(light_hasher.hash(code) for code in drawn))


def digits(typed: str) -> str:
    """Return the figures of what was typed."""
    return "".join(str(int(sign)) for sign in typed if sign.isdecimal())


def prove_recovery(session: Session, user: User, typed: str) -> RecoveryCode | None:
    """Return the unused recovery code that was typed; one hash, outside any transaction."""
    code = digits(typed)
    if len(code) != RECOVERY_DIGITS:
        return None
    mine = (
        RecoveryCode.user_id == user.id,
        RecoveryCode.number == int(code[0]),
        RecoveryCode.used_at.is_(None),
    )
    row = session.scalars(select(RecoveryCode).where(*mine)).one_or_none()
    try:
        return row if row and light_hasher.verify(row.code_hash, code) else None
    except VerifyMismatchError:
        return None


def accept_code(session: Session, user: User, typed: str, proven_id: int | None, now: datetime) -> bool:
    """Use up a code of *user*: of the app, or the recovery code *proven_id*; failures are counted."""
    counter = failures.lock_counter(session, failures.code_key(user), now)
    session.refresh(user, with_for_update=True)
    if failures.is_locked(counter, now) or not user.is_active:
        return False
    if not (_use_step(user, digits(typed), now) or _use_recovery(session, user, proven_id, now)):
        failures.count_failure(counter, now)
        record(session, user, "fail_code", user, now)
        return False
    failures.forget_failures(counter)
    return True


def _use_step(user: User, typed: str, now: datetime) -> bool:
    step = step_of(user.totp_secret, typed, now, user.totp_last_step) if user.totp_secret else None
    if step is not None:
        user.totp_last_step = step
    return step is not None


def _use_recovery(session: Session, user: User, proven_id: int | None, now: datetime) -> bool:
    row = (
        session.get(RecoveryCode, proven_id, with_for_update=True, populate_existing=True)
        if proven_id
        else None
    )
    if row is None or row.user_id != user.id or row.used_at is not None:
        return False
    row.used_at = now
    record(session, user, "use_recovery_code", user, now)
    return True


def enrol(session: Session, user: User, here: SignInSession, typed: str, codes: Codes, now: datetime) -> bool:
    """Take the offered secret into use if its code was typed; every other session of the person ends."""
    counter = failures.lock_counter(session, failures.code_key(user), now)
    secret = here.offered_secret
    step = step_of(secret, digits(typed), now, None) if secret else None
    if step is None or failures.is_locked(counter, now):
        failures.count_failure(counter, now)
        return False
    failures.forget_failures(counter)
    user.totp_secret, user.totp_last_step, here.offered_secret = secret, step, None
    _keep_codes(session, user, codes)
    end_sessions(session, user, EndReason.FACTOR, now, keep=here)
    record(session, user, "set_factor", user, now)
    _tell(session, user, _("登录验证方式已更换"), f"factor:{user.id}:{now.timestamp():.0f}", now)
    return True


def renew_codes(session: Session, user: User, codes: Codes, now: datetime) -> None:
    """Replace the recovery codes; the old ones work no longer."""
    _keep_codes(session, user, codes)
    record(session, user, "renew_recovery_codes", user, now)
    _tell(session, user, _("备用码已重新生成"), f"codes:{user.id}:{now.timestamp():.0f}", now)


def drop_factor(session: Session, user: User, here: SignInSession, length: int, now: datetime) -> None:
    """Sign in with the password alone again, which must be long enough; RuleBroken where a code is a must."""
    if user.role in NEEDS_FACTOR:
        raise RuleBroken(_("您的角色登录时必须使用验证码"), "factor_needed")
    if length < ALONE:
        raise RuleBroken(_("请先把密码改成至少 %(length)d 个字符", length=ALONE), "password_short")
    clear_factor(session, user)
    end_sessions(session, user, EndReason.FACTOR, now, keep=here)
    record(session, user, "drop_factor", user, now)
    _tell(session, user, _("登录验证码已停用"), f"factor:{user.id}:{now.timestamp():.0f}", now)


def clear_factor(session: Session, user: User) -> None:
    """Forget the secret and the recovery codes."""
    user.totp_secret, user.totp_last_step = None, None
    _drop_codes(session, user)


def _drop_codes(session: Session, user: User) -> None:
    if session.scalar(select(exists().where(RecoveryCode.user_id == user.id))):
        theirs = delete(RecoveryCode).where(RecoveryCode.user_id == user.id)
        session.execute(in_bulk(theirs, "renew_recovery_codes"))


def _keep_codes(session: Session, user: User, codes: Codes) -> None:
    _drop_codes(session, user)
    rows = [RecoveryCode(user_id=user.id, number=n, code_hash=kept) for n, kept in enumerate(codes.kept)]
    session.add_all(rows)


def _tell(session: Session, user: User, subject: str, key: str, now: datetime) -> None:
    body = _("如果不是您本人操作,请立即修改密码,并联系所在社区或区管理员。")
    tell(session, user.id, bool(user.email), subject, body, key, now, MINE)
