"""What must not stand in a log is taken out of every line before it is written.

Keys that name personal data or secrets lose their values; numbers of people, telephones and
addresses of mail are found in every text, whatever stands between their digits.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any
from urllib.parse import unquote

HIDDEN = "***"
WORDS = (
    "passw|secret|token|cookie|session|authori[sz]ation|credential|api_?key|recovery|otp"
    "|name|address|phone|mobile|e_?mail|identity|id_?number|uscc|note|term|query|param|body|content"
    "|birth|bank|illness|diagnos"
)
DENIED = re.compile(rf"{WORDS}|(?:^|_)keys?$", re.IGNORECASE)
# name='…', "name": "…", name=…: as values stand in the texts of errors
SAID = re.compile(
    rf"([\"']?\b\w*(?:{WORDS})\w*[\"')\]]?\s*[=:]\s*)(\"[^\"]*\"?|'[^']*'?|\([^)]*\)?|[^\s,;)}}\]]+)",
    re.IGNORECASE,
)
GAP = r"[^0-9A-Za-z]{0,3}"  # what people put between digits
CODE = rf"(?:(?:\+|0{GAP}0){GAP})?8{GAP}6{GAP}"
PATTERNS = (
    re.compile(r"[^\s@<>\"'(),;:=]+@[^\s@<>\"'(),;:=]+"),  # e-mail
    re.compile(rf"(?<![0-9])[1-9](?:{GAP}[0-9]){{16}}{GAP}[0-9Xx](?![0-9])"),  # identity number
    re.compile(rf"(?<![0-9])[1-9](?:{GAP}[0-9]){{14}}(?![0-9])"),  # identity number of old
    re.compile(rf"(?<![0-9])(?:{CODE})?1(?:{GAP}[0-9]){{10}}(?![0-9])"),  # mobile
    re.compile(rf"(?<![0-9])(?:{CODE}0?|0{GAP})[1-9](?:{GAP}[0-9]){{8,10}}(?![0-9])"),  # fixed line
)
DEEPEST, WIDEST, LONGEST = 6, 50, 20_000
LARGEST = 10**10


def mask_text(text: str) -> str:
    """Return *text* without numbers of people, telephones, addresses of mail and values that are named."""
    plain = _plain(text[:LONGEST])
    masked = _mask(plain)
    if masked == plain and "%" in plain:  # an address spells blanks and signs as %20
        spelled = _plain(unquote(plain))
        masked = _mask(spelled) if _mask(spelled) != spelled else plain
    return masked


def mask_values(values: Mapping[Any, Any], depth: int = 0) -> dict[str, Any]:
    """Return *values* with what denied keys hold hidden, and every text in them masked, however deep."""
    return {
        mask_text(str(key)): HIDDEN if DENIED.search(str(key)) else _mask_value(value, depth)
        for key, value in islice(values.items(), WIDEST)
    }


def _mask_value(value: Any, depth: int) -> Any:  # noqa: ANN401 - whatever is logged
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, int):  # a number of a person may come as a number; ids and counts are smaller
        return value if abs(value) < LARGEST else HIDDEN
    if isinstance(value, bytes | bytearray):
        return HIDDEN  # a sealed value, a file, a key
    if depth < DEEPEST and isinstance(value, Mapping):
        return mask_values(value, depth + 1)
    if depth < DEEPEST and isinstance(value, list | tuple | set | frozenset):
        return _mask_many(value, depth + 1)
    return mask_text(str(value))


def _mask_many(values: Iterable[Any], depth: int) -> list[Any]:
    return [_mask_value(value, depth) for value in islice(values, WIDEST)]


def _plain(text: str) -> str:
    """Write digits of every script as 0-9 and drop what nobody sees, so that nothing hides a number."""
    if text.isascii():
        return text
    letters = unicodedata.normalize("NFKC", text)
    seen = (letter for letter in letters if unicodedata.category(letter) != "Cf")
    return "".join(_digit(letter) for letter in seen)


def _digit(letter: str) -> str:
    value = unicodedata.decimal(letter, -1)
    return letter if value < 0 else str(value)


def _mask(text: str) -> str:
    text = SAID.sub(rf"\1{HIDDEN}", text)
    for pattern in PATTERNS:
        text = pattern.sub(HIDDEN, text)
    return text
