"""Rules of money: which pledge may pay for which need, and who comes first."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pairing.matching.rules.prices import MONTH_DAYS
from pairing.solver.money import NO_LIMIT

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

EARMARK = 0.02  # points per fen for money bound to the purpose or category: what is free for all stays whole


@dataclass(frozen=True)
class Needs:
    """Needs still to be paid, (n,) each.

    Attributes
    ----------
    id, household_id : of the rows.
    area : code of 12 digits as a number.
    purpose, category : bit of the need type and of the household's category.
    tier : position in `prices.TIERS`.
    waiting_days : since the need was written down.
    open_fen : what is neither reserved nor proposed yet.
    is_splittable : may have several payers and be paid in part.
    """

    id: Ints
    household_id: Ints
    area: Ints
    purpose: Ints
    category: Ints
    tier: Ints
    waiting_days: Ints
    open_fen: Ints
    is_splittable: Bools


@dataclass(frozen=True)
class Pledges:
    """Pledges that may be used today, (n,) each.

    Attributes
    ----------
    id : of the row.
    area : the code, filled up with zeros to 12 digits, as a number.
    reach : how many leading digits of it bind.
    purposes, categories : masks of the conditions; 0 means any.
    free_fen : the amount less reservations and open proposals.
    ceiling_fen : at most this for one household, or the solver's "no limit".
    households_left : how many more households it may pay for, likewise.
    """

    id: Ints
    area: Ints
    reach: Ints
    purposes: Ints
    categories: Ints
    free_fen: Ints
    ceiling_fen: Ints
    households_left: Ints


@dataclass(frozen=True)
class Money:
    """A run's whole input; *paid_before* are keys ``pledge id, household id`` of money given or proposed."""

    needs: Needs
    pledges: Pledges
    paid_before: tuple[Ints, Ints]
    digest: str


def is_allowed(condition: Ints, bit: Ints) -> Bools:
    """Say where a condition, a mask, allows a purpose or category, one bit; an empty condition allows any."""
    return np.asarray((condition == 0) | (condition & bit != 0))


def is_inside(area: Ints, reach: Ints, household_area: Ints) -> Bools:
    """Say where the household lies in the area of the pledge."""
    step = 10 ** (12 - reach)
    return np.asarray(household_area // step == area // step)


def weight_per_fen(tier: Ints, waiting_days: Ints) -> Floats:
    """Give points for each fen: 1, 2, 4, 8 by tier, and up to as much again for a very long waiting time.

    A fen for a higher tier is worth more than one for the next lower tier that has waited less than
    about fifteen years: the factor is ``1 + log2(1 + months) / 8``.
    """
    waited = np.log2(1.0 + np.maximum(waiting_days, 0) / MONTH_DAYS) / 8.0
    return np.asarray(2.0**tier * (1.0 + np.minimum(waited, 0.99)))


def admissible(money: Money) -> Bools:
    """Give which pledge may pay for which need, (n_pledges, n_needs).

    A pledge with a ceiling or a limit of households passes by a household that it has paid for or that is
    proposed to it already: what is left of the ceiling is then a matter of people.
    """
    pledges, needs = money.pledges, money.needs
    ok = is_allowed(pledges.purposes[:, None], needs.purpose[None, :])
    ok &= is_allowed(pledges.categories[:, None], needs.category[None, :])
    ok &= is_inside(pledges.area[:, None], pledges.reach[:, None], needs.area[None, :])
    ok &= (pledges.free_fen[:, None] > 0) & (needs.open_fen[None, :] > 0)
    bounded = (pledges.ceiling_fen != NO_LIMIT) | (pledges.households_left != NO_LIMIT)
    return np.asarray(ok & ~(bounded[:, None] & _is_paid_before(money)))


def _is_paid_before(money: Money) -> Bools:
    pledge_id, household_id = money.paid_before
    columns = (household_id, money.needs.household_id)
    base = 1 + max((int(column.max()) for column in columns if column.size), default=0)
    keys = money.pledges.id[:, None] * base + money.needs.household_id[None, :]
    return np.isin(keys, pledge_id * base + household_id)


def earmark(purposes: Ints, categories: Ints) -> Floats:
    """Give points per fen on top: money bound to a purpose or category goes first."""
    return np.where((purposes != 0) | (categories != 0), EARMARK, 0.0)
