"""The admissible pairs of a run and their points, by community, never pair by pair."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pairing.matching.rules import hard, points
from pairing.matching.rules.people import Bools, Floats, Ints, Pairs, People
from pairing.matching.rules.weights import Weights

FUNNEL = ("registered", "active", "adult", "capacity", "area", "half_days", "gender", "earlier", "kin")


@dataclass(frozen=True)
class CandidateTable:
    """What the rules leave.

    Attributes
    ----------
    household, volunteer : (n_candidates,), positions in the input.
    points : (n_candidates,), 0-100, to the hundredth.
    left : (n_households, len(FUNNEL)), volunteers left for the household after each rule, in order.
    """

    household: Ints
    volunteer: Ints
    points: Floats
    left: Ints


@dataclass(frozen=True)
class Cells:
    """Pairs under consideration: positions that broadcast, (n, 1) and (1, m) for a block, (n,) for a list."""

    household: NDArray[np.int64]
    volunteer: NDArray[np.int64]


def build_candidates(people: People, weights: Weights, today: int) -> CandidateTable:
    """Apply every hard rule and price what is left; *today* is the number yyyymmdd.

    Notes
    -----
    Rules that look at the volunteer alone come first, then the area, which makes one block of households
    and reachable volunteers per community; the others are evaluated on the whole block at once. No
    candidate is dropped for being poor: what the solver finds is the best of all admissible pairs.
    """
    able, before = _able(people, today)
    near = points.nearness_table(people.communities)
    left = np.zeros((people.households.id.size, len(FUNNEL)), dtype=np.int64)
    found = [_empty()]
    for community in np.unique(people.households.community):
        here = np.flatnonzero(people.households.community == community)
        reached = able[_reaches(people, able, int(community))]
        cells = Cells(here[:, None], reached[None, :])
        admissible, counts = _admissible(people, weights, cells)
        left[here] = np.column_stack((np.tile([*before, reached.size], (here.size, 1)), counts))
        row, col = np.nonzero(admissible)
        pairs = Cells(here[row], reached[col])
        found.append(
            (pairs.household, pairs.volunteer, total(shares_of(people, weights, pairs, near), weights))
        )
    household, volunteer, worth = (np.concatenate(column) for column in zip(*found, strict=True))
    return CandidateTable(household, volunteer, worth, left)


def _empty() -> tuple[Ints, Ints, Floats]:
    return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.float64)


def _able(people: People, today: int) -> tuple[Ints, list[int]]:
    """Give the volunteers that may be asked at all, and how many each rule left."""
    them = people.volunteers
    marks = (them.is_active, hard.is_adult(them.born, today), hard.free_places(them.limit, them.taken) > 0)
    ok, left = np.ones(them.id.size, dtype=np.bool_), [them.id.size]
    for mark in marks:
        ok = ok & mark
        left.append(int(ok.sum()))
    return np.flatnonzero(ok), left


def _reaches(people: People, able: Ints, community: int) -> Bools:
    codes = np.array([int(code.ljust(12, "0")) for code in people.communities], dtype=np.int64)
    them = people.volunteers
    return hard.is_within_reach(codes[community], codes[them.community[able]], them.reach[able])


def _admissible(people: People, weights: Weights, cells: Cells) -> tuple[Bools, Ints]:
    """Apply the rules on pairs in the order of the funnel; give the cells and the counts by household."""
    homes, them = people.households, people.volunteers
    h, v = cells.household, cells.volunteer
    anyone = np.zeros_like(homes.gender_wish)
    wish = homes.gender_wish if weights.is_gender_required else anyone
    rules = (
        hard.has_common_half_day(homes.half_days[h], them.half_days[v]),
        hard.fits_gender_wish(wish[h], them.gender[v]),
        hard.is_not_listed(homes.id[h], them.id[v], _columns(people.earlier)),
        hard.is_not_listed(homes.id[h], them.id[v], _columns(people.kin)),
    )
    ok, counts = np.ones((h.size, v.size), dtype=np.bool_), []
    for rule in rules:
        ok = ok & rule
        counts.append(ok.sum(axis=1))
    return ok, np.column_stack(counts)


def _columns(pairs: Pairs) -> tuple[Ints, Ints]:
    return pairs.household_id, pairs.volunteer_id


def shares_of(
    people: People, weights: Weights, cells: Cells, near: Floats | None = None
) -> dict[str, Floats]:
    """Give each part that counts as a share from 0 to 1, for the cells."""
    homes, them = people.households, people.volunteers
    h, v = cells.household, cells.volunteer
    table = points.nearness_table(people.communities) if near is None else near
    shares = {
        "skills": points.skill_share(homes.needs[h], them.covers[v]),
        "nearness": table[homes.community[h], them.community[v]],
        "half_days": points.half_day_share(homes.half_days[h], them.half_days[v]),
        "language": points.language_share(homes.language[h], v, people.speaks),
        "load": points.lightness_share(them.limit[v], them.taken[v]),
        "gender": hard.fits_gender_wish(homes.gender_wish[h], them.gender[v]).astype(np.float64),
    }
    return {part: shares[part] for part in weights.parts()}


def total(shares: dict[str, Floats], weights: Weights) -> Floats:
    """Add the weighted shares up to points, to the hundredth."""
    most = weights.most()
    return np.round(sum((most[part] * share for part, share in shares.items()), np.float64(0.0)), 2)
