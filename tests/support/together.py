"""Doing things at the same moment, to see what a race does."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

PATIENCE_S = 60


def together(times: int, deed: Callable[[int], Any]) -> list[Any]:
    """Call ``deed(0) .. deed(times - 1)`` at once in threads; return results and exceptions in order."""
    gate = Barrier(times)

    def run(number: int) -> Any:
        gate.wait(PATIENCE_S)
        try:
            return deed(number)
        except Exception as error:
            return error

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))
