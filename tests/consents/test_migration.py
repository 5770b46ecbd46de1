"""What was noted on proposals before becomes a consent, and goes again on the way down."""

from datetime import UTC, datetime

import flask_migrate
import pytest

from pairing.consents.models import Consent
from pairing.consents.rules import BEFORE
from pairing.db import db, transaction
from tests.support.makers import MONDAY, NOW, make_household, make_proposal, make_staff

LATE = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)  # it is Monday in Beijing


@pytest.fixture
def before(live_app):
    """Give the app with the tables as they were, and one household whose yes was noted on two proposals."""
    with live_app.app_context():
        with transaction():
            household, staff = make_household("孙桂兰"), make_staff()
            for noted_at in (NOW, LATE):
                proposal = make_proposal(household)  # without what the maker adds to a noted yes
                proposal.consent_at, proposal.consent_how = noted_at, "written"
                proposal.consent_by_id = staff.id
            make_proposal()
        yield household.id


def consents():
    with transaction() as session:
        return [
            (row.household_id, row.giver_name, row.text_version, row.given_on, row.given_how)
            for row in session.query(Consent).order_by(Consent.id)
        ]


def test_the_first_noted_yes_of_a_household_becomes_its_consent(before):
    db.session.remove()
    flask_migrate.downgrade(revision="0004")
    flask_migrate.upgrade()

    assert consents() == [(before, "孙桂兰", BEFORE, MONDAY, "paper")]


def test_the_way_down_leaves_no_consent_table(before):
    db.session.remove()
    flask_migrate.downgrade(revision="0004")

    tables = db.inspect(db.engine).get_table_names()
    assert "proposal" in tables
    assert not {"consent", "consent_guardian"} & set(tables)
