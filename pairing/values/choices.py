"""Labels of code tables, matched to their members however they are spelt."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from pairing.errors import BadValue
from pairing.values.text import fold, split_many
from pairing.wording import Labelled, Wording, _

T = TypeVar("T")
M = TypeVar("M", bound=Labelled)


def table(members: Iterable[M], aliases: Mapping[str, M] | None = None) -> dict[str, M]:
    """Collect all spellings of *members*: code, label and the caller's aliases, folded."""
    spellings: dict[str, M] = {}
    for member in members:
        spellings |= {fold(member.value): member, fold(member.label): member}
    return spellings | {fold(alias): member for alias, member in (aliases or {}).items()}


def read_choice(value: object, spellings: Mapping[str, T], code: str, message: Wording | None = None) -> T:
    """Find the member that *value* names; else BadValue with the caller's *code*."""
    found = spellings.get(fold(value))
    if found is None:
        raise BadValue(code, message or _("没有“%(text)s”这一选项", text=fold(value)[:20]))
    return found


def read_choices(
    value: object, spellings: Mapping[str, T], code: str, message: Wording | None = None
) -> list[T]:
    """Find the members that a list in one cell names, each once; an empty text is an empty list."""
    return list(dict.fromkeys(read_choice(part, spellings, code, message) for part in split_many(value)))
