"""What was seen of the chain, kept outside the database: without it a tail that was cut off leaves no trace.

One line for each check: number, seal and time of the last link. Keep the file (setting
``PAIRING_AUDIT_WITNESS``) where whoever may write to the database may not write.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pairing.audit.services.chain import Head


@dataclass(frozen=True)
class Witness:
    """A file of lines that only grows."""

    path: Path

    def last(self) -> Head | None:
        """Return the end of the chain at the last check that found it whole, None before the first."""
        if not self.path.exists():
            return None
        lines = self.path.read_text(encoding="ascii").split("\n")
        last = next((line for line in reversed(lines) if line.count(" ") == 2), "")
        number, _space, rest = last.partition(" ")
        return Head(int(number), rest.partition(" ")[0]) if number.isdecimal() else None

    def note(self, head: Head, now: datetime) -> None:
        """Add what this check saw."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="ascii") as file:
            file.write(f"{head.number} {head.seal} {now:%Y-%m-%dT%H:%M:%SZ}\n")
