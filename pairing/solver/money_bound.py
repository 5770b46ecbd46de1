"""The linear programme of a money model, and bounds that hold whatever a solver says."""

import numpy as np
from scipy.optimize import linprog

from pairing.solver.checks import Floats
from pairing.solver.money_model import Model

LARGEST_COEFFICIENT = 1e3  # of the objective, so that the solvers' absolute tolerances are small


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
    scale = scale_of(model)
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


def scale_of(model: Model) -> float:
    """Give the factor that brings the largest points of *model* to `LARGEST_COEFFICIENT`."""
    return LARGEST_COEFFICIENT / float(model.points.max())
