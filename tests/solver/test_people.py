import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairing.solver import lap
from pairing.solver.people import Candidates, assign
from tests.solver.instances import (
    best_by_linprog,
    best_by_trying_all,
    keyed_people,
    pairs_by_key,
    random_people,
    small_people,
    steady,
)


@pytest.fixture(params=["dense", "sparse"])
def method(request, monkeypatch):
    monkeypatch.setattr(lap, "DENSE_CELLS", 0 if request.param == "sparse" else 10**9)


@given(people=small_people())
@steady
def test_value_is_that_of_the_best_of_all_choices(people):
    assert people.solve().value == best_by_trying_all(people)


@given(people=small_people())
@steady
def test_no_demand_or_capacity_is_exceeded(people):
    got = people.solve()

    assert people.is_feasible(got.chosen)
    assert got.value == people.value(got.chosen)
    assert (got.unserved == people.demand - np.bincount(got.household, minlength=people.demand.size)).all()


@given(people=keyed_people(), seed=st.integers(0, 99))
@steady
def test_order_of_input_changes_nothing_even_among_ties(people, seed):
    assert pairs_by_key(people) == pairs_by_key(people.shuffled(seed))


@pytest.mark.parametrize("seed", range(12))
def test_value_equals_the_linear_programme(seed, method):
    people = random_people(seed, 40, 30, 0.2)

    assert people.solve().value == pytest.approx(best_by_linprog(people), rel=1e-9)


@pytest.mark.parametrize("seed", range(12))
def test_tiny_components_agree_with_all_choices_by_either_method(seed, method):
    people = random_people(seed, 3, 4, 0.7)

    assert people.solve().value == best_by_trying_all(people)


def test_a_large_component_equals_the_linear_programme():
    people = random_people(5, 400, 300, 0.1, step=1e-7)

    got = people.solve()
    assert people.is_feasible(got.chosen)
    assert got.value == pytest.approx(best_by_linprog(people), abs=got.resolution * 800 + 1e-6)


@pytest.mark.parametrize("seed", range(3))
def test_order_of_input_changes_nothing_in_a_large_component_of_ties(seed):
    people = random_people(seed, 150, 100, 0.3, step=50.0)

    assert pairs_by_key(people) == pairs_by_key(people.shuffled(seed))


def test_demand_two_gets_two_different_volunteers_though_one_could_come_twice():
    got = assign(Candidates([0, 0, 1], [0, 1, 0], [90.0, 10.0, 50.0]), [100.0, 100.0], [2, 1], [2, 1])

    assert got.volunteer.tolist() == [0, 1, 0]
    assert got.unserved.tolist() == [0, 0]


def test_a_pair_is_used_once_when_nobody_else_fits():
    got = assign(Candidates([0, 0], [0, 1], [90.0, 10.0]), [100.0], [3], [3, 0])

    assert got.chosen.tolist() == [0]
    assert got.unserved.tolist() == [2]
    assert got.value == 90.0 - 200.0


def test_the_higher_price_is_served_first():
    got = assign(Candidates([0, 1], [0, 0], [100.0, 0.0]), [10.0, 200.0], [1, 1], [1])

    assert got.household.tolist() == [1]


def test_a_change_elsewhere_moves_nobody_here():
    edges = Candidates([0, 0, 1, 1, 2], [0, 1, 0, 1, 2], [5.0] * 5)

    both, alone = (assign(edges, [9.0] * 3, [1] * 3, [1, 1, free]) for free in (1, 0))
    assert both.chosen.tolist()[:2] == alone.chosen.tolist()


@pytest.mark.parametrize(("n_households", "n_volunteers"), [(0, 0), (0, 3), (3, 0), (3, 3)])
def test_nobody_or_no_candidate_is_an_answer(n_households, n_volunteers):
    got = assign(Candidates([], [], []), [7.0] * n_households, [1] * n_households, [1] * n_volunteers)

    assert got.chosen.size == 0
    assert got.value == -7.0 * n_households
    assert got.unserved.tolist() == [1] * n_households


def test_all_equal_serves_everybody_once():
    household, volunteer = np.divmod(np.arange(25), 5)

    got = assign(Candidates(household, volunteer, np.full(25, 50.0)), [0.0] * 5, [1] * 5, [1] * 5)
    assert sorted(got.volunteer.tolist()) == list(range(5))


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_points_that_are_no_number_are_refused_by_position(bad):
    with pytest.raises(ValueError, match=r"points\[1\]"):
        assign(Candidates([0, 1], [0, 0], [1.0, bad]), [1.0, 1.0], [1, 1], [1])


@pytest.mark.parametrize(
    ("price", "named"), [([1.0, np.nan], r"unserved_cost\[1\]"), ([-1.0, 0.0], r"cost\[0\]")]
)
def test_a_price_that_is_no_price_is_refused_by_position(price, named):
    with pytest.raises(ValueError, match=named):
        assign(Candidates([0], [0], [1.0]), price, [1, 1], [1])


@pytest.mark.parametrize(
    ("edges", "demand", "capacity", "named"),
    [
        (Candidates([0], [0, 0], [1.0]), [1], [1], "volunteer has shape"),
        (Candidates([1], [0], [1.0]), [1], [1], r"household\[0\] = 1"),
        (Candidates([0], [-1], [1.0]), [1], [1], r"volunteer\[0\] = -1"),
        (Candidates([0, 0], [0, 0], [1.0, 2.0]), [1], [1], r"candidates\[1\] repeats"),
        (Candidates([0.0], [0], [1.0]), [1], [1], "not integers"),
        (Candidates([0], [0], [[1.0]]), [1], [1], "points has shape"),
        (Candidates([0], [0], [1.0]), [1, 1], [1], "demand has shape"),
        (Candidates([0], [0], [1.0]), [1], [-2], r"capacity\[0\] = -2"),
    ],
)
def test_input_that_does_not_fit_together_is_refused(edges, demand, capacity, named):
    with pytest.raises(ValueError, match=named):
        assign(edges, [1.0], demand, capacity)


def test_the_same_key_twice_is_refused():
    with pytest.raises(ValueError, match=r"household_keys\[1\] repeats the key 4"):
        assign(Candidates([], [], []), [1.0, 1.0], [1, 1], [], household_keys=[4, 4])
