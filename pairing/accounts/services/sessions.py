"""Sessions on the server: the cookie holds a random token, the row its hash and when it ends."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.orm import Session

from pairing.accounts.models import EndReason, Invitation, SignInSession, User
from pairing.accounts.rules import IDLE_FOR, KEEP_ENDED, PENDING_FOR, SEEN_EVERY, SESSION_FOR
from pairing.accounts.services.failures import prune_failures
from pairing.accounts.services.passwords import new_token
from pairing.audit.services import in_bulk, record


@dataclass(frozen=True)
class Device:
    """From where somebody signs in."""

    browser: str = ""
    address: str = ""


def hash_token(token: str) -> bytes:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).digest()


def start_session(
    session: Session, user: User, device: Device, now: datetime, is_full: bool
) -> tuple[str, SignInSession]:
    """Open a session with a value that nobody has seen before; a pending one is short and lets in nowhere."""
    token = new_token()
    row = SignInSession(
        user_id=user.id,
        token_hash=hash_token(token),
        is_full=is_full,
        created_at=now,
        seen_at=now,
        ends_at=now + (SESSION_FOR if is_full else PENDING_FOR),
        browser=device.browser[:60],
        address=device.address or None,
    )
    session.add(row)
    if is_full:
        user.last_sign_in_at = now
        record(session, user, "sign_in", user, now)
    session.flush()
    return token, row


def renew_session(session: Session, row: SignInSession, now: datetime) -> str:
    """Make a pending session a full one, under a new value, once the code was right; return the value."""
    token = new_token()
    row.token_hash, row.is_full, row.offered_secret = hash_token(token), True, None
    row.seen_at, row.ends_at = now, now + SESSION_FOR
    user = session.get_one(User, row.user_id)
    user.last_sign_in_at = now
    record(session, user, "sign_in", user, now)
    return token


def end_session(row: SignInSession, reason: EndReason, now: datetime) -> None:
    """End one session; it is not opened again."""
    if row.ended_at is None:
        row.ended_at, row.end_reason, row.offered_secret = now, reason, None


def end_sessions(
    session: Session, user: User, reason: EndReason, now: datetime, keep: SignInSession | None = None
) -> int:
    """End every session of *user*, but not the one to *keep*; return how many."""
    living = select(SignInSession).where(SignInSession.user_id == user.id, SignInSession.ended_at.is_(None))
    rows = [row for row in session.scalars(living.with_for_update()) if keep is None or row.id != keep.id]
    for row in rows:
        end_session(row, reason, now)
    return sum(row.is_full and row.ends_at > now for row in rows)


def sign_out(session: Session, row: SignInSession, now: datetime) -> None:
    """End the session that somebody leaves; its old cookie opens nothing any more."""
    user = session.get_one(User, row.user_id)
    end_session(row, EndReason.SIGNED_OUT, now)
    record(session, user, "sign_out", user, now)


def end_other_sessions(session: Session, user: User, here: SignInSession, now: datetime) -> int:
    """Sign *user* out everywhere else; return how many sessions that were."""
    ended = end_sessions(session, user, EndReason.ENDED_ELSEWHERE, now, keep=here)
    record(session, user, "end_sessions", user, now, {"sessions": ended})
    return ended


def end_one_session(session: Session, user: User, row: SignInSession, now: datetime) -> None:
    """Sign *user* out on one other device."""
    end_session(row, EndReason.ENDED_ELSEWHERE, now)
    record(session, user, "end_sessions", user, now, {"sessions": 1})


def is_stale(row: SignInSession, now: datetime) -> bool:
    """Whether the last use should be written down again."""
    return row.seen_at + SEEN_EVERY <= now


def touch(session: Session, row_id: int, now: datetime) -> None:
    """Write down that a session is in use; one that ended meanwhile stays ended."""
    living = SignInSession.id == row_id, SignInSession.ended_at.is_(None), SignInSession.seen_at < now
    session.execute(update(SignInSession).where(*living).values(seen_at=now))


def prune_sessions(session: Session, now: datetime) -> None:
    """Forget sessions, invitations and counters that have been over for a while."""
    old = now - KEEP_ENDED
    over = SignInSession.ends_at < old, SignInSession.ended_at < old, SignInSession.seen_at < old - IDLE_FOR
    session.execute(delete(SignInSession).where(or_(*over)))
    if session.scalar(select(exists().where(Invitation.ends_at < old))):
        session.execute(in_bulk(delete(Invitation).where(Invitation.ends_at < old), "prune_invitations"))
    prune_failures(session, now)
