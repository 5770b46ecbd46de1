"""One part of everything that is kept about a person: a small table with a title."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pairing.wording import Wording, _

FACT, VALUE = _("项目"), _("内容")


@dataclass(frozen=True)
class Section:
    """A table of what is kept; cells are words, numbers, days, moments and labels."""

    title: Wording
    columns: Sequence[Wording]
    rows: Sequence[Sequence[Any]]

    @property
    def is_facts(self) -> bool:
        """Whether it is a list of facts, each with its name."""
        return self.columns == (FACT, VALUE)


def facts(title: Wording, pairs: Sequence[tuple[Wording, Any]]) -> Section:
    """Return a section of two columns, without the facts that are empty."""
    return Section(title, (FACT, VALUE), [pair for pair in pairs if pair[1] not in (None, "")])
