"""The input of a run of people as columns: one position per household, one per volunteer."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Households:
    """Households with places to fill, (n,) each.

    Attributes
    ----------
    id, version : of the row.
    community : position in `People.communities`.
    tier : position in `prices.TIERS`.
    waiting_days : since registration.
    places : visitors still wanted.
    half_days : mask; 0 means any time suits.
    gender_wish : 0 any, 1 male, 2 female.
    language : position in `People.languages`, 0 for no wish.
    needs : mask of `skills.NEEDS`.
    """

    id: Ints
    version: Ints
    community: Ints
    tier: Ints
    waiting_days: Ints
    places: Ints
    half_days: Ints
    gender_wish: Ints
    language: Ints
    needs: Ints


@dataclass(frozen=True)
class Volunteers:
    """Every volunteer of the district, (n,) each.

    Attributes
    ----------
    id, version : of the row.
    community : position in `People.communities`.
    reach : digits of the area code that must agree with the household's: 12, 9 or 6.
    is_active : may be asked.
    born : birth date as the number yyyymmdd.
    limit, taken : households at the same time; active pairings and open proposals.
    half_days : mask.
    gender : 1 male, 2 female.
    covers : mask of `skills.NEEDS` that the skills answer to.
    """

    id: Ints
    version: Ints
    community: Ints
    reach: Ints
    is_active: Bools
    born: Ints
    limit: Ints
    taken: Ints
    half_days: Ints
    gender: Ints
    covers: Ints


@dataclass(frozen=True)
class Pairs:
    """Some pairs, by their ids."""

    household_id: Ints
    volunteer_id: Ints


@dataclass(frozen=True)
class People:
    """A run's whole input.

    Attributes
    ----------
    communities : codes of 12 digits.
    languages : the wishes that occur; position 0 is "no wish".
    speaks : (n_volunteers, n_languages), True in column 0.
    earlier : pairs that were paired, proposed or refused before and are not proposed again.
    kin : pairs with the same telephone, or a volunteer who lives in the household.
    digest : sha256 over ids and versions.
    """

    households: Households
    volunteers: Volunteers
    communities: tuple[str, ...]
    languages: tuple[str, ...]
    speaks: Bools
    earlier: Pairs
    kin: Pairs
    digest: str
