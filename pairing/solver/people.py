"""People: volunteers for households at the greatest total of points, exactly."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pairing.solver.checks import Floats, Ints, as_floats, as_ints, as_keys, refuse_twice
from pairing.solver.lap import best_assignment
from pairing.solver.slots import build_slots


@dataclass(frozen=True)
class Candidates:
    """The admissible pairs of a run; what is not listed is forbidden.

    Attributes
    ----------
    household : (n_candidates,) int, position of the household, 0 to n_households - 1.
    volunteer : (n_candidates,) int, position of the volunteer, 0 to n_volunteers - 1.
    points : (n_candidates,) float, finite; 0-100 by convention of the rules.
    """

    household: ArrayLike
    volunteer: ArrayLike
    points: ArrayLike


@dataclass(frozen=True)
class Assignment:
    """Who is proposed to whom, and what it is worth.

    Attributes
    ----------
    chosen : (n_chosen,) int64, positions in the candidates, ascending.
    household, volunteer : (n_chosen,) int64, the ends of each chosen pair.
    points : (n_chosen,) float64, its points.
    unserved : (n_households,) int64, places wanted and left without a volunteer.
    value : points of the chosen pairs less the price of the unserved places; the greatest possible.
    resolution : points; the value is at most this much per place wanted below the greatest possible,
        0.0 with nothing to choose, 3e-8 at district size with prices to 1,000.
    """

    chosen: Ints
    household: Ints
    volunteer: Ints
    points: Floats
    unserved: Ints
    value: float
    resolution: float


def assign(
    candidates: Candidates,
    unserved_cost: ArrayLike,
    demand: ArrayLike,
    capacity: ArrayLike,
    household_keys: ArrayLike | None = None,
    volunteer_keys: ArrayLike | None = None,
) -> Assignment:
    """Serve households by volunteers at the greatest total value.

    Parameters
    ----------
    candidates : the admissible pairs, each once.
    unserved_cost : (n_households,), points lost for each place left unserved; finite, >= 0.
    demand : (n_households,) int, different volunteers wanted, >= 0.
    capacity : (n_volunteers,) int, households a volunteer can still take, >= 0.
    household_keys : (n_households,) int >= 0, distinct and lasting (ids); the positions if None.
    volunteer_keys : (n_volunteers,), likewise.

    Returns
    -------
    Assignment; with nothing chosen where a side, the candidates or the capacity is empty.

    Raises
    ------
    ValueError : a shape differs, a position is out of range, a pair or a key stands twice, a count is
        negative, points or a price are nan or infinite, or a price is negative; the message names it.

    Notes
    -----
    Maximises ``sum(points chosen) - sum(unserved_cost * unserved)``: a pair gains its points and the price it
    saves, in slots (`slots.build_slots`), solved by component (`lap.best_assignment`).

    The input is put in the order of the keys first: under the same keys any order of households, volunteers
    and candidates gives the same pairs, ties included. A change in one connected component never changes
    another. A pair that gains nothing (0 points, price 0) may be chosen or not.
    """
    price = as_floats("unserved_cost", unserved_cost)
    n_households = price.size
    if price.size and price.min() < 0:
        raise ValueError(f"unserved_cost[{int(np.argmin(price))}] = {price.min()} is negative")
    wanted, free = as_ints("demand", demand, n_households), as_ints("capacity", capacity)
    household, volunteer, points = _read(candidates, n_households, free.size)
    household_rank = as_keys("household_keys", household_keys, n_households)
    volunteer_rank = as_keys("volunteer_keys", volunteer_keys, free.size)

    order = np.lexsort((volunteer_rank[volunteer], household_rank[household]))
    order = order[(wanted[household[order]] > 0) & (free[volunteer[order]] > 0)]
    left, right = household_rank[household[order]], volunteer_rank[volunteer[order]]
    gain = points[order] + price[household[order]]
    places = wanted[np.argsort(household_rank)], free[np.argsort(volunteer_rank)]
    slots = build_slots(left, right, gain, *places)
    entries, resolution = best_assignment(slots)
    used = slots.edge[entries]
    chosen = np.sort(order[used[used >= 0]])
    unserved = wanted - np.bincount(household[chosen], minlength=n_households)
    value = math.fsum(points[chosen]) - math.fsum(price * unserved)
    return Assignment(
        chosen, household[chosen], volunteer[chosen], points[chosen], unserved, value, resolution
    )


def _read(candidates: Candidates, n_households: int, n_volunteers: int) -> tuple[Ints, Ints, Floats]:
    points = as_floats("points", candidates.points)
    household = as_ints("household", candidates.household, points.size, below=n_households)
    volunteer = as_ints("volunteer", candidates.volunteer, points.size, below=n_volunteers)
    refuse_twice("candidates", household, volunteer)
    return household, volunteer, points
