"""One part of a money problem: bound first, then rounding, then the exact method where it is small."""

import numpy as np

from pairing.solver.checks import Floats, Ints
from pairing.solver.money_bound import bound_by_prices, solve_relaxed
from pairing.solver.money_model import Model, build_model
from pairing.solver.money_part import Part
from pairing.solver.money_purse import Purse
from pairing.solver.money_round import merge_payers, round_shares
from pairing.solver.money_search import fewest_payments, solve_integer

EXACT_BINARIES = 2_000  # so many choices are left to branch and bound; beyond, only over the likeliest edges
CORE_EDGES = 1_500  # so many edges count as likeliest
CORE_GAP = 1e-3  # relative; among them a search this near its end has little left to win
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
    if x is not None and purse.points() < bound * (1 - CLOSED):
        if model.is_integer.sum() <= EXACT_BINARIES:
            purse, bound = _exact(part, model, purse, bound)
        else:
            purse = _search_core(part, model.points - model.rows.T @ prices, x, purse)
    purse = _fewer_payments(part, model, purse)
    return purse.fen, max(bound, purse.points())


def _exact(part: Part, model: Model, purse: Purse, bound: float) -> tuple[Purse, float]:
    """Search the choices by branch and bound; keep the better allotment and the lower bound."""
    x, proven = solve_integer(model)
    if x is not None:
        purse = max(purse, round_shares(part, model, x), key=Purse.points)
    return purse, min(bound, proven)


def _search_core(part: Part, surplus: Floats, x: Floats, purse: Purse) -> Purse:
    """Search by branch and bound over the edges the prices favour; the bound stays that of all edges."""
    n = part.edge.size
    loss = np.where(x[:n] > 0, -1.0, np.maximum(-surplus[:n], 0.0))
    spread = (part.pledge - part.item) % part.balance.size  # among equals, other pledges for each item
    edges = np.sort(np.lexsort((spread, np.round(loss, 6)))[:CORE_EDGES])
    chosen, _ = solve_integer(build_model(part.over(edges)), CORE_GAP)
    if chosen is None:
        return purse
    found = np.zeros(x.size)
    found[edges], found[n:] = chosen[: edges.size], chosen[edges.size :]
    return max(purse, _over_edges(part, edges, found), key=Purse.points)


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
