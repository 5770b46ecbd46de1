import pytest

from pairing.errors import RuleBroken
from pairing.households.models import HouseholdStatus
from pairing.pairings import queries, services
from pairing.pairings.models import PairingStatus
from pairing.volunteers.models import VolunteerStatus
from tests.support.makers import HOME, MONDAY, NOW, make_household, make_pairing, make_staff, make_volunteer


def start(session, household, volunteer):
    return services.start_pairing(session, household, volunteer, make_staff(), MONDAY, NOW)


def refusal(session, household, volunteer):
    with pytest.raises(RuleBroken) as refused:
        start(session, household, volunteer)
    return refused.value.code


def test_start_makes_an_active_pairing_in_the_place_of_the_household(session):
    household, volunteer = make_household(), make_volunteer()

    pairing = start(session, household, volunteer)

    assert pairing.status is PairingStatus.ACTIVE
    assert (pairing.area_code, pairing.started_on) == (HOME, MONDAY)
    assert queries.find_active_pair(session, household.id, volunteer.id) is pairing


def test_start_refuses_a_household_with_its_visitors(session):
    household = make_household(visitors_wanted=1)
    make_pairing(household)

    assert refusal(session, household, make_volunteer()) == "no_place"


def test_a_household_that_wants_two_takes_a_second(session):
    household = make_household(visitors_wanted=2)
    make_pairing(household)

    start(session, household, make_volunteer())

    assert queries.count_active_by_household(session) == {household.id: 2}


def test_start_refuses_a_volunteer_at_capacity(session):
    volunteer = make_volunteer(capacity=1)
    make_pairing(volunteer=volunteer)

    assert refusal(session, make_household(), volunteer) == "volunteer_full"


def test_an_ended_pairing_frees_both_places(session):
    household, volunteer = make_household(), make_volunteer()
    make_pairing(household, volunteer, status=PairingStatus.ENDED)

    start(session, household, volunteer)

    assert queries.count_active_by_volunteer(session, [volunteer.id]) == {volunteer.id: 1}


def test_start_refuses_the_same_pair_twice(session):
    household, volunteer = make_household(visitors_wanted=2), make_volunteer(capacity=2)
    make_pairing(household, volunteer)

    assert refusal(session, household, volunteer) == "already_paired"


def test_start_refuses_a_closed_household(session):
    assert (
        refusal(session, make_household(status=HouseholdStatus.CLOSED), make_volunteer())
        == "household_closed"
    )


@pytest.mark.parametrize("status", set(VolunteerStatus) - {VolunteerStatus.ACTIVE})
def test_start_refuses_a_volunteer_who_cannot_be_asked(session, status):
    assert refusal(session, make_household(), make_volunteer(status=status)) == "volunteer_not_active"
