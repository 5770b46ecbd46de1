"""People at district size: the same answer from few of the candidates, proven by prices."""

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from pairing.solver.checks import Bools, Floats, Ints, as_floats, as_ints, as_keys
from pairing.solver.people import Assignment, Candidates, assign
from pairing.solver.prices import find_prices

SMALL = 60_000  # candidates; up to here all are handed over at once
FIRST = 20  # candidates of a household that are tried first
MORE = 10  # candidates of a household that join in a round
TOLERANCE = 1e-6  # points; a candidate that would gain less is left out


def assign_by_pricing(
    candidates: Candidates,
    unserved_cost: ArrayLike,
    demand: ArrayLike,
    capacity: ArrayLike,
    household_keys: ArrayLike | None = None,
    volunteer_keys: ArrayLike | None = None,
) -> Assignment:
    """Serve households by volunteers at the greatest total value, trying the best candidates first.

    Parameters, returns and errors are those of `people.assign`; the resolution is `TOLERANCE` greater.

    Notes
    -----
    Column generation. A round solves with the candidates at hand, finds prices of its places and capacities
    (`prices.find_prices`), and lets in the candidates whose gain is above the two prices. When there is none,
    the prices are feasible for the whole problem, so by weak duality no assignment of all candidates is worth
    more: at most TOLERANCE per served place. No candidate is dropped for good.
    """
    price = as_floats("unserved_cost", unserved_cost)
    points = as_floats("points", candidates.points)
    if points.size <= SMALL:
        return assign(candidates, price, demand, capacity, household_keys, volunteer_keys)
    household = as_ints("household", candidates.household, points.size, below=price.size)
    volunteer = as_ints("volunteer", candidates.volunteer, points.size, below=np.size(capacity))
    gain = points + price[household]
    spread = _spread(household, volunteer, household_keys, volunteer_keys, price.size, np.size(capacity))
    here = _best(np.arange(points.size), household, points, spread, FIRST)
    while True:
        part = Candidates(household[here], volunteer[here], points[here])
        found = assign(part, price, demand, capacity, household_keys, volunteer_keys)
        left, right = find_prices(
            household[here],
            volunteer[here],
            gain[here],
            found.chosen,
            as_ints("demand", demand),
            as_ints("capacity", capacity),
        )
        surplus = gain - left[household] - right[volunteer]
        surplus[here] = 0.0
        better = np.flatnonzero(surplus > TOLERANCE)
        if not better.size:
            return replace(found, chosen=here[found.chosen], resolution=found.resolution + TOLERANCE)
        here = np.sort(np.append(here, _best(better, household, surplus, spread, MORE)))


def _spread(
    household: Ints,
    volunteer: Ints,
    household_keys: ArrayLike | None,
    volunteer_keys: ArrayLike | None,
    n_households: int,
    n_volunteers: int,
) -> Ints:
    """Number the candidates so that neighbours do not all try the same people among equals."""
    one = as_keys("household_keys", household_keys, n_households)[household]
    other = as_keys("volunteer_keys", volunteer_keys, n_volunteers)[volunteer]
    return (one * 7919 + other * 104_729) % 1_000_003


def _best(among: Ints, household: Ints, worth: Floats, spread: Ints, count: int) -> Ints:
    """Give the *count* candidates of each household that are worth most, ascending."""
    order = among[np.lexsort((spread[among], -worth[among], household[among]))]
    is_first: Bools = np.append(True, np.diff(household[order]) != 0)
    starts = np.flatnonzero(is_first)
    rank = np.arange(order.size) - np.repeat(starts, np.diff(np.append(starts, order.size)))
    return np.sort(order[rank < count])
