import numpy as np
import pytest

from pairing.matching.rules.candidates import FUNNEL, build_candidates
from pairing.matching.rules.people import Pairs
from pairing.matching.rules.weights import Weights
from tests.matching.people_input import TODAY, households, people, volunteers


def pairs(given, weights=None):
    table = build_candidates(given, weights or Weights(), TODAY)
    return list(zip(table.household.tolist(), table.volunteer.tolist(), strict=True))


def test_whoever_breaks_no_rule_is_a_candidate():
    assert pairs(people(households(2), volunteers(2))) == [(0, 0), (0, 1), (1, 0), (1, 1)]


@pytest.mark.parametrize(
    ("rule", "column", "value"),
    [
        ("active", "is_active", [False]),
        ("adult", "born", [20100101]),
        ("capacity", "taken", [1]),
        ("area", "community", [2]),
        ("half_days", "half_days", [0b010]),
        ("gender", "gender", [1]),
    ],
)
def test_each_rule_alone_keeps_a_volunteer_out_and_is_counted(rule, column, value):
    homes = households(half_days=[0b001], gender_wish=[2])

    table = build_candidates(people(homes, volunteers(**{column: np.array(value)})), Weights(), TODAY)

    left = dict(zip(FUNNEL, table.left[0].tolist(), strict=True))
    assert table.points.size == 0
    assert left == {name: int(FUNNEL.index(name) < FUNNEL.index(rule)) for name in FUNNEL}


@pytest.mark.parametrize("rule", ["earlier", "kin"])
def test_listed_pairs_are_kept_apart_and_counted(rule):
    given = people(households(2), volunteers(2), **{rule: Pairs(np.array([1]), np.array([2]))})

    table = build_candidates(given, Weights(), TODAY)

    assert pairs(given) == [(0, 0), (1, 0), (1, 1)]
    assert table.left[0, FUNNEL.index(rule)] == 1


def test_a_gender_wish_that_is_not_required_costs_points_only():
    given = people(households(gender_wish=[2]), volunteers(2, gender=[1, 2]))

    table = build_candidates(given, Weights(is_gender_required=False), TODAY)

    assert table.volunteer.tolist() == [0, 1]
    assert table.points[1] - table.points[0] == pytest.approx(100 * 10 / 110, abs=0.01)


def test_points_are_the_weighted_shares():
    homes = households(needs=[0b11], half_days=[0b111])
    them = volunteers(covers=[0b01], half_days=[0b001], community=[1], limit=[2], taken=[1])

    table = build_candidates(people(homes, them), Weights(), TODAY)

    expected = 40 * 0.5 + 25 * 0.6 + 15 / 3 + 10 * 1.0 + 10 * 0.5
    assert table.points.tolist() == [expected]


@pytest.mark.parametrize(("n_homes", "n_them"), [(0, 0), (0, 3), (3, 0)])
def test_an_empty_side_gives_an_empty_table(n_homes, n_them):
    table = build_candidates(people(households(n_homes), volunteers(n_them)), Weights(), TODAY)

    assert table.household.size == table.points.size == 0
    assert table.left.shape == (n_homes, len(FUNNEL))
