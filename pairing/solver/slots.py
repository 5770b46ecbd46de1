"""Capacities turned into slots: a plain assignment problem in which a pair can be used at most once."""

from dataclasses import dataclass

import numpy as np

from pairing.solver.checks import Bools, Floats, Ints


@dataclass(frozen=True)
class Slots:
    """Entries of an assignment problem; every row takes one column at most, every column one row at most.

    Attributes
    ----------
    row, col : (n_entries,), which row may take which column.
    gain : (n_entries,), points gained when it does.
    edge : (n_entries,), the edge that is thereby used, or -1 for an entry that only keeps the books.
    is_optional : (n_rows,), False for a row that must take a column.
    n_cols : number of columns.
    """

    row: Ints
    col: Ints
    gain: Floats
    edge: Ints
    is_optional: Bools
    n_cols: int


def build_slots(left: Ints, right: Ints, gain: Floats, demand: Ints, capacity: Ints) -> Slots:
    """Replicate both sides of a bipartite graph into slots, each edge usable once.

    Parameters
    ----------
    left, right : (n_edges,), the ends of each edge; a pair stands once.
    gain : (n_edges,), points gained by using the edge.
    demand : (n_left,), how many edges a left node may use, >= 0.
    capacity : (n_right,), how many edges a right node may use, >= 0.

    Returns
    -------
    Slots, whose best assignment is the best simple b-matching of the graph.

    Notes
    -----
    A node gets ``min(limit, degree)`` slots. Where one end of an edge has a single slot, every pair of slots
    is an entry. Where both ends have more, the edge becomes a column L and a row R that must be taken:
    left slots may take L for the gain, and R takes either L (the edge rests) or a slot of the right node.
    So L taken by a slot forces R to the right node, and one L serves once: the reduction of a
    b-matching with unit edges to a matching, Schrijver 2003, Combinatorial Optimization, section 21.
    """
    wanted = np.minimum(demand, np.bincount(left, minlength=demand.size))
    offered = np.minimum(capacity, np.bincount(right, minlength=capacity.size))
    is_plain = (wanted[left] == 1) | (offered[right] == 1)
    first_row, first_col = np.cumsum(wanted) - wanted, np.cumsum(offered) - offered
    n_rows, n_cols = int(wanted.sum()), int(offered.sum())

    plain, guarded = np.flatnonzero(is_plain), np.flatnonzero(~is_plain)
    plain, nth = _repeat(plain, wanted[left[plain]] * offered[right[plain]])
    width = offered[right[plain]]
    number = np.arange(guarded.size)
    into, into_nth = _repeat(number, wanted[left[guarded]])
    out, out_nth = _repeat(number, offered[right[guarded]])
    rows = (
        first_row[left[plain]] + nth // width,
        first_row[left[guarded[into]]] + into_nth,
        n_rows + number,
        n_rows + out,
    )
    cols = (
        first_col[right[plain]] + nth % width,
        n_cols + into,
        n_cols + number,
        first_col[right[guarded[out]]] + out_nth,
    )
    used = np.concatenate((plain, guarded[into], np.full(number.size + out.size, -1)))
    return Slots(
        row=np.concatenate(rows),
        col=np.concatenate(cols),
        gain=np.where(used < 0, 0.0, np.append(gain, 0.0)[used]),
        edge=used,
        is_optional=np.arange(n_rows + number.size) < n_rows,
        n_cols=n_cols + number.size,
    )


def _repeat(items: Ints, times: Ints) -> tuple[Ints, Ints]:
    """Repeat each item and number its repetitions from 0."""
    starts = np.cumsum(times) - times
    return np.repeat(items, times), np.arange(int(times.sum())) - np.repeat(starts, times)
