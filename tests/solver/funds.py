"""Random small money problems, their limits written a second time, and the slow way to solve them."""

from dataclasses import dataclass
from itertools import product

import numpy as np
from hypothesis import strategies as st

from pairing.solver.money import NO_LIMIT, Allotment, Edges, Items, Pledges, allot


@dataclass(frozen=True)
class Funds:
    balance: np.ndarray
    ceiling: np.ndarray
    limit: np.ndarray
    cost: np.ndarray
    weight: np.ndarray
    household: np.ndarray
    is_splittable: np.ndarray
    pledge: np.ndarray
    item: np.ndarray
    preference: np.ndarray

    def solve(self, order=None) -> Allotment:
        """Allot; *order* = permutations of pledges, items and edges puts the same problem differently."""
        sizes = self.balance.size, self.cost.size, self.pledge.size
        p, i, e = order or [np.arange(n) for n in sizes]
        return allot(
            Pledges(self.balance[p], self.ceiling[p], self.limit[p], key=p),
            Items(self.cost[i], self.weight[i], self.household[i], self.is_splittable[i], key=i),
            Edges(np.argsort(p)[self.pledge[e]], np.argsort(i)[self.item[e]], self.preference[e]),
        )

    def broken_limits(self, fen) -> list[str]:
        """Name what *fen*, one amount per edge, breaks."""
        broken, paid = set(), {}
        for e in np.flatnonzero(fen):
            paid.setdefault(self.item[e], []).append(fen[e])
        for i, amounts in paid.items():
            whole = len(amounts) == 1 and amounts[0] == self.cost[i]
            broken.add("cost" if sum(amounts) > self.cost[i] or min(amounts) < 0 else "")
            broken.add("whole" if not self.is_splittable[i] and not whole else "")
        for p in range(self.balance.size):
            by_household = self._by_household(p, fen)
            broken.add("balance" if sum(by_household.values()) > self.balance[p] else "")
            broken.add("ceiling" if max(by_household.values(), default=0) > self.ceiling[p] else "")
            broken.add("households" if len(by_household) > self.limit[p] else "")
        return sorted(broken - {""})

    def _by_household(self, pledge: int, fen) -> dict[int, int]:
        totals: dict[int, int] = {}
        for e in np.flatnonzero((self.pledge == pledge) & (np.asarray(fen) != 0)):
            household = int(self.household[self.item[e]])
            totals[household] = totals.get(household, 0) + int(fen[e])
        return totals

    def value(self, fen) -> float:
        return float(((self.weight[self.item] + self.preference) * np.asarray(fen)).sum())

    def every_allotment(self):
        """Give every feasible allotment; for a few fen only."""
        amounts = [
            range(int(self.cost[i]) + 1) if self.is_splittable[i] else (0, int(self.cost[i]))
            for i in self.item
        ]
        return (fen for fen in product(*amounts) if not self.broken_limits(fen))


def random_funds(
    seed: int, n_items: int, n_pledges: int, share: float, most: int, splittable: float = 0.5
) -> Funds:
    rng = np.random.default_rng(seed)
    pledge, item = np.nonzero(rng.random((n_pledges, n_items)) < share)
    cost = rng.integers(1, most, n_items)
    few = rng.random((2, n_pledges)) < 0.5
    return Funds(
        balance=rng.integers(0, max(2 * int(cost.sum()) // n_pledges, 2), n_pledges),
        ceiling=np.where(few[0], rng.integers(1, 2 * most, n_pledges), NO_LIMIT),
        limit=np.where(few[1], rng.integers(0, n_items, n_pledges), NO_LIMIT),
        cost=cost,
        weight=rng.choice([1.0, 10.0, 100.0], n_items),
        household=rng.integers(0, max(n_items // 2, 1), n_items),
        is_splittable=rng.random(n_items) < splittable,
        pledge=pledge,
        item=item,
        preference=rng.choice([0.0, 0.5], pledge.size),
    )


@st.composite
def tiny_funds(draw) -> Funds:
    """At most 3 pledges, 3 items and 5 edges, costs up to 3 fen."""
    n, m = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    pairs = draw(st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, m - 1)), unique=True, max_size=5))
    ends = np.array(pairs, dtype=int).reshape(-1, 2)

    def numbers(low: int, high: int, size: int) -> np.ndarray:
        return np.array(draw(st.lists(st.integers(low, high), min_size=size, max_size=size)), dtype=int)

    return Funds(
        numbers(0, 7, n), numbers(0, 6, n), numbers(0, 3, n), numbers(0, 3, m), numbers(0, 9, m) / 2,
        numbers(5, 6, m), numbers(0, 1, m) > 0, ends[:, 0], ends[:, 1], numbers(0, 2, len(pairs)) / 4,
    )  # fmt: skip
