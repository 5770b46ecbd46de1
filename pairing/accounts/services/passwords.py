"""Passwords: hashed, fitted, chosen. Hashing takes a tenth of a second: never in a transaction."""

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy.orm import Session

from pairing.accounts.models import User
from pairing.accounts.rules import NEEDS_FACTOR
from pairing.errors import RuleBroken
from pairing.privacy.pinyin import search_keys
from pairing.values.passwords import ALONE, WITH_FACTOR, password_fault

hasher = PasswordHasher()  # argon2id, 64 MiB


def new_token() -> str:
    """Return a random value that nobody guesses, for a cookie or a link."""
    return secrets.token_urlsafe(32)


@cache
def _nobody() -> str:
    """Return a hash to check against when there is no such user, so that both answers take as long."""
    return hasher.hash(new_token())


def hash_password(password: str) -> str:
    """Return what is kept of *password*."""
    return hasher.hash(password)


def fits(password_hash: str | None, password: str) -> bool:
    """Whether *password* made *password_hash*; takes as long where there is none."""
    try:
        hasher.verify(password_hash or _nobody(), password)
    except VerifyMismatchError:
        return False
    return password_hash is not None


def password_fits(user: User, password: str) -> bool:
    """Whether this is the password of *user*."""
    return fits(user.password_hash, password)


def refresh_hash(password_hash: str, password: str) -> str:
    """Return the hash to keep: the known one, or a new one where it was made with weaker settings."""
    return hasher.hash(password) if hasher.check_needs_rehash(password_hash) else password_hash


def least_length(user: User) -> int:
    """Return how long the password of *user* must be: shorter where a code is asked for besides."""
    return WITH_FACTOR if user.totp_secret or user.role in NEEDS_FACTOR else ALONE


def check_password(password: str, least: int, *names: str) -> None:
    """Refuse a password that is too short, or one that others would guess from *names* or from lists."""
    words = [word for name in names for word in (name, name.split("@")[0], *search_keys(name).split())]
    if fault := password_fault(password, least, words):
        raise RuleBroken(fault, "password_weak")


def check_new_password(user: User, password: str) -> None:
    """Refuse a password that does not suit *user*."""
    check_password(password, least_length(user), user.sign_in_name, user.display_name)


def set_password(session: Session, user: User, password_hash: str) -> None:
    """Keep the hash of a password that was checked."""
    user.password_hash = password_hash
    session.flush()
