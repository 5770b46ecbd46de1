"""What is left of every limit while fen are handed out."""

from collections.abc import Iterable

import numpy as np

from pairing.solver.checks import Bools
from pairing.solver.money_part import Part


class Purse:
    """What is left of every limit of a part while fen are handed out; it refuses to overdraw.

    Attributes
    ----------
    fen : (n_edges,) int64, handed out so far.
    allowed : (n_groups,), whether the pledge may pay for the household at all.
    """

    def __init__(self, part: Part, allowed: Bools) -> None:
        self.part = part
        self.fen = np.zeros(part.edge.size, dtype=np.int64)
        self.allowed = allowed
        self._balance = part.balance.copy()
        self._ceiling = part.ceiling.copy()
        self._open = np.zeros(int(part.item.max()) + 1, dtype=np.int64)
        self._open[part.item] = part.cost

    def points(self) -> float:
        """Points of what was handed out."""
        return float(self.part.gain @ self.fen)

    def room(self, edge: int) -> int:
        """Fen that *edge* could still carry."""
        part = self.part
        if not self.allowed[part.group[edge]]:
            return 0
        left = self._balance[part.pledge[edge]], self._ceiling[part.group[edge]], self._open[part.item[edge]]
        return int(min(left))

    def pay(self, edge: int, fen: int) -> None:
        """Hand out at most *fen* over *edge*: all of the cost or nothing where the item is whole."""
        part, amount = self.part, min(fen, self.room(edge))
        if part.is_whole[edge] and amount < part.cost[edge]:
            return
        self._move(edge, amount)

    def merge(self, edge: int, others: Iterable[int]) -> bool:
        """Let *edge* carry what *others*, edges to its item, carry; False if its limits do not allow that."""
        given = {other: int(self.fen[other]) for other in others}
        for other, fen in given.items():
            self._move(other, -fen)
        total = sum(given.values())
        fits = self.room(edge) >= total
        for other, fen in ({edge: total} if fits else given).items():
            self._move(other, fen)
        return fits

    def _move(self, edge: int, fen: int) -> None:
        part = self.part
        self.fen[edge] += fen
        self._balance[part.pledge[edge]] -= fen
        self._ceiling[part.group[edge]] -= fen
        self._open[part.item[edge]] -= fen
