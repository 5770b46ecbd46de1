"""Money: which pledge pays how much for which item, in whole fen, with a proven bound."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pairing.solver.checks import Ints
from pairing.solver.money_input import NO_LIMIT, Edges, Items, Pledges
from pairing.solver.money_solve import solve_part
from pairing.solver.money_split import read_problem, split_parts

__all__ = ["NO_LIMIT", "Allotment", "Edges", "Items", "Pledges", "allot"]


@dataclass(frozen=True)
class Allotment:
    """What each pledge pays for each item, and how good that is at least.

    Attributes
    ----------
    fen : (n_edges,) int64, what each edge carries.
    covered_fen : (n_items,) int64, what is paid of each item.
    spent_fen : (n_pledges,) int64, what each pledge pays.
    value : points, the sum of fen times points per fen.
    bound : points no allotment exceeds, >= value.
    gap : points, ``bound - value``; 0 to rounding means proven best.
    """

    fen: Ints
    covered_fen: Ints
    spent_fen: Ints
    value: float
    bound: float
    gap: float


def allot(pledges: Pledges, items: Items, edges: Edges) -> Allotment:
    """Allot pledged money to items, the most points first, then with few payments.

    Parameters
    ----------
    pledges : n_pledges balances with their ceilings and household limits.
    items : n_items costs with their weights.
    edges : n_edges admissible pairs of them.

    Returns
    -------
    Allotment. Always: no balance, no ceiling of a pledge for a household, no household limit and no cost is
    exceeded; an item that is not splittable has one payer and its whole cost, or nothing; ``value <= bound``.

    Raises
    ------
    ValueError : a shape differs, a position is out of range, an amount is negative or 10**13 fen and more, a
        pair or a key stands twice, or a weight is nan, infinite or negative; the message names the position.

    Notes
    -----
    Maximises the sum of ``fen * (weight + preference)`` in each connected part by itself.

    1. A linear programme in shares of the cost; its prices prove the bound (`money_bound.bound_by_prices`).
    2. Rounding and repair, `money_round.round_shares` says how.
    3. Where that is below the bound, branch and bound by HiGHS within a fixed number of nodes: over the whole
       part if at most `money_solve.EXACT_BINARIES` choices are open, and its bound counts if it is lower;
       else over the `money_solve.CORE_EDGES` edges the prices favour most, and the bound of step 1 stays.
    4. Fewest payments for the same value: searched in parts of at most `money_solve.EXACT_EDGES` edges,
       elsewhere a split item is merged onto one pledge that can carry it.

    Amounts handed out are int64 and every limit is kept in integer arithmetic; the float solvers only advise.
    The input is put in the order of the keys first: under the same keys any order of pledges, items and edges
    gives the same fen. Where a gap remains, it is reported, and the value may be the best all the same.
    """
    whole = read_problem(pledges, items, edges)
    fen = np.zeros(np.size(edges.pledge), dtype=np.int64)
    values, bounds = [0.0], [0.0]
    for part in split_parts(whole):
        fen[part.edge], bound = solve_part(part)
        values.append(math.fsum(part.gain * fen[part.edge]))
        bounds.append(max(bound, values[-1]))
    value, bound = math.fsum(values), math.fsum(bounds)
    return Allotment(
        fen=fen,
        covered_fen=_total(edges.item, fen, np.size(items.cost_fen)),
        spent_fen=_total(edges.pledge, fen, np.size(pledges.balance_fen)),
        value=value,
        bound=bound,
        gap=bound - value,
    )


def _total(position: ArrayLike, fen: Ints, size: int) -> Ints:
    """Sum fen by position in integers, (size,)."""
    total = np.zeros(size, dtype=np.int64)
    np.add.at(total, np.asarray(position, dtype=np.int64), fen)
    return total
