import numpy as np
import pytest
from hypothesis import given

from pairing.solver import pricing
from pairing.solver.people import Candidates
from pairing.solver.prices import find_prices
from tests.solver.instances import keyed_people, random_people, steady


def solve(people):
    """Solve by pricing, with the arguments that `People.solve` hands to `assign`."""
    return pricing.assign_by_pricing(
        Candidates(people.household, people.volunteer, people.points),
        people.unserved_cost, people.demand, people.capacity, people.household_keys, people.volunteer_keys,
    )  # fmt: skip


@pytest.fixture
def few(monkeypatch):
    """Make it begin with two candidates of a household and let one more join in a round."""
    for name, value in (("SMALL", 0), ("FIRST", 2), ("MORE", 1)):
        monkeypatch.setattr(pricing, name, value)


@pytest.mark.parametrize("seed", range(60))
def test_few_candidates_at_a_time_give_the_value_of_all(few, seed):
    sizes = np.random.default_rng(seed).integers(1, 25, 2)
    people = random_people(seed, *sizes, share=0.5)

    got = solve(people)

    assert got.value == pytest.approx(people.solve().value, abs=1e-4)
    assert people.value(got.chosen) == pytest.approx(got.value)
    assert people.is_feasible(got.chosen)


@pytest.mark.parametrize("seed", range(10))
def test_the_order_of_the_input_changes_nothing(few, seed):
    people = random_people(seed, 20, 15, share=0.5)
    shuffled = people.shuffled(seed)

    one, other = solve(people), solve(shuffled)

    keys = people.household_keys[one.household], people.volunteer_keys[one.volunteer]
    same = shuffled.household_keys[other.household], shuffled.volunteer_keys[other.volunteer]
    assert set(zip(*keys, strict=True)) == set(zip(*same, strict=True))


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_nothing_and_everything_admissible_are_answers(few, share):
    people = random_people(1, 6, 4, share)

    assert solve(people).value == pytest.approx(people.solve().value, abs=1e-4)


def test_nan_is_refused_with_its_position(few):
    people = random_people(1, 3, 3, 1.0)
    people.points[2] = np.nan

    with pytest.raises(ValueError, match=r"points\[2\]"):
        solve(people)


@steady
@given(keyed_people())
def test_prices_prove_the_value(people):
    got = people.solve()
    gain = people.points + people.unserved_cost[people.household]

    left, right = find_prices(
        people.household, people.volunteer, gain, got.chosen, people.demand, people.capacity
    )

    surplus = np.maximum(gain - left[people.household] - right[people.volunteer], 0.0)
    wanted, offered = people.demand > 0, people.capacity > 0
    paid = left[wanted] @ people.demand[wanted] + right[offered] @ people.capacity[offered] + surplus.sum()
    assert (left >= 0).all()
    assert (right >= 0).all()
    assert paid == pytest.approx(gain[got.chosen].sum(), abs=1e-5)
