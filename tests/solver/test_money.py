import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pairing.solver import money_solve
from pairing.solver.money import NO_LIMIT, Edges, Items, Pledges, allot
from pairing.solver.money_bound import bound_by_prices
from pairing.solver.money_model import build_model
from pairing.solver.money_split import read_problem
from tests.solver.funds import random_funds, tiny_funds
from tests.solver.instances import steady


@given(funds=tiny_funds())
@steady
def test_value_is_that_of_the_best_of_all_allotments(funds):
    best = max(funds.value(fen) for fen in funds.every_allotment())

    got = funds.solve()
    assert got.value == pytest.approx(best, abs=1e-9)
    assert got.bound == pytest.approx(best, abs=1e-6)


@given(funds=tiny_funds())
@steady
def test_no_allotment_of_that_value_has_fewer_payments(funds):
    got = funds.solve()

    equal = (fen for fen in funds.every_allotment() if funds.value(fen) > got.value - 1e-9)
    assert np.count_nonzero(got.fen) == min(np.count_nonzero(fen) for fen in equal)


@given(seed=st.integers(0, 10**6), splittable=st.sampled_from([0.0, 0.5, 1.0]), share=st.floats(0.05, 1))
@settings(steady, max_examples=60)
def test_no_limit_is_broken(seed, splittable, share):
    funds = random_funds(seed, 15, 4, share, 5000, splittable)

    got = funds.solve()
    assert funds.broken_limits(got.fen) == []
    assert got.value == pytest.approx(funds.value(got.fen))
    assert got.bound - got.value == got.gap >= 0


@given(funds=tiny_funds())
@steady
def test_the_bound_of_rounding_alone_is_never_below_the_best(funds):
    best = max(funds.value(fen) for fen in funds.every_allotment())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(money_solve, "EXACT_BINARIES", 0)
        patch.setattr(money_solve, "EXACT_EDGES", 0)
        got = funds.solve()
    assert funds.broken_limits(got.fen) == []
    assert got.value <= best + 1e-9
    assert got.bound >= best - 1e-9


@given(prices=st.lists(st.floats(0, 100), min_size=40, max_size=40), seed=st.integers(0, 99))
@settings(steady, max_examples=60)
def test_any_prices_bound_every_allotment(prices, seed):
    funds = random_funds(seed, 6, 3, 0.9, 50)
    pledges = Pledges(funds.balance, funds.ceiling, funds.limit)
    items = Items(funds.cost, funds.weight, funds.household, funds.is_splittable)
    part = read_problem(pledges, items, Edges(funds.pledge, funds.item, funds.preference))

    model = build_model(part)
    bound = bound_by_prices(model, np.resize(prices, model.limits.size))
    assert bound >= funds.solve().value * (1 - 1e-12)


@given(seed=st.integers(0, 999))
@settings(steady, max_examples=40)
def test_order_of_input_changes_no_fen(seed):
    funds, rng = random_funds(seed, 12, 4, 0.5, 40), np.random.default_rng(seed)
    order = [rng.permutation(n) for n in (funds.balance.size, funds.cost.size, funds.pledge.size)]

    assert funds.solve(order).fen.tolist() == funds.solve().fen[order[2]].tolist()


@pytest.mark.parametrize("seed", range(6))
def test_forty_items_that_are_mostly_whole_leave_no_gap(seed):
    funds = random_funds(seed, 40, 5, 0.6, 500_000, splittable=0.3)

    got = funds.solve()
    assert funds.broken_limits(got.fen) == []
    assert got.gap <= 1e-9 * got.bound


def test_searching_the_likeliest_edges_closes_part_of_the_gap(monkeypatch):
    problems = [random_funds(seed, 60, 6, 0.6, 500_000, splittable=0.2) for seed in range(4)]
    monkeypatch.setattr(money_solve, "EXACT_BINARIES", 0)

    gaps = {}
    for edges in (1, 150):
        monkeypatch.setattr(money_solve, "CORE_EDGES", edges)
        answers = [funds.solve() for funds in problems]
        assert not any(f.broken_limits(got.fen) for f, got in zip(problems, answers, strict=True))
        gaps[edges] = sum(got.gap for got in answers)
    assert gaps[150] < 0.5 * gaps[1]


@pytest.mark.parametrize("seed", range(3))
def test_a_large_part_keeps_every_limit_and_reports_its_gap(seed):
    funds = random_funds(seed, 150, 12, 0.5, 500_000)

    got = funds.solve()
    assert funds.broken_limits(got.fen) == []
    assert 0 <= got.gap < 0.1 * got.bound


@pytest.mark.parametrize("seed", range(4))
def test_splittable_items_without_household_limits_leave_no_gap(seed):
    funds = random_funds(seed, 120, 10, 0.5, 10**7, splittable=1.0)
    funds.limit[:] = NO_LIMIT

    got = funds.solve()
    assert funds.broken_limits(got.fen) == []
    assert got.gap <= 1e-9 * got.bound


def test_amounts_are_int64_and_add_up():
    got = random_funds(3, 30, 5, 0.5, 10**6).solve()

    assert {got.fen.dtype, got.covered_fen.dtype, got.spent_fen.dtype} == {np.dtype(np.int64)}
    assert got.fen.sum() == got.covered_fen.sum() == got.spent_fen.sum() > 0


def test_the_heavier_item_is_paid_first():
    got = allot(Pledges([100]), Items([100, 100], [1.0, 2.0], [0, 1], [True, True]), Edges([0, 0], [0, 1]))

    assert got.covered_fen.tolist() == [0, 100]


def test_one_payer_is_taken_where_one_can_carry_all():
    items = Items([100, 60], [1.0, 1.0], [0, 1], [True, True])

    got = allot(Pledges([100, 60]), items, Edges([0, 0, 1, 1], [0, 1, 0, 1]))
    assert got.fen.tolist() == [100, 0, 0, 60]


def test_a_ceiling_holds_across_the_items_of_a_household():
    items = Items([50, 50, 50], [3.0, 2.0, 1.0], [7, 7, 8], [True] * 3)

    got = allot(Pledges([500], ceiling_fen=[70]), items, Edges([0, 0, 0], [0, 1, 2]))
    assert got.covered_fen.tolist() == [50, 20, 50]


def test_a_household_limit_chooses_the_worthier_household():
    items = Items([50, 50, 80], [1.0, 1.0, 1.1], [7, 7, 8], [False] * 3)

    got = allot(Pledges([500], household_limit=[1]), items, Edges([0, 0, 0], [0, 1, 2]))
    assert got.covered_fen.tolist() == [50, 50, 0]
    assert got.gap == pytest.approx(0.0, abs=1e-6)


def test_an_item_that_must_be_whole_is_not_paid_by_two():
    got = allot(Pledges([60, 60]), Items([100], [1.0], [0], [False]), Edges([0, 1], [0, 0]))

    assert got.fen.tolist() == [0, 0]
    assert got.gap == 0.0


@pytest.mark.parametrize(("n_pledges", "n_items"), [(0, 0), (0, 2), (2, 0), (2, 2)])
def test_nothing_to_allot_is_an_answer(n_pledges, n_items):
    items = Items([5] * n_items, [1.0] * n_items, [0] * n_items, [True] * n_items)

    got = allot(Pledges([9] * n_pledges), items, Edges([], []))
    assert (got.value, got.bound, got.gap) == (0.0, 0.0, 0.0)
    assert got.covered_fen.tolist() == [0] * n_items
    assert got.spent_fen.tolist() == [0] * n_pledges


@pytest.mark.parametrize(
    ("pledges", "items", "edges", "named"),
    [
        (Pledges([-1]), Items([5], [1.0], [0], [True]), Edges([0], [0]), r"balance_fen\[0\] = -1"),
        (Pledges([1.5]), Items([5], [1.0], [0], [True]), Edges([0], [0]), "not integers"),
        (Pledges([10**13]), Items([5], [1.0], [0], [True]), Edges([0], [0]), r"balance_fen\[0\]"),
        (Pledges([1], [1, 1]), Items([5], [1.0], [0], [True]), Edges([0], [0]), "ceiling_fen has shape"),
        (Pledges([1]), Items([5], [np.nan], [0], [True]), Edges([0], [0]), r"weight\[0\] = nan"),
        (Pledges([1]), Items([5], [-1.0], [0], [True]), Edges([0], [0]), r"weight\[0\] = -1"),
        (Pledges([1]), Items([5], [1.0], [0], [True, False]), Edges([0], [0]), "is_splittable has shape"),
        (Pledges([1]), Items([5], [1.0], [0], [True]), Edges([1], [0]), r"pledge\[0\] = 1"),
        (Pledges([1]), Items([5], [1.0], [0], [True]), Edges([0, 0], [0, 0]), r"edges\[1\] repeats"),
        (Pledges([1]), Items([5], [1.0], [0], [True]), Edges([0], [0], [np.inf]), r"preference\[0\] = inf"),
        (Pledges([1, 1], key=[3, 3]), Items([], [], [], []), Edges([], []), r"key\[1\] repeats"),
    ],
)
def test_input_that_does_not_fit_together_is_refused(pledges, items, edges, named):
    with pytest.raises(ValueError, match=named):
        allot(pledges, items, edges)
