from dataclasses import replace

import numpy as np
import pytest

from pairing.matching.rules import money
from pairing.solver.money import NO_LIMIT

HERE, ELSEWHERE = 370202002012, 370202005001


def ints(*values):
    return np.array(values, dtype=np.int64)


NEEDS = money.Needs(
    id=ints(1, 2), household_id=ints(10, 20), area=ints(HERE, ELSEWHERE), purpose=ints(0b01, 0b10),
    category=ints(0b01, 0b01), tier=ints(3, 0), waiting_days=ints(0, 0), open_fen=ints(500, 500),
    is_splittable=np.array([True, True]),
)  # fmt: skip
PLEDGE = money.Pledges(
    id=ints(1), area=ints(370202000000), reach=ints(6), purposes=ints(0), categories=ints(0),
    free_fen=ints(900), ceiling_fen=ints(NO_LIMIT), households_left=ints(NO_LIMIT),
)  # fmt: skip


def reached(paid_before=((), ()), **columns):
    pledge = replace(PLEDGE, **{name: ints(value) for name, value in columns.items()})
    paid = tuple(np.array(column, dtype=np.int64) for column in paid_before)
    return money.admissible(money.Money(NEEDS, pledge, paid, ""))[0].tolist()


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({}, [True, True]),
        ({"purposes": 0b10}, [False, True]),
        ({"categories": 0b10}, [False, False]),
        ({"area": HERE, "reach": 12}, [True, False]),
        ({"area": 370202005000, "reach": 9}, [False, True]),
        ({"free_fen": 0}, [False, False]),
    ],
)
def test_each_condition_of_a_pledge_holds(condition, expected):
    assert reached(**condition) == expected


def test_a_bounded_pledge_passes_by_whom_it_has_paid_for():
    paid = ((1,), (10,))

    assert reached(paid) == [True, True]
    assert reached(paid, ceiling_fen=900) == [False, True]
    assert reached(paid, households_left=3) == [False, True]


def test_a_fen_for_a_higher_tier_is_worth_more_than_years_of_waiting():
    newest = money.weight_per_fen(ints(1, 2, 3), ints(0, 0, 0))
    longest = money.weight_per_fen(ints(0, 1, 2), ints(40_000, 40_000, 40_000))

    assert (newest > longest).all()


def test_who_waits_longer_comes_first_within_a_tier():
    weights = money.weight_per_fen(ints(1, 1, 1), ints(0, 365, 1095))

    assert (np.diff(weights) > 0).all()


def test_bound_money_goes_first():
    assert money.earmark(ints(0, 1, 0), ints(0, 0, 1)).tolist() == [0.0, money.EARMARK, money.EARMARK]
