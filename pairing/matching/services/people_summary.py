"""The figures of a preview."""

from typing import Any

import numpy as np

from pairing.matching.rules.candidates import CandidateTable
from pairing.matching.rules.hard import free_places
from pairing.matching.rules.people import Ints, People
from pairing.matching.rules.prices import TIERS
from pairing.solver.people import Assignment


def summarise(people: People, table: CandidateTable, found: Assignment) -> dict[str, Any]:
    """Count households, places, served and unserved, by tier and by community, and the volunteers used."""
    homes, them = people.households, people.volunteers
    served = homes.places - found.unserved
    free = free_places(them.limit, them.taken) * them.is_active
    return {
        "households": int(homes.id.size),
        "places": int(homes.places.sum()),
        "served": int(served.sum()),
        "unserved": int(found.unserved.sum()),
        "candidates": int(table.points.size),
        "volunteers": int(them.id.size),
        "volunteers_free": int((free > 0).sum()),
        "volunteers_used": int(np.unique(found.volunteer).size),
        "mean_points": round(float(found.points.mean()), 1) if found.points.size else None,
        "value": round(found.value, 2),
        "resolution": found.resolution,
        "tiers": _by(homes.tier, TIERS, homes.places, served),
        "communities": _by(homes.community, people.communities, homes.places, served),
    }


def _by(group: Ints, names: tuple[str, ...], wanted: Ints, served: Ints) -> dict[str, dict[str, int]]:
    """Add wanted and served places up by group; groups without a place are left out."""
    sums = [
        np.bincount(group, weights=column, minlength=len(names)).astype(int) for column in (wanted, served)
    ]
    return {
        name: {"wanted": int(one), "served": int(other)}
        for name, one, other in zip(names, *sums, strict=True)
        if one
    }
