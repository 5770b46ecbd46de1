"""Hard rules: a pair that breaks one is never proposed. Each works on arrays that broadcast."""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

ADULT_YEARS = 18
YEAR = 10_000  # in a day written as yyyymmdd


def is_adult(born: Ints, today: int) -> Bools:
    """Say who is 18 today; days are numbers yyyymmdd."""
    return np.asarray(today - born >= ADULT_YEARS * YEAR)


def free_places(limit: Ints, taken: Ints) -> Ints:
    """Give how many more households fit: the limit less active pairings and open proposals, at least 0."""
    return np.asarray(np.maximum(limit - taken, 0))


def is_within_reach(household_area: Ints, volunteer_area: Ints, reach: Ints) -> Bools:
    """Say which volunteers come as far as the household.

    Parameters
    ----------
    household_area, volunteer_area : codes of 12 digits as numbers.
    reach : how many leading digits must agree: 12 the community, 9 the subdistrict, 6 the district.
    """
    step = 10 ** (12 - reach)
    return np.asarray(household_area // step == volunteer_area // step)


def has_common_half_day(household: Ints, volunteer: Ints) -> Bools:
    """Say where the masks share a half-day; a household that names none takes any."""
    return np.asarray((household == 0) | (household & volunteer != 0))


def fits_gender_wish(wish: Ints, gender: Ints) -> Bools:
    """Say where the wish is met; 0 is no wish, 1 male, 2 female."""
    return np.asarray((wish == 0) | (wish == gender))


def is_not_listed(household: Ints, volunteer: Ints, listed: tuple[Ints, Ints]) -> Bools:
    """Say which pairs are not among the *listed* ones; all are ids, *listed* two columns."""
    pairs = np.stack(np.broadcast_arrays(household, volunteer))
    if not listed[0].size:
        return np.ones(pairs[0].shape, dtype=np.bool_)
    base = 1 + max((int(column.max()) for column in (*pairs, *listed) if column.size), default=0)
    return ~np.isin(pairs[0] * base + pairs[1], listed[0] * base + listed[1])
