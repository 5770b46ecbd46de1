"""One part of a money problem: bound first, then rounding, then the exact method where it is small."""

import numpy as np

from pairing.solver.checks import Floats, Ints
from pairing.solver.money_bound import bound_by_prices, fewest_payments, solve_integer, solve_relaxed
from pairing.solver.money_model import Model, build_model
from pairing.solver.money_part import Part
from pairing.solver.money_purse import Purse
from pairing.solver.money_round import merge_payers, round_shares

EXACT_BINARIES = 120  # so many choices are left to branch and bound; beyond, rounding and repair
EXACT_EDGES = 60  # so many edges are searched for the fewest payments; beyond, payers are merged one by one
CLOSED = 1e-9  # a relative gap that is rounding noise


def solve_part(part: Part) -> tuple[Ints, float]:
    """Allot the money of one part.

    Parameters
    ----------
    part : edges, limits and points of a connected part.

    Returns
    -------
    fen : (n_edges,) int64, feasible.
    bound : points that no allotment of the part exceeds.
    """
    model = build_model(part)
    x, prices = solve_relaxed(model, np.zeros(model.upper.size), model.upper)
    bound = bound_by_prices(model, prices)
    purse = round_shares(part, model, model.upper * 0.0 if x is None else x)
    if purse.points() < bound * (1 - CLOSED) and model.is_integer.sum() <= EXACT_BINARIES:
        purse, bound = _exact(part, model, purse, bound)
    purse = _fewer_payments(part, model, purse)
    return purse.fen, max(bound, purse.points())


def _exact(part: Part, model: Model, purse: Purse, bound: float) -> tuple[Purse, float]:
    """Search the choices by branch and bound; keep the better allotment and the lower bound."""
    x, proven = solve_integer(model)
    if x is not None:
        purse = max(purse, round_shares(part, model, x), key=Purse.points)
    return purse, min(bound, proven)


def _fewer_payments(part: Part, model: Model, purse: Purse) -> Purse:
    """Keep the points and use fewer payments."""
    if part.edge.size <= EXACT_EDGES and np.count_nonzero(purse.fen) > 1:
        x, is_used = fewest_payments(model, purse.points(), part.edge.size)
        if is_used.any():
            fewer = _over_edges(part, np.flatnonzero(is_used), x)
            keeps_points = fewer.points() >= purse.points() * (1 - CLOSED / 1000)
            if keeps_points and np.count_nonzero(fewer.fen) < np.count_nonzero(purse.fen):
                purse = fewer
    merge_payers(part, purse)
    return purse


def _over_edges(part: Part, edges: Ints, x: Floats) -> Purse:
    """Allot over some edges only, with the choices of *x*, (n_vars,)."""
    some = part.over(edges)
    small = round_shares(some, build_model(some), np.append(x[edges], x[part.edge.size :]))
    purse = Purse(part, small.allowed)
    for edge, fen in zip(edges, small.fen, strict=True):
        purse.pay(int(edge), int(fen))
    return purse
