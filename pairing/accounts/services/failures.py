"""Failures in a row: counted the same for names that somebody has and names that nobody has."""

from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import Select, delete, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from pairing.accounts.models import SignInFailure, User
from pairing.accounts.rules import LOCK_AFTER, LOCK_MINUTES
from pairing.privacy.keys import blind_index


def name_key(sign_in_name: str) -> bytes:
    """Return under what failures with the password of a typed name are counted."""
    return blind_index("sign_in_failure.name", sign_in_name.strip().lower())


def code_key(user: User) -> bytes:
    """Return under what failures with the codes of *user* are counted."""
    return blind_index("sign_in_failure.code", str(user.id))


def lock_counter(session: Session, key: bytes, now: datetime) -> SignInFailure:
    """Return the counter of *key*, made if need be and locked: guesses at the same moment are all counted."""
    counter = session.scalars(_counter(key)).one_or_none()
    if counter is None:
        with suppress(IntegrityError), session.begin_nested():  # somebody else may make it at the same moment
            session.add(SignInFailure(key=key, count=0, last_at=now))
        counter = session.scalars(_counter(key)).one()
    return counter


def _counter(key: bytes) -> Select[SignInFailure]:
    found = select(SignInFailure).where(SignInFailure.key == key)
    return found.with_for_update().execution_options(populate_existing=True)


def is_locked(counter: SignInFailure, now: datetime) -> bool:
    """Whether too many failures were counted just now."""
    return counter.locked_until is not None and counter.locked_until > now


def count_failure(counter: SignInFailure, now: datetime) -> None:
    """Count one more; the last one that is allowed locks for a while and begins anew."""
    counter.count, counter.last_at = counter.count + 1, now
    if counter.count >= LOCK_AFTER:
        counter.count, counter.locked_until = 0, now + timedelta(minutes=LOCK_MINUTES)


def forget_failures(counter: SignInFailure) -> None:
    """Begin anew after a success."""
    counter.count, counter.locked_until = 0, None


def prune_failures(session: Session, now: datetime) -> None:
    """Forget counters that lock nothing and were not touched for a day."""
    old = SignInFailure.last_at < now - timedelta(days=1)
    open_ = or_(SignInFailure.locked_until.is_(None), SignInFailure.locked_until < now)
    session.execute(delete(SignInFailure).where(old, open_))
