"""A small input of a run of people, written by hand: everything fits until a test says otherwise."""

from dataclasses import replace

import numpy as np

from pairing.matching.rules.people import Households, Pairs, People, Volunteers

HERE, NEXT_DOOR, ACROSS = "370202002012", "370202002008", "370202005001"
PLACES = (HERE, NEXT_DOOR, ACROSS)
TODAY = 20261123
EMPTY = np.empty(0, dtype=np.int64)


def _full(size, value):
    return np.full(size, value, dtype=np.int64)


def households(size=1, **columns):
    """Give *size* households at HERE, each with one place and no wish."""
    usual = {name: _full(size, 0) for name in Households.__dataclass_fields__}
    usual |= {"id": np.arange(size, dtype=np.int64) + 1, "places": _full(size, 1)}
    return Households(**usual | {name: np.asarray(value) for name, value in columns.items()})


def volunteers(size=1, **columns):
    """Give *size* adult volunteers at HERE who go as far as the subdistrict and are free at any time."""
    usual = {name: _full(size, 0) for name in Volunteers.__dataclass_fields__}
    usual |= {
        "id": np.arange(size, dtype=np.int64) + 1, "reach": _full(size, 9), "born": _full(size, 19900501),
        "limit": _full(size, 1), "half_days": _full(size, (1 << 21) - 1), "gender": _full(size, 2),
        "is_active": np.ones(size, dtype=np.bool_),
    }  # fmt: skip
    return Volunteers(**usual | {name: np.asarray(value) for name, value in columns.items()})


def people(homes=None, them=None, **given):
    """Put both sides together."""
    homes, them = homes or households(), them or volunteers()
    known = People(
        homes, them, PLACES, ("",), np.ones((them.id.size, 1), dtype=np.bool_),
        Pairs(EMPTY, EMPTY), Pairs(EMPTY, EMPTY), "0" * 64,
    )  # fmt: skip
    return replace(known, **given)
