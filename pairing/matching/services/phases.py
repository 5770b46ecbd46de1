"""How long each phase of a run took."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter


class Phases:
    """Seconds by phase, in the order in which the phases came."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Measure what is done inside."""
        begin = perf_counter()
        yield
        self.seconds[name] = round(perf_counter() - begin, 3)
