"""A part of a money problem as a linear model in shares."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, vstack

from pairing.solver.checks import Bools, Floats, Ints
from pairing.solver.money_part import Part


@dataclass(frozen=True)
class Model:
    """Maximise ``points @ x`` with ``rows @ x <= limits`` and ``0 <= x <= upper``.

    The first n variables are the share of the item's cost that each edge carries, the others say 0 or 1
    of each limited group whether its pledge pays for that household.

    Attributes
    ----------
    points : (n_vars,), points of a whole share.
    rows : (n_rows, n_vars).
    limits : (n_rows,).
    upper : (n_vars,).
    is_integer : (n_vars,), True where only 0 or 1 is meant.
    chosen_group : (n_groups,), the variable of a limited group, else -1.
    """

    points: Floats
    rows: csr_array
    limits: Floats
    upper: Floats
    is_integer: Bools
    chosen_group: Ints


def build_model(part: Part) -> Model:
    """Write a part as a linear model in shares.

    Parameters
    ----------
    part : edges that can carry something, ``cap > 0``; a whole item's edge has ``cap == cost``.

    Returns
    -------
    Model, whose integer solutions are the allotments of the part.

    Notes
    -----
    Shares and the rows ``share <= upper * chosen`` bind a payment to its household more tightly than one
    row per group would (disaggregated facility location, Cornuejols, Nemhauser and Wolsey 1990).
    """
    n, limited = part.edge.size, part.is_limited()
    chosen_group = np.where(limited, n + np.cumsum(limited) - 1, -1)
    n_vars = n + int(limited.sum())
    edges, cost = np.arange(n), part.cost.astype(np.float64)
    upper = np.append(part.cap / part.cost, np.ones(n_vars - n))

    bound_edges, groups = np.flatnonzero(limited[part.group]), np.flatnonzero(limited)
    links = np.arange(bound_edges.size)
    twice, both = np.tile(links, 2), np.append(bound_edges, chosen_group[part.group[bound_edges]])
    link = _rows(links.size, n_vars, twice, both, np.append(np.ones(links.size), -upper[bound_edges]))
    per_group = _rows(part.ceiling.size, n_vars, part.group, edges, cost)
    blocks = (
        (_rows(part.balance.size, n_vars, part.pledge, edges, cost), part.balance),
        (_rows(int(part.item.max()) + 1, n_vars, part.item, edges, np.ones(n)), None),
        (per_group, part.ceiling),
        (link, np.zeros(links.size)),
        (_rows(part.limit.size, n_vars, part.group_pledge[groups], chosen_group[groups], None), part.limit),
    )
    rows = csr_array(vstack([block for block, _ in blocks]))
    limits = np.concatenate([np.ones(b.shape[0]) if limit is None else limit for b, limit in blocks])
    binding = np.asarray(rows.maximum(0) @ upper).ravel() > limits
    return Model(
        points=np.append(part.gain * cost, np.zeros(n_vars - n)),
        rows=rows[binding],
        limits=limits[binding].astype(np.float64),
        upper=upper,
        is_integer=np.append(part.is_whole, np.ones(n_vars - n, dtype=bool)),
        chosen_group=chosen_group,
    )


def _rows(n_rows: int, n_vars: int, row: Ints, var: Ints, value: Floats | None) -> csr_array:
    values = np.ones(row.size) if value is None else value
    return csr_array((values, (row, var)), shape=(n_rows, n_vars))
