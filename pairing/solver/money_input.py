"""What a money problem is made of, read and checked."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pairing.solver.checks import Floats, Ints, as_floats, as_ints, refuse_twice

NO_LIMIT = np.iinfo(np.int64).max
MOST_FEN = 10**13  # a hundred thousand million yuan: more is a slip, and float64 would round it


@dataclass(frozen=True)
class Pledges:
    """Promised money.

    Attributes
    ----------
    balance_fen : (n_pledges,) int, free to be allotted, >= 0.
    ceiling_fen : (n_pledges,) int, the most for one household, all its items together; `NO_LIMIT` where there
        is none, or None where no pledge has one.
    household_limit : (n_pledges,) int, the most households, likewise.
    key : (n_pledges,) int >= 0, distinct and lasting (ids); the positions if None.
    """

    balance_fen: ArrayLike
    ceiling_fen: ArrayLike | None = None
    household_limit: ArrayLike | None = None
    key: ArrayLike | None = None


@dataclass(frozen=True)
class Items:
    """Needs with a price.

    Attributes
    ----------
    cost_fen : (n_items,) int, still to be paid, >= 0.
    weight : (n_items,) float, points for each fen paid; finite, >= 0. What weighs 0 is never paid.
    household : (n_items,) int >= 0, whose item it is; any numbers, the same for the same household.
    is_splittable : (n_items,) bool, may have several payers and be paid in part.
    key : (n_items,) int >= 0, distinct and lasting (ids); the positions if None.
    """

    cost_fen: ArrayLike
    weight: ArrayLike
    household: ArrayLike
    is_splittable: ArrayLike
    key: ArrayLike | None = None


@dataclass(frozen=True)
class Edges:
    """Which pledge may pay for which item; what is not listed is forbidden.

    Attributes
    ----------
    pledge, item : (n_edges,) int, positions, each pair once.
    preference : (n_edges,) float, points for each fen on top of the item's weight; finite, >= 0; 0 if None.
    """

    pledge: ArrayLike
    item: ArrayLike
    preference: ArrayLike | None = None


def read_amounts(name: str, values: ArrayLike | None, size: int | None) -> Ints:
    """Give fen or counts as int64, `NO_LIMIT` for None; ValueError as `checks.as_ints`."""
    if values is None:
        return np.full(0 if size is None else size, NO_LIMIT)
    return as_ints(name, values, size)


def read_weights(name: str, values: ArrayLike, size: int) -> Floats:
    """Give points per fen as finite float64 >= 0; ValueError names the position that is not."""
    weights = as_floats(name, values, size)
    if weights.size and weights.min() < 0:
        raise ValueError(f"{name}[{int(np.argmin(weights))}] = {weights.min()} is negative")
    return weights


def read_edges(edges: Edges, n_pledges: int, n_items: int) -> tuple[Ints, Ints, Floats]:
    """Give pledge, item and preference of each edge; ValueError where they do not fit together."""
    pledge = as_ints("pledge", edges.pledge, below=n_pledges)
    item = as_ints("item", edges.item, pledge.size, below=n_items)
    refuse_twice("edges", pledge, item)
    wish = np.zeros(pledge.size) if edges.preference is None else edges.preference
    return pledge, item, read_weights("preference", wish, pledge.size)
