"""What a pair is worth: each part is a share from 0 to 1. Each works on arrays that broadcast."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pairing.areas.rules import nearness

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

ENOUGH_HALF_DAYS = 3  # more common half-days do not make a pair better


def skill_share(needs: Ints, covers: Ints) -> Floats:
    """Give the share of the needs that the skills answer to; 1 where no need asks for a skill."""
    wanted = np.bitwise_count(needs).astype(np.float64)
    met = np.bitwise_count(needs & covers)
    return np.where(wanted > 0, met / np.maximum(wanted, 1.0), 1.0)


def nearness_table(communities: Sequence[str]) -> Floats:
    """Give how near each community is to each other one, (n, n), by `areas.rules.nearness`."""
    cells = [nearness(one, other) for one in communities for other in communities]
    return np.array(cells, dtype=np.float64).reshape(len(communities), len(communities))


def half_day_share(household: Ints, volunteer: Ints) -> Floats:
    """Give common half-days as a share of three; 1 where the household takes any time."""
    common = np.minimum(np.bitwise_count(household & volunteer), ENOUGH_HALF_DAYS)
    return np.where(household == 0, 1.0, common / ENOUGH_HALF_DAYS)


def language_share(wish: Ints, volunteer: Ints, speaks: Bools) -> Floats:
    """Give 1 where the volunteer speaks what the household wishes, or it wishes nothing."""
    return speaks[volunteer, wish].astype(np.float64)


def lightness_share(limit: Ints, taken: Ints) -> Floats:
    """Give the share of the volunteer's limit that is still free: who helps nobody yet comes first."""
    return np.asarray(np.clip(1.0 - taken / np.maximum(limit, 1), 0.0, 1.0))
