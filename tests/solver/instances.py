"""Random small instances, and the slow ways to solve them that the fast ones are held against."""

from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.sparse import coo_array, vstack

from pairing.solver.people import Assignment, Candidates, assign

steady = settings(
    derandomize=True, deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow]
)


@dataclass(frozen=True)
class People:
    household: np.ndarray
    volunteer: np.ndarray
    points: np.ndarray
    unserved_cost: np.ndarray
    demand: np.ndarray
    capacity: np.ndarray
    household_keys: np.ndarray | None = None
    volunteer_keys: np.ndarray | None = None

    def solve(self) -> Assignment:
        return assign(
            Candidates(self.household, self.volunteer, self.points),
            self.unserved_cost,
            self.demand,
            self.capacity,
            self.household_keys,
            self.volunteer_keys,
        )

    def is_feasible(self, edges) -> bool:
        edges = np.asarray(edges, dtype=int)
        served = np.bincount(self.household[edges], minlength=self.demand.size)
        used = np.bincount(self.volunteer[edges], minlength=self.capacity.size)
        return (served <= self.demand).all() and (used <= self.capacity).all()

    def value(self, edges) -> float:
        edges = np.asarray(edges, dtype=int)
        served = np.bincount(self.household[edges], minlength=self.demand.size)
        return float(self.points[edges].sum() - (self.unserved_cost * (self.demand - served)).sum())

    def shuffled(self, seed: int) -> "People":
        """Give the same people under the same keys, in another order."""
        rng = np.random.default_rng(seed)
        h, v, e = (rng.permutation(n) for n in (self.demand.size, self.capacity.size, self.points.size))
        return People(
            np.argsort(h)[self.household[e]], np.argsort(v)[self.volunteer[e]], self.points[e],
            self.unserved_cost[h], self.demand[h], self.capacity[v],
            self.household_keys[h], self.volunteer_keys[v],
        )  # fmt: skip


def pairs_by_key(people: People) -> set[tuple[int, int]]:
    got = people.solve()
    keys = people.household_keys[got.household], people.volunteer_keys[got.volunteer]
    return set(zip(*(k.tolist() for k in keys), strict=True))


def best_by_trying_all(people: People) -> float:
    edges = range(people.points.size)
    every = (list(c) for n in range(len(edges) + 1) for c in combinations(edges, n))
    return max(people.value(c) for c in every if people.is_feasible(c))


def best_by_linprog(people: People) -> float:
    n, at = people.points.size, np.arange(people.points.size)
    rows = [
        coo_array((np.ones(n), (end, at)), shape=(size, n))
        for end, size in ((people.household, people.demand.size), (people.volunteer, people.capacity.size))
    ]
    gain = people.points + people.unserved_cost[people.household]
    limits = np.concatenate((people.demand, people.capacity))
    found = linprog(-gain, vstack(rows), limits, bounds=(0, 1), method="highs")
    return float(-found.fun - (people.unserved_cost * people.demand).sum())


def random_people(
    seed: int, n_households: int, n_volunteers: int, share: float, step: float = 0.25
) -> People:
    rng = np.random.default_rng(seed)
    household, volunteer = np.nonzero(rng.random((n_households, n_volunteers)) < share)
    return People(
        household, volunteer, np.rint(rng.uniform(0, 100, household.size) / step) * step,
        rng.choice([0.0, 10.0, 1000.0], n_households), rng.integers(0, 4, n_households),
        rng.integers(0, 4, n_volunteers), rng.permutation(n_households) + 7,
        rng.permutation(n_volunteers) + 3,
    )  # fmt: skip


@st.composite
def small_people(draw) -> People:
    """At most 10 candidates, demand and capacity 0-3, many ties."""
    shape = draw(st.integers(0, 4)), draw(st.integers(0, 4))
    cells = st.tuples(st.integers(0, max(shape[0] - 1, 0)), st.integers(0, max(shape[1] - 1, 0)))
    pairs = draw(st.lists(cells, unique=True, max_size=10)) if min(shape) else []
    numbers = [
        draw(st.lists(st.integers(0, 3), min_size=n, max_size=n)) for n in (len(pairs), shape[0], *shape)
    ]
    points, cost = 25.0 * np.array(numbers[0]), 20.0 * np.array(numbers[1])
    ends = np.array(pairs, dtype=int).reshape(-1, 2)
    counts = [np.array(c, dtype=int) for c in numbers[2:]]
    return People(ends[:, 0], ends[:, 1], points, cost, *counts)


@st.composite
def keyed_people(draw) -> People:
    people = draw(small_people())
    keys = [draw(st.permutations(range(n))) for n in (people.demand.size, people.capacity.size)]
    return replace(
        people,
        household_keys=np.array(keys[0], dtype=int),
        volunteer_keys=np.array(keys[1], dtype=int),
    )
