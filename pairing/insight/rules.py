"""What a figure on a board may show."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from pairing.wording import Wording

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1, hours=1)
SILENCE = {  # of jobs that tick more often than once a day
    "reminders": 2 * MINUTE,
    "mail": 2 * MINUTE,
    "exports": 2 * MINUTE,
    "proposals": 15 * MINUTE,
}
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


@dataclass(frozen=True)
class Fault:
    """Something that is wrong with the system itself; *detail* is for those who look after it."""

    code: str
    words: Wording
    detail: str = ""
    is_down: bool = False  # people cannot work, or what they do has no effect


def silence_of(job: str) -> timedelta:
    """Return how long a job of the scheduler may be silent."""
    return SILENCE.get(job, DAY)


def shown(count: int) -> str:
    """Return a count as the public may see it: small ones are hidden."""
    return str(count) if count == 0 or count >= SMALLEST_SHOWN else f"<{SMALLEST_SHOWN}"
