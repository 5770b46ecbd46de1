"""Many open files at the same moment: every number once, every head once."""

from pairing.areas.services import SHIPPED, import_areas
from pairing.db import db, transaction
from pairing.errors import RuleBroken
from pairing.households import services
from pairing.households.models import Household
from tests.households.makers import values
from tests.support.makers import NOW
from tests.support.together import together

AT_ONCE = 12


def register(app, one):
    with app.app_context(), transaction() as session:
        return services.register_household(session, one, None, NOW).file_no


def load_areas(app):
    with app.app_context(), transaction() as session:
        import_areas(session, SHIPPED)


def test_numbers_are_given_once(live_app):
    load_areas(live_app)

    numbers = together(AT_ONCE, lambda _turn: register(live_app, values()))

    assert sorted(numbers) == [f"370202002-2026-{turn:06d}" for turn in range(1, AT_ONCE + 1)]


def test_one_of_many_registers_the_same_head(live_app):
    load_areas(live_app)
    same = values()

    answers = together(AT_ONCE, lambda _turn: register(live_app, same))

    refused = [answer for answer in answers if isinstance(answer, RuleBroken)]
    assert {error.code for error in refused} == {"already_registered"}
    assert len(refused) == AT_ONCE - 1
    with live_app.app_context():
        assert db.session.query(Household).count() == 1
