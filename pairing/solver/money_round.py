"""From shares to whole fen that break no limit, and the repair of what rounding left undone."""

import numpy as np

from pairing.solver.checks import Bools, Floats, Ints
from pairing.solver.money_bound import solve_relaxed
from pairing.solver.money_model import Model
from pairing.solver.money_part import Part
from pairing.solver.money_purse import Purse

NEARLY = 1e-6  # a share below this is none


def round_shares(part: Part, model: Model, x: Floats) -> Purse:
    """Make an allotment of whole fen out of a solution in shares, whole or not.

    Parameters
    ----------
    part, model : the part and its model.
    x : (n_vars,), shares and choices, for instance of the linear programme.

    Returns
    -------
    Purse that has paid, feasible by its own integer accounts.

    Notes
    -----
    1. A limited pledge takes the households it leans to most. 2. Whole items go to the payer with the
    greatest share that can carry them, greatest shares first. 3. With these fixed the rest is a network
    flow, whose basic solutions are whole fen: the linear programme is solved again for the splittable items.
    4. What still fits is paid, most points per fen first. Ties go to the earlier edge.
    """
    allowed = _households(part, model, x)
    purse = Purse(part, allowed)
    fractional = np.flatnonzero(part.is_whole & (x[: part.edge.size] > NEARLY))
    shares, worth = np.round(x[fractional], 6), model.points[fractional]
    for edge in fractional[np.lexsort((fractional, -worth, -shares))]:
        purse.pay(int(edge), int(part.cost[edge]))
    flow = _flow(part, model, allowed, purse.fen > 0)
    for edge in np.flatnonzero((flow > 0) & ~part.is_whole):
        purse.pay(int(edge), int(flow[edge]))
    for edge in np.lexsort((np.arange(part.edge.size), -part.gain)):
        purse.pay(int(edge), int(part.cost[edge]))
    return purse


def merge_payers(part: Part, purse: Purse) -> None:
    """Let one pledge carry a split item where its limits allow and no point is lost; items in order."""
    n_payers = np.bincount(part.item[purse.fen > 0])
    by_item = np.split(np.argsort(part.item, kind="stable"), np.cumsum(np.bincount(part.item))[:-1])
    for item in np.flatnonzero(n_payers > 1):
        edges = by_item[item]
        payers = [int(edge) for edge in edges if purse.fen[edge]]
        best = part.gain[payers].max()
        for edge in edges[np.argsort(-purse.fen[edges], kind="stable")]:
            if part.gain[edge] >= best and purse.merge(int(edge), payers):
                break


def _households(part: Part, model: Model, x: Floats) -> Bools:
    """Choose for each limited pledge its households, as many as its limit, (n_groups,)."""
    limited = model.chosen_group >= 0
    lean = np.where(limited, np.round(x[model.chosen_group], 6), 1.0)
    worth = np.bincount(part.group, part.gain * part.cost * x[: part.edge.size], minlength=lean.size)
    order = np.lexsort((np.arange(lean.size), -worth, -lean, part.group_pledge))
    pledge = part.group_pledge[order]
    nth = np.arange(lean.size) - np.searchsorted(pledge, pledge)
    allowed = np.ones(lean.size, dtype=bool)
    allowed[order] = nth < part.limit[pledge]
    return allowed


def _flow(part: Part, model: Model, allowed: Bools, is_paid: Bools) -> Ints:
    """Fen of the best flow, (n_edges,), with households and payers of whole items fixed."""
    n = part.edge.size
    upper, lower = model.upper.copy(), np.zeros(model.upper.size)
    upper[:n] = np.where(part.is_whole, is_paid, np.where(allowed[part.group], upper[:n], 0.0))
    lower[:n] = np.where(part.is_whole, is_paid, 0.0)
    chosen = model.chosen_group[model.chosen_group >= 0]
    lower[chosen] = upper[chosen] = allowed[model.chosen_group >= 0]
    x, _ = solve_relaxed(model, lower, upper)
    return np.zeros(n, dtype=np.int64) if x is None else np.rint(x[:n] * part.cost).astype(np.int64)
