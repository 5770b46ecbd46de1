"""A text column that only the application can read.

Stored: version (1 byte), length of the key id (1), key id, nonce (12), AES-GCM ciphertext with its
tag. The associated data name the column, so a value moved to another column does not open.
"""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import LargeBinary
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from pairing.privacy.keys import blind_index, configure, key_ring

__all__ = ["CannotOpen", "Sealed", "blind_index", "configure", "current_head", "open_sealed", "seal"]

VERSION = 1
NONCE_BYTES = 12
HEAD_BYTES = 2


class CannotOpen(ValueError):
    """A stored value is damaged, was moved, or its key is not on the ring."""


def seal(place: str, text: str) -> bytes:
    """Encrypt *text* for ``table.column`` with the active key."""
    ring = key_ring()
    nonce = secrets.token_bytes(NONCE_BYTES)
    cipher = AESGCM(ring.keys[ring.active])
    return current_head() + nonce + cipher.encrypt(nonce, text.encode(), place.encode())


def open_sealed(place: str, stored: bytes) -> str:
    """Decrypt what ``seal`` made for the same ``table.column``."""
    key_id, rest = _split(stored)
    key = key_ring().keys.get(key_id)
    if key is None:
        raise CannotOpen("the key of this value is not on the ring")
    try:
        return AESGCM(key).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], place.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise CannotOpen("this value is damaged or belongs elsewhere") from error


def current_head() -> bytes:
    """Return how every value begins that the active key has sealed."""
    key_id = key_ring().active.encode()
    return bytes([VERSION, len(key_id)]) + key_id


def _split(stored: bytes) -> tuple[str, bytes]:
    if len(stored) < HEAD_BYTES or stored[0] != VERSION:
        raise CannotOpen("this value is not sealed")
    end = HEAD_BYTES + stored[1]
    try:
        return stored[HEAD_BYTES:end].decode(), stored[end:]
    except UnicodeDecodeError as error:
        raise CannotOpen("this value is not sealed") from error


class Sealed(TypeDecorator[str]):
    """``mapped_column(Sealed("household.address"))``: text in Python, ciphertext in the store.

    It cannot be searched; keep a ``blind_index`` of the value in a column beside it. No text is
    kept as no bytes, so that a statement can ask whether anything is there.
    """

    impl = LargeBinary
    cache_ok = True

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Encrypt on the way to the store."""
        return seal(self.place, value) if value else None if value is None else b""

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """Decrypt on the way from the store."""
        return open_sealed(self.place, bytes(value)) if value else None if value is None else ""

    def __repr__(self) -> str:
        return f"Sealed({self.place!r})"
