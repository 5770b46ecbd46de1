"""The keys that seal personal data, set once when the application starts."""

import hashlib
import hmac
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

KEY_BYTES = 32
LONGEST_ID = 255
INDEX_BYTES = 16


@dataclass(frozen=True)
class KeyRing:
    """All keys that may open a value, the one that seals new ones, and the key of fingerprints."""

    keys: Mapping[str, bytes] = field(repr=False)
    active: str
    index_key: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if self.active not in self.keys:
            raise ValueError("the active key is not on the ring")
        if any(len(key) != KEY_BYTES for key in [*self.keys.values(), self.index_key]):
            raise ValueError("every key has 32 bytes")
        if not all(0 < len(key_id.encode()) <= LONGEST_ID for key_id in self.keys):
            raise ValueError("the id of a key has 1 to 255 bytes")


_ring: KeyRing | None = None


def configure(keys: Mapping[str, bytes], active: str, index_key: bytes) -> None:
    """Set the keys of this process."""
    global _ring
    _ring = KeyRing(MappingProxyType(dict(keys)), active, index_key)


def key_ring() -> KeyRing:
    """Give the keys of this process; RuntimeError before ``configure``."""
    if _ring is None:
        raise RuntimeError("the keys for personal data are not configured")
    return _ring


def identity_index(number: str) -> bytes:
    """Give the fingerprint by which a person is found in every register."""
    return blind_index("identity", number)


def phone_index(number: str) -> bytes:
    """Give the fingerprint of a telephone number (E.164), the same in every register."""
    return blind_index("phone", number)


def blind_index(place: str, value: str) -> bytes:
    """Give the keyed fingerprint by which a sealed value of ``table.column`` is found again."""
    message = f"{place}\0{unicodedata.normalize('NFKC', value).strip().upper()}"
    return hmac.digest(key_ring().index_key, message.encode(), hashlib.sha256)[:INDEX_BYTES]
