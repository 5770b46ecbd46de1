import numpy as np

from pairing.matching.rules import prices

YEAR = 365


def test_a_higher_tier_costs_more_than_any_wait_in_the_one_below():
    longest = prices.unserved_price(np.array([0, 1, 2]), np.full(3, 100 * YEAR), 100.0)
    newest = prices.unserved_price(np.array([1, 2, 3]), np.zeros(3, dtype=int), 100.0)

    assert (newest > longest).all()


def test_waiting_still_counts_after_three_years():
    days = np.array([0, 30, YEAR, 3 * YEAR, 4 * YEAR])

    steps = np.diff(prices.waiting_points(days, 100.0))

    assert (steps > 30).all()


def test_waiting_is_nothing_before_registration_and_with_weight_zero():
    assert prices.waiting_points(np.array([-5]), 100.0).tolist() == [0.0]
    assert prices.waiting_points(np.array([500]), 0.0).tolist() == [0.0]


def test_the_lowest_tier_costs_more_than_a_perfect_pair_brings():
    assert prices.unserved_price(np.array([0]), np.array([0]), 0.0)[0] > 100
