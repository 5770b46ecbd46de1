"""A money problem cut into connected parts, in the order of the keys."""

from collections.abc import Iterator

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from pairing.solver.checks import Bools, Ints, as_ints, as_keys
from pairing.solver.money_input import (
    MOST_FEN,
    Edges,
    Items,
    Pledges,
    read_amounts,
    read_edges,
    read_weights,
)
from pairing.solver.money_part import Part


def read_problem(pledges: Pledges, items: Items, edges: Edges) -> Part:
    """Check the input and give it as one part, sorted by key, without edges that can carry nothing.

    Parameters
    ----------
    pledges, items, edges : as their classes say.

    Returns
    -------
    Part, its pledges and items numbered by the rank of their keys.

    Raises
    ------
    ValueError : as `money.allot` says.
    """
    balance = as_ints("balance_fen", pledges.balance_fen, below=MOST_FEN)
    cost = as_ints("cost_fen", items.cost_fen, below=MOST_FEN)
    ceiling = read_amounts("ceiling_fen", pledges.ceiling_fen, balance.size)
    limit = read_amounts("household_limit", pledges.household_limit, balance.size)
    weight = read_weights("weight", items.weight, cost.size)
    pledge, item, preference = read_edges(edges, balance.size, cost.size)
    pledge_rank = as_keys("pledge key", pledges.key, balance.size)
    item_rank = as_keys("item key", items.key, cost.size)
    is_whole = ~_flags(items.is_splittable, cost.size)
    household = _in_order(as_ints("household", items.household, cost.size), item_rank)

    cap = np.minimum(np.minimum(balance, ceiling)[pledge], cost[item])
    gain = weight[item] + preference
    is_open = (cap > 0) & (gain > 0) & (limit[pledge] > 0) & (~is_whole[item] | (cap == cost[item]))
    kept = np.flatnonzero(is_open)
    kept = kept[np.lexsort((item_rank[item[kept]], pledge_rank[pledge[kept]]))]
    pledge, item = pledge[kept], item[kept]
    pairs = pledge_rank[pledge] * max(cost.size, 1) + household[item]
    _, first, group = np.unique(pairs, return_index=True, return_inverse=True)
    by_rank = np.argsort(pledge_rank)
    return Part(
        edge=kept,
        pledge=pledge_rank[pledge],
        item=item_rank[item],
        group=group,
        cost=cost[item],
        cap=cap[kept],
        gain=gain[kept],
        is_whole=is_whole[item],
        balance=balance[by_rank],
        ceiling=ceiling[pledge[first]],
        limit=limit[by_rank],
        group_pledge=pledge_rank[pledge[first]],
    )


def split_parts(whole: Part) -> Iterator[Part]:
    """Give the connected parts, in the order of their first pledge, each numbered from 0."""
    n_pledges = whole.balance.size
    n = n_pledges + (int(whole.item.max()) + 1 if whole.item.size else 0)
    ends = (whole.pledge, n_pledges + whole.item)
    _, label = connected_components(coo_array((np.ones(whole.edge.size), ends), shape=(n, n)), directed=False)
    part_of = label[whole.pledge]
    order = np.argsort(part_of, kind="stable")
    for edges in np.split(order, np.flatnonzero(np.diff(part_of[order])) + 1):
        if edges.size:
            yield _numbered(whole, edges)


def _numbered(whole: Part, edges: Ints) -> Part:
    pledges, pledge = np.unique(whole.pledge[edges], return_inverse=True)
    groups, group = np.unique(whole.group[edges], return_inverse=True)
    return Part(
        edge=whole.edge[edges],
        pledge=pledge,
        item=np.unique(whole.item[edges], return_inverse=True)[1],
        group=group,
        cost=whole.cost[edges],
        cap=whole.cap[edges],
        gain=whole.gain[edges],
        is_whole=whole.is_whole[edges],
        balance=whole.balance[pledges],
        ceiling=np.minimum(whole.ceiling[groups], MOST_FEN),
        limit=whole.limit[pledges],
        group_pledge=np.searchsorted(pledges, whole.group_pledge[groups]),
    )


def _in_order(household: Ints, item_rank: Ints) -> Ints:
    """Give each household the number of its first item, so that its own number does not matter."""
    _, number = np.unique(household, return_inverse=True)
    first = np.full(household.size, household.size)
    np.minimum.at(first, number, item_rank)
    return np.asarray(first[number])


def _flags(values: object, size: int) -> Bools:
    flags = np.asarray(values, dtype=bool)
    if flags.shape != (size,):
        raise ValueError(f"is_splittable has shape {flags.shape}, expected ({size},)")
    return flags
