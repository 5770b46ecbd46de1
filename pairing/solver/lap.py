"""The best assignment of optional and obligatory rows to columns, component by component."""

import math
from collections.abc import Iterator

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components, min_weight_full_bipartite_matching

from pairing.solver.checks import Bools, Floats, Ints
from pairing.solver.slots import Slots

DENSE_CELLS = 40_000  # up to here a dense matrix is as fast as the sparse method, and simpler
MANTISSA_BITS = 52


def best_assignment(slots: Slots) -> tuple[Ints, float]:
    """Choose the entries of greatest total gain.

    Parameters
    ----------
    slots : rows, columns and gains (points); an optional row may stay without a column, gaining 0.

    Returns
    -------
    entries : the chosen entries of *slots*, ascending.
    resolution : points; gains that differ by less may count as equal.

    Raises
    ------
    ValueError : an obligatory row has no entry left for it.

    Notes
    -----
    Gains are rounded to a grid of ``2**k`` points so fine that no sum a solver forms is rounded again: ties
    are true ties, and the shortest path methods cannot cycle on rounding noise. The total is the greatest
    on that grid, hence at most *resolution* points per row below the greatest of the real numbers.
    Dense: Crouse 2016, doi:10.1109/TAES.2016.140952. Sparse: Jonker and Volgenant 1987, LAPJVsp,
    doi:10.1007/BF02278710, with one dummy column per optional row.
    """
    chosen, resolution = [np.empty(0, dtype=np.int64)], 0.0
    for entries, n_rows, n_cols, row, col, is_optional in _components(slots):
        whole, grid = _on_grid(slots.gain[entries], n_rows + n_cols)
        solve = _dense if n_rows * (n_rows + n_cols) <= DENSE_CELLS else _sparse
        taken = solve(row, col, whole, is_optional, n_cols)
        chosen.append(entries[taken[row] == col])
        resolution = max(resolution, grid)
    return np.sort(np.concatenate(chosen)), resolution


def _components(slots: Slots) -> Iterator[tuple[Ints, int, int, Ints, Ints, Bools]]:
    """Give entries, sizes, local rows and columns, and optional rows of each connected part."""
    n_rows = slots.is_optional.size
    shape = (n_rows + slots.n_cols, n_rows + slots.n_cols)
    links = coo_array((np.ones(slots.row.size, dtype=np.int8), (slots.row, n_rows + slots.col)), shape=shape)
    count, part_of = connected_components(links, directed=False)
    label = part_of.astype(np.int64)
    rows, row_sizes = _local(label[:n_rows], count)
    cols, col_sizes = _local(label[n_rows:], count)
    by_part = np.split(*_cuts(label[slots.row], count))
    rows_by_part = np.split(*_cuts(label[:n_rows], count))
    for part in range(count):
        here = by_part[part]
        if here.size:
            optional = slots.is_optional[rows_by_part[part]]
            row, col = rows[slots.row[here]], cols[slots.col[here]]
            yield here, int(row_sizes[part]), int(col_sizes[part]), row, col, optional


def _cuts(label: Ints, count: int) -> tuple[Ints, Ints]:
    """Positions sorted by label, and where one label ends."""
    return np.argsort(label, kind="stable"), np.cumsum(np.bincount(label, minlength=count))[:-1]


def _local(label: Ints, count: int) -> tuple[Ints, Ints]:
    """Count the nodes of each label, and give each its number among them, from 0."""
    sizes = np.bincount(label, minlength=count)
    order = np.argsort(label, kind="stable")
    local = np.empty(label.size, dtype=np.int64)
    local[order] = np.arange(label.size) - (np.cumsum(sizes) - sizes)[label[order]]
    return local, sizes


def _on_grid(gain: Floats, n_nodes: int) -> tuple[Floats, float]:
    """Round to whole steps that leave room for the sum along the longest path."""
    _, exponent = math.frexp(float(np.abs(gain).max()))
    step = math.ldexp(1.0, exponent - MANTISSA_BITS + (n_nodes + 2).bit_length())
    return np.rint(gain / step), step


def _dense(row: Ints, col: Ints, gain: Floats, is_optional: Bools, n_cols: int) -> Ints:
    cost = np.full((is_optional.size, n_cols + is_optional.size), np.inf)
    cost[is_optional, n_cols:] = 0.0
    cost[row, col] = -gain
    return np.asarray(linear_sum_assignment(cost)[1], dtype=np.int64)


def _sparse(row: Ints, col: Ints, gain: Floats, is_optional: Bools, n_cols: int) -> Ints:
    idle = np.flatnonzero(is_optional)
    top = max(float(gain.max()), 0.0) + 1.0
    cost = np.concatenate((top - gain, np.full(idle.size, top)))
    where = (np.concatenate((row, idle)), np.concatenate((col, n_cols + idle)))
    graph = csr_array((cost, where), shape=(is_optional.size, n_cols + is_optional.size))
    return np.asarray(min_weight_full_bipartite_matching(graph)[1], dtype=np.int64)
