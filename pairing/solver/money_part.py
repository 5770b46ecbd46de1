"""One connected part of a money problem."""

from dataclasses import dataclass, replace

import numpy as np

from pairing.solver.checks import Bools, Floats, Ints


@dataclass(frozen=True)
class Part:
    """Edges of pledges to items; a group is one pledge with one household.

    Attributes
    ----------
    edge : (n,), where the edges stand in the whole problem.
    pledge, item, group : (n,), numbered from 0 within the part.
    cost : (n,), fen the item of the edge costs.
    cap : (n,), the most fen the edge may carry.
    gain : (n,), points per fen.
    is_whole : (n,), the item takes its whole cost from one pledge or nothing.
    balance : (n_pledges,), fen.
    ceiling : (n_groups,), fen.
    limit : (n_pledges,), households the pledge may pay for.
    group_pledge : (n_groups,), the pledge of each group.
    """

    edge: Ints
    pledge: Ints
    item: Ints
    group: Ints
    cost: Ints
    cap: Ints
    gain: Floats
    is_whole: Bools
    balance: Ints
    ceiling: Ints
    limit: Ints
    group_pledge: Ints

    def is_limited(self) -> Bools:
        """Say of each group, (n_groups,), whether its pledge must choose among its households."""
        reached = np.bincount(self.group_pledge, minlength=self.limit.size)
        return np.asarray((reached > self.limit)[self.group_pledge])

    def over(self, edges: Ints) -> "Part":
        """Give the part with *edges* only, every limit kept."""
        names = ("edge", "pledge", "item", "group", "cost", "cap", "gain", "is_whole")
        return replace(self, **{name: getattr(self, name)[edges] for name in names})
