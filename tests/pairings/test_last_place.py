"""Races for the last place, with commits that are real, on both engines."""

import pytest

from pairing.db import transaction
from pairing.errors import RuleBroken
from pairing.households.models import Household
from pairing.pairings import queries, services
from pairing.volunteers.models import Volunteer
from tests.support.makers import MONDAY, NOW, make_household, make_staff, make_volunteer
from tests.support.together import together

CROWD = 20


def seed(app, households, volunteers):
    """Commit as many of each, and return their ids and that of a member of staff."""
    with app.app_context(), transaction():
        homes = [make_household().id for _ in range(households)]
        people = [make_volunteer(capacity=1).id for _ in range(volunteers)]
        return homes, people, make_staff().id


def start_in_a_thread(app, household_id, volunteer_id, staff_id):
    from pairing.accounts.models import User

    with app.app_context(), transaction() as session:
        household = session.get_one(Household, household_id)
        volunteer = session.get_one(Volunteer, volunteer_id)
        by = session.get_one(User, staff_id)
        return services.start_pairing(session, household, volunteer, by, MONDAY, NOW).id


@pytest.mark.parametrize(
    ("households", "volunteers", "code"), [(1, CROWD, "no_place"), (CROWD, 1, "volunteer_full")]
)
def test_the_last_place_is_taken_once(live_app, households, volunteers, code):
    homes, people, staff_id = seed(live_app, households, volunteers)

    def deed(number):
        household_id, volunteer_id = homes[number % households], people[number % volunteers]
        return start_in_a_thread(live_app, household_id, volunteer_id, staff_id)

    answers = together(CROWD, deed)

    refused = [answer for answer in answers if not isinstance(answer, int)]
    assert {type(answer) for answer in refused} == {RuleBroken}
    assert [answer.code for answer in refused] == [code] * (CROWD - 1)
    with live_app.app_context(), transaction() as session:
        assert sum(queries.count_active_by_household(session).values()) == 1
