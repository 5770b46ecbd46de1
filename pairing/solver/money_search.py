"""Branch and bound over a money model: the most points, then the fewest payments."""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, diags_array, eye_array, vstack

from pairing.solver.checks import Bools, Floats
from pairing.solver.money_bound import scale_of
from pairing.solver.money_model import Model

Solved = tuple[Floats | None, float]

MOST_NODES = 500  # unlike seconds, nodes are the same on every machine
GUARD_SECONDS = 10.0  # a guard against an instance far from those measured


def solve_integer(model: Model, enough: float = 0.0) -> Solved:
    """Solve the mixed-integer programme within a fixed number of nodes.

    Parameters
    ----------
    model : the model, its integer variables 0 or 1.
    enough : relative gap at which to stop.

    Returns
    -------
    x : (n_vars,), the best solution found, or None.
    bound : points no allotment exceeds, as HiGHS proves it; inf where it proved none.
    """
    scale = scale_of(model)
    x, bound = _branch(-model.points * scale, model.rows, model.limits, model.upper, model.is_integer, enough)
    return x, -bound / scale


def fewest_payments(model: Model, value: float, n_edges: int) -> tuple[Floats, Bools]:
    """Find an allotment of at least *value* points that uses the fewest edges.

    Parameters
    ----------
    model : the model; its first *n_edges* variables are shares.
    value : points to keep, less a billionth.
    n_edges : how many edges the part has.

    Returns
    -------
    x : (n_vars,), the solution; zeros where none was found within the nodes.
    is_used : (n_edges,), whether the edge is used.
    """
    scale, n = scale_of(model), model.upper.size
    wide = eye_array(n_edges, n + n_edges, format="csr")
    use = diags_array(model.upper[:n_edges], offsets=n, shape=(n_edges, n + n_edges))
    points = np.append(model.points * scale, np.zeros(n_edges))
    rows = vstack((model.rows @ eye_array(n, n + n_edges), wide - use, csr_array(-points[np.newaxis])))
    limits = np.concatenate((model.limits, np.zeros(n_edges), [-value * scale * (1 - 1e-9)]))
    x, _ = _branch(
        np.append(np.zeros(n), np.ones(n_edges)),
        rows,
        limits,
        np.append(model.upper, np.ones(n_edges)),
        np.append(model.is_integer, np.ones(n_edges, dtype=bool)),
    )
    x = np.zeros(n + n_edges) if x is None else x
    return x[:n], x[n:] > 0.5


def _branch(
    cost: Floats, rows: csr_array, limits: Floats, upper: Floats, is_integer: Bools, enough: float = 0.0
) -> Solved:
    """Minimise by branch and bound: the solution or None, and the proven lower bound."""
    found = milp(
        cost,
        integrality=is_integer.astype(int),
        bounds=Bounds(np.zeros(upper.size), upper),
        constraints=LinearConstraint(rows, ub=limits),
        options={"mip_rel_gap": enough, "node_limit": MOST_NODES, "time_limit": GUARD_SECONDS},
    )
    return found.x, -np.inf if found.mip_dual_bound is None else float(found.mip_dual_bound)
