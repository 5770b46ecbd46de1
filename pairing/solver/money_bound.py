"""Linear and mixed-integer programmes of a money model, and bounds that hold whatever a solver says."""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, diags_array, eye_array, vstack

from pairing.solver.checks import Bools, Floats
from pairing.solver.money_model import Model

Solved = tuple[Floats | None, float]

LARGEST_COEFFICIENT = (
    1e3  # the objective is scaled to this, so that the solvers' absolute tolerances are small
)
MOST_NODES = 2_000  # unlike seconds, nodes are the same on every machine
GUARD_SECONDS = 20.0  # never reached by the sizes sent here


def solve_relaxed(model: Model, lower: Floats, upper: Floats) -> tuple[Floats | None, Floats]:
    """Solve the linear programme between given bounds.

    Parameters
    ----------
    model : points, rows and limits; integrality is ignored.
    lower, upper : (n_vars,), shares or 0/1.

    Returns
    -------
    x : (n_vars,), a basic optimal solution, or None where the bounds leave no room.
    prices : (n_rows,), points per unit of each limit, >= 0; zeros where x is None.

    Notes
    -----
    HiGHS dual simplex, Huangfu and Hall 2018, doi:10.1007/s12532-017-0130-5.
    """
    scale = _scale(model)
    bounds = np.column_stack((lower, upper))
    found = linprog(  # type: ignore[call-overload]  # the stubs know no sparse rows
        -model.points * scale, model.rows, model.limits, bounds=bounds, method="highs-ds"
    )
    if found.x is None:
        return None, np.zeros(model.limits.size)
    return np.asarray(found.x), np.maximum(-found.ineqlin.marginals, 0.0) / scale


def bound_by_prices(model: Model, prices: Floats) -> float:
    """Give an upper bound on the points of any allotment, by weak duality.

    Parameters
    ----------
    model : the model.
    prices : (n_rows,), any numbers >= 0, points per unit of each limit.

    Returns
    -------
    Points: ``prices @ limits + upper @ max(points - rows.T @ prices, 0)``. True for every choice of prices;
    tight for the optimal ones.
    """
    surplus = np.maximum(model.points - model.rows.T @ prices, 0.0)
    return float(prices @ model.limits + surplus @ model.upper)


def solve_integer(model: Model) -> Solved:
    """Solve the mixed-integer programme within a fixed number of nodes.

    Returns
    -------
    x : (n_vars,), the best solution found, or None.
    bound : points no allotment exceeds, as HiGHS proves it; inf where it proved none.
    """
    scale = _scale(model)
    x, bound = _branch(-model.points * scale, model.rows, model.limits, model.upper, model.is_integer)
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
    scale, n = _scale(model), model.upper.size
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


def _branch(cost: Floats, rows: csr_array, limits: Floats, upper: Floats, is_integer: Bools) -> Solved:
    """Minimise by branch and bound: the solution or None, and the proven lower bound."""
    found = milp(
        cost,
        integrality=is_integer.astype(int),
        bounds=Bounds(np.zeros(upper.size), upper),
        constraints=LinearConstraint(rows, ub=limits),
        options={"mip_rel_gap": 0.0, "node_limit": MOST_NODES, "time_limit": GUARD_SECONDS},
    )
    return found.x, -np.inf if found.mip_dual_bound is None else float(found.mip_dual_bound)


def _scale(model: Model) -> float:
    return LARGEST_COEFFICIENT / float(model.points.max())
