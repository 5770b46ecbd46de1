"""Signing in: a name and a password, then a code where one is owed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from pairing.accounts.models import User
from pairing.accounts.queries import find_user
from pairing.accounts.rules import NEEDS_FACTOR
from pairing.accounts.services import failures
from pairing.accounts.services.passwords import fits, refresh_hash
from pairing.audit.services import record
from pairing.logs import say


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
    checked = user.password_hash if user else None
    if not fits(checked, password) or checked is None:
        return None
    return Proof(checked, refresh_hash(checked, password))


def sign_in(session: Session, sign_in_name: str, proof: Proof | None, now: datetime) -> User | None:
    """Return the user whose password was proven if the account is open; count the failure else.

    Counter and account are locked, so that guesses at the same moment are all counted; a password
    that was changed since it was proven has proven nothing. Whatever is wrong, and whether there is
    such an account or not, the same statements are sent.
    """
    counter = failures.lock_counter(session, failures.name_key(sign_in_name), now)
    user = find_user(session, sign_in_name, lock=True)
    if failures.is_locked(counter, now):
        say("sign_in_locked", person_id=user.id if user else None)
        return None
    if user is None or proof is None or proof.checked != user.password_hash or not user.is_active:
        failures.count_failure(counter, now)
        record(session, None, "fail_sign_in", counter, now, {"user_id": user.id if user else None})
        return None
    failures.forget_failures(counter)
    user.password_hash = proof.kept
    return user


def count_own_password(session: Session, user: User, is_right: bool, now: datetime) -> bool:
    """Whether a signed-in person proved the own password; wrong ones count and lock as at the door."""
    counter = failures.lock_counter(session, failures.name_key(user.sign_in_name), now)
    if failures.is_locked(counter, now):
        return False
    if is_right:
        failures.forget_failures(counter)
    else:
        failures.count_failure(counter, now)
        record(session, user, "fail_password", user, now)
    return is_right


def owes_code(user: User) -> bool:
    """Whether the password alone does not let *user* in."""
    return user.totp_secret is not None or user.role in NEEDS_FACTOR
