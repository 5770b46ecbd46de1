"""Who is served first: what it costs, in points, to leave a household without a visitor."""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

TIERS = ("none", "blue", "yellow", "red")  # codes of urgency, the least urgent first; a tier is its position
TIER_STEP = 10_000.0  # points
MONTH_DAYS = 30.0


def waiting_points(days: Ints, per_doubling: float) -> Floats:
    """Give the points that waiting adds to the price: 0 at once, growing with the logarithm of the time.

    Parameters
    ----------
    days : (n,), days since registration; negative counts as 0.
    per_doubling : points for each doubling: 1 month, 3 months, 7 months, 15 months ...

    Notes
    -----
    Never saturates: with 100 points per doubling, 1 year is 372 points, 3 years 525, 10 years 694.
    """
    return np.asarray(per_doubling * np.log2(1.0 + np.maximum(days, 0) / MONTH_DAYS))


def unserved_price(tier: Ints, days: Ints, per_doubling: float) -> Floats:
    """Give the points lost for each place of a household that stays unserved.

    Parameters
    ----------
    tier : (n,), position in `TIERS`.
    days : (n,), days of waiting.
    per_doubling : points for each doubling of the waiting time.

    Notes
    -----
    A tier is 10,000 points above the next lower one, a pair brings at most 100. Which places can be served
    together is a matroid (they are matched into the volunteers' capacities), and a dearest basis of a matroid
    has the most elements of the dearest class whatever the prices are. So a place of a higher tier is given
    up for a lower one only if that rearranged more than (10,000 - waiting) / 100 pairs, about ninety, each
    from 0 to 100 points; waiting decides inside a tier. The lowest tier costs 10,000 too: whoever can be
    served is served.
    """
    return TIER_STEP * (1.0 + tier) + waiting_points(days, per_doubling)
