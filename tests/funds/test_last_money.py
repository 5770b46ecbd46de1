"""Races for the money of one pledge, with commits that are real, on both engines."""

import pytest

from pairing.accounts.models import User
from pairing.db import transaction
from pairing.errors import RuleBroken
from pairing.funds import queries, services
from tests.support.makers import NOW, make_household, make_need, make_pledge, make_staff
from tests.support.together import together

CROWD = 50
TENTH = 100_000


@pytest.fixture
def seeded(live_app):
    """Commit a pledge, as many needs as there are threads, and a member of staff."""
    with live_app.app_context(), transaction():
        pledge = make_pledge(amount_fen=10 * TENTH)
        needs = [make_need(make_household(), amount_fen=TENTH).id for _ in range(CROWD)]
        return pledge.id, needs, make_staff().id


def test_fifty_reservations_of_a_tenth_spend_the_pledge_exactly(live_app, seeded):
    pledge_id, needs, staff_id = seeded

    def reserve(number):
        with live_app.app_context(), transaction() as session:
            by = session.get_one(User, staff_id)
            return services.reserve(session, pledge_id, needs[number], TENTH, by, NOW).id

    answers = together(CROWD, reserve)

    refused = [answer for answer in answers if not isinstance(answer, int)]
    assert {type(answer) for answer in refused} == {RuleBroken}
    assert [answer.code for answer in refused] == ["pledge_spent"] * 40
    with live_app.app_context(), transaction() as session:
        assert queries.reserved_fen_by_pledge(session) == {pledge_id: 10 * TENTH}


def test_a_need_is_covered_once_however_many_pledges_want_it(live_app, seeded):
    _, needs, staff_id = seeded
    with live_app.app_context(), transaction():
        pledges = [make_pledge().id for _ in range(CROWD)]

    def reserve(number):
        with live_app.app_context(), transaction() as session:
            by = session.get_one(User, staff_id)
            return services.reserve(session, pledges[number], needs[0], TENTH, by, NOW).id

    answers = together(CROWD, reserve)

    refused = [answer for answer in answers if not isinstance(answer, int)]
    assert [getattr(answer, "code", answer) for answer in refused] == ["over_covered"] * 49
