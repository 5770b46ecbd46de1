"""Since when a file is closed, or a volunteer gone, is read from the trail, else from the last change."""

from datetime import UTC, date, datetime

import flask_migrate
import pytest

from pairing.audit.services import record
from pairing.db import db, transaction
from pairing.households.models import Household, HouseholdStatus
from pairing.volunteers.models import Volunteer, VolunteerStatus
from tests.support.makers import NOW, make_household, make_volunteer

LATE = datetime(2020, 5, 31, 17, 0, tzinfo=UTC)  # it is 1 June in Beijing


@pytest.fixture
def before(live_app):
    """Give the app with closed files and a volunteer who left, and tables that did not say since when."""
    with live_app.app_context():
        with transaction() as session:
            told, untold = (make_household(status=HouseholdStatus.CLOSED, updated_at=NOW) for _ in range(2))
            gone = make_volunteer(status=VolunteerStatus.LEFT, updated_at=NOW)
            record(session, None, "close_household", told, LATE)
            record(session, None, "leave_volunteer", gone, LATE)
            make_household()
            ids = told.id, untold.id
        db.session.remove()
        flask_migrate.downgrade(revision="0005")
        flask_migrate.upgrade()
        yield ids


def test_the_day_is_that_of_the_deed_in_beijing(before):
    told, untold = before

    with transaction() as session:
        days = {row.id: row.closed_on for row in session.query(Household)}
        assert (days.pop(told), days.pop(untold)) == (date(2020, 6, 1), date(2026, 11, 23))
        assert set(days.values()) == {None}
        assert [row.left_on for row in session.query(Volunteer)] == [date(2020, 6, 1)]
