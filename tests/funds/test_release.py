import pytest

from pairing.errors import RuleBroken
from pairing.funds import queries, services
from pairing.funds.models import ReservationStatus
from tests.support.makers import NOW, make_household, make_need, make_pledge, make_reservation, make_staff


def test_released_money_can_be_reserved_again(session):
    pledge, staff = make_pledge(amount_fen=100_000), make_staff()
    reservation = make_reservation(pledge=pledge)

    services.release(session, reservation, staff, NOW)

    assert queries.reserved_fen_by_pledge(session) == {}
    need = make_need(make_household(), amount_fen=100_000)
    assert services.reserve(session, pledge.id, need.id, 100_000, staff, NOW).amount_fen == 100_000


def test_release_refuses_money_that_was_released(session):
    reservation = make_reservation(status=ReservationStatus.RELEASED)

    with pytest.raises(RuleBroken) as refused:
        services.release(session, reservation, make_staff(), NOW)

    assert refused.value.code == "already_released"


def test_shares_of_households_are_told_by_pledge(session):
    pledge = make_pledge()
    first, second = make_reservation(pledge=pledge), make_reservation(pledge=pledge)
    make_reservation(pledge=pledge, status=ReservationStatus.RELEASED)

    shares = queries.reserved_fen_by_household(session, [pledge.id])

    assert shares == {pledge.id: {first.household_id: 100_000, second.household_id: 100_000}}
