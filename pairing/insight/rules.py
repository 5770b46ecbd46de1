"""What a figure on a board may show."""

from dataclasses import dataclass
from typing import Literal

from pairing.wording import Wording

SMALLEST_SHOWN = 5  # smaller counts could point at one family

Tone = Literal["red", "amber", "teal", "calm", "grey"]


@dataclass(frozen=True)
class Todo:
    """A line of the to-do list: what waits, how many, and where it is done."""

    label: Wording
    count: int
    tone: Tone
    endpoint: str
    values: dict[str, str]
    hint: Wording


@dataclass(frozen=True)
class Coverage:
    """How far one area is: open households, those with a volunteer, visits of the last 30 days."""

    code: str
    name: str
    households: int
    paired: int
    visited: int

    @property
    def share(self) -> int:
        """Paired households in percent; 0 where there is none."""
        return round(100 * self.paired / self.households) if self.households else 0


def shown(count: int) -> str:
    """Return a count as the public may see it: small ones are hidden."""
    return str(count) if count == 0 or count >= SMALLEST_SHOWN else f"<{SMALLEST_SHOWN}"
