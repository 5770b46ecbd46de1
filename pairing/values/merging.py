"""Two people change one file: what it was, what it is now, what was typed, and whose word to keep.

A file is looked at in parts, by key: a field, or one row of a list. A part that is hidden from the
reader has no values but a mark, by which it is seen that somebody else has changed it.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

Sent = dict[str, list[str]]  # values by name, as a form sends them


class Side(StrEnum):
    """Whose word is kept."""

    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True)
class Part:
    """One part of a file: its name, its values, the words for them, and the mark of what is hidden."""

    label: str
    sent: Sent
    words: str
    mark: str = ""


Parts = Mapping[str, Part]


@dataclass(frozen=True)
class Difference:
    """A part that is not the same for everybody; None: there is no such row, or it is not known."""

    key: str
    label: str
    opened: Part | None
    stored: Part | None
    typed: Part | None
    suggested: Side | None  # None: both have changed it, and a person must choose

    @property
    def is_choice(self) -> bool:
        """Whether there is something to choose: nothing was typed over what is hidden."""
        return _sent(self.stored) != _sent(self.typed)


def compare(opened: Parts | None, stored: Parts, typed: Parts) -> list[Difference]:
    """Return the parts in which *typed* differs from *stored*, or that others changed unseen.

    *opened* is the file as it was when typing began; None where that is not known.
    """
    keys = dict.fromkeys([*stored, *typed])
    rows = (_compare(key, opened, stored.get(key), typed.get(key)) for key in keys)
    return [row for row in rows if row is not None]


def is_clash(differences: list[Difference]) -> bool:
    """Whether somebody else has changed one of the parts: only then a person need look."""
    return any(row.suggested is not Side.MINE for row in differences)


def _compare(key: str, opened: Parts | None, stored: Part | None, typed: Part | None) -> Difference | None:
    before = opened.get(key) if opened is not None else None
    moved = opened is None or (_sent(before), _mark(before)) != (_sent(stored), _mark(stored))
    touched = opened is None or _sent(before) != _sent(typed)
    if _sent(stored) == _sent(typed) and (opened is None or _mark(before) == _mark(stored)):
        return None
    side = None if moved and touched else Side.MINE if touched else Side.THEIRS
    label = next(part.label for part in (stored, typed) if part)
    return Difference(key, label, before, stored, typed, side)


def _sent(part: Part | None) -> Sent | None:
    return part.sent if part else None


def _mark(part: Part | None) -> str:
    return part.mark if part else ""


def to_text(parts: Parts) -> str:
    """Write parts for a hidden field."""
    return json.dumps({key: asdict(part) for key, part in parts.items()}, ensure_ascii=False)


def from_text(text: str | None) -> Parts | None:
    """Read what `to_text` wrote; None for anything else, since it comes from a form."""
    try:
        read = json.loads(text or "")
        return {str(key): _part(value) for key, value in read.items()}
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return None


def _part(value: Any) -> Part:  # noqa: ANN401 - as it was sent
    sent = {str(name): [str(one) for one in values] for name, values in value["sent"].items()}
    return Part(str(value["label"]), sent, str(value["words"]), str(value["mark"]))
