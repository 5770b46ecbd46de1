"""Prices of places and capacities that prove an assignment to be the best."""

import numpy as np

from pairing.solver.checks import Bools, Floats, Ints

STEADY = 1e-8  # points; a price that moves by less stands still


def find_prices(
    left: Ints, right: Ints, gain: Floats, chosen: Ints, demand: Ints, capacity: Ints
) -> tuple[Floats, Floats]:
    """Give prices that support an optimal b-matching.

    Parameters
    ----------
    left, right : (n_edges,), the ends of each edge, each pair once.
    gain : (n_edges,), points gained by using the edge.
    chosen : (n_chosen,), the edges of a best b-matching.
    demand, capacity : (n_left,), (n_right,), how many edges a node may use.

    Returns
    -------
    left_price, right_price : points >= 0 of one more use of a node; 0 where it has a use to spare,
        inf where it may not be used at all. To `STEADY`: an edge that is not chosen gains at most the two
        prices of its ends, a chosen one at least these.

    Notes
    -----
    The prices solve a system of difference constraints on the residual graph, which has a solution exactly
    when the matching is the best. Its greatest and its least solution are found by Bellman and Ford, all
    edges at once, and their mean is given: fewer other candidates look better than they are.
    """
    is_chosen = np.zeros(gain.size, dtype=np.bool_)
    is_chosen[chosen] = True
    used = left[chosen], right[chosen], gain[chosen]
    rest = np.flatnonzero(~is_chosen & (demand[left] > 0) & (capacity[right] > 0))
    spare_left = np.bincount(used[0], minlength=demand.size) < demand
    spare_right = np.bincount(used[1], minlength=capacity.size) < capacity
    high = _dear_left(left[rest], right[rest], gain[rest], used, spare_left, capacity.size)
    low = _dear_left(
        right[rest], left[rest], gain[rest], (used[1], used[0], used[2]), spare_right, demand.size
    )
    left_price, right_price = (high[0] + low[1]) / 2.0, (high[1] + low[0]) / 2.0
    left_price[demand == 0], right_price[capacity == 0] = np.inf, np.inf
    return left_price, right_price


def _dear_left(
    left: Ints, right: Ints, gain: Floats, used: tuple[Ints, Ints, Floats], is_spare: Bools, n_right: int
) -> tuple[Floats, Floats]:
    """Give the solution in which the left prices are as high as can be, and the right ones as low."""
    order = np.argsort(right, kind="stable")
    left, gain = left[order], gain[order]
    nodes, starts = np.unique(right[order], return_index=True)
    right_price = np.zeros(n_right)
    while True:
        left_price = _left_prices(right_price, used, is_spare)
        wanted = right_price.copy()
        if nodes.size:
            wanted[nodes] = np.maximum(wanted[nodes], np.maximum.reduceat(gain - left_price[left], starts))
        if wanted.size == 0 or np.max(wanted - right_price) <= STEADY:
            return left_price, right_price
        right_price = wanted


def _left_prices(right_price: Floats, used: tuple[Ints, Ints, Floats], is_spare: Bools) -> Floats:
    """Give the most a left node can pay: what its poorest used edge leaves; 0 where a use is to spare."""
    left_price = np.where(is_spare, 0.0, np.inf)
    np.minimum.at(left_price, used[0], used[2] - right_price[used[1]])
    return left_price
