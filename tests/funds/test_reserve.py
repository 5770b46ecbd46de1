from datetime import timedelta

import pytest

from pairing.enterprises.models import EnterpriseStatus, PledgeStatus
from pairing.errors import NotFound, RuleBroken
from pairing.funds import queries, services
from pairing.households.models import Category, HouseholdStatus, NeedStatus, NeedType
from tests.support.makers import (
    HOME,
    MONDAY,
    NEARBY,
    NOW,
    make_enterprise,
    make_household,
    make_need,
    make_pledge,
    make_reservation,
    make_staff,
)


def need_of(amount_fen=100_000, need_type=NeedType.MEDICAL, household=None, **given):
    return make_need(household or make_household(), need_type, amount_fen, **given)


def reserve(session, pledge, need, amount_fen=100_000):
    return services.reserve(session, pledge.id, need.id, amount_fen, make_staff(), NOW)


def refusal(session, pledge, need, amount_fen=100_000):
    with pytest.raises(RuleBroken) as refused:
        reserve(session, pledge, need, amount_fen)
    return refused.value.code


def test_reserve_keeps_the_money_for_the_need(session):
    pledge, need = make_pledge(amount_fen=100_000), need_of()

    reservation = reserve(session, pledge, need)

    assert (reservation.household_id, reservation.area_code) == (need.household_id, HOME)
    assert queries.reserved_fen_by_pledge(session) == {pledge.id: 100_000}
    assert queries.reserved_fen_by_need(session, [need.id]) == {need.id: 100_000}


@pytest.mark.parametrize(
    ("conditions", "code"),
    [
        ({"status": PledgeStatus.CLOSED}, "pledge_closed"),
        ({"expires_on": MONDAY - timedelta(days=1)}, "pledge_expired"),
        ({"amount_fen": 99_999}, "pledge_spent"),
        ({"purposes": [NeedType.SCHOOLING.value]}, "wrong_purpose"),
        ({"categories": [Category.TEKUN.value]}, "wrong_category"),
        ({"area_code": NEARBY}, "outside_area"),
        ({"ceiling_fen": 99_999}, "over_ceiling"),
    ],
)
def test_reserve_refuses_what_the_pledge_does_not_allow(session, conditions, code):
    assert refusal(session, make_pledge(**conditions), need_of()) == code


def test_a_pledge_may_be_used_on_its_last_day_and_within_its_conditions(session):
    pledge = make_pledge(
        expires_on=MONDAY, purposes=["medical"], categories=["dibao"], area_code=HOME, ceiling_fen=100_000
    )

    assert reserve(session, pledge, need_of()).amount_fen == 100_000


def test_reserve_refuses_a_company_that_was_not_approved(session):
    pledge = make_pledge(make_enterprise(status=EnterpriseStatus.PENDING))

    assert refusal(session, pledge, need_of()) == "enterprise_not_active"


def test_the_ceiling_counts_what_the_household_has_from_this_pledge(session):
    household, pledge = make_household(), make_pledge(ceiling_fen=150_000)
    make_reservation(need_of(household=household), pledge)

    assert refusal(session, pledge, need_of(household=household)) == "over_ceiling"


def test_the_limit_of_households_lets_the_same_household_in_again(session):
    household, pledge = make_household(), make_pledge(household_limit=1)
    make_reservation(need_of(household=household), pledge)

    reserve(session, pledge, need_of(household=household))

    assert refusal(session, pledge, need_of()) == "too_many_households"


@pytest.mark.parametrize(
    ("need", "code"),
    [
        ({"status": NeedStatus.MET}, "need_closed"),
        ({"amount_fen": None}, "need_without_amount"),
        ({"amount_fen": 200_000, "is_splittable": False}, "not_splittable"),
        ({"amount_fen": 99_999}, "over_covered"),
    ],
)
def test_reserve_refuses_what_the_need_does_not_want(session, need, code):
    assert refusal(session, make_pledge(), need_of(**need)) == code


def test_two_pledges_never_cover_a_need_twice(session):
    need = need_of()
    make_reservation(need, amount_fen=60_000)

    assert refusal(session, make_pledge(), need, 40_001) == "over_covered"
    assert reserve(session, make_pledge(), need, 40_000).amount_fen == 40_000


def test_reserve_refuses_a_closed_household(session):
    need = need_of(household=make_household(status=HouseholdStatus.CLOSED))

    assert refusal(session, make_pledge(), need) == "household_closed"


@pytest.mark.parametrize("amount_fen", [0, -1])
def test_reserve_refuses_nothing_and_less(session, amount_fen):
    assert refusal(session, make_pledge(), need_of(), amount_fen) == "amount_not_positive"


def test_reserve_finds_no_unknown_pledge_or_need(session):
    with pytest.raises(NotFound):
        services.reserve(session, 10**6, need_of().id, 1, make_staff(), NOW)
    with pytest.raises(NotFound):
        services.reserve(session, make_pledge().id, 10**6, 1, make_staff(), NOW)
