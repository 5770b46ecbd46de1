"""Every migration goes down and up again with rows in the tables, and what they say stays."""

import flask_migrate
import pytest
from sqlalchemy import column, func, inspect, select, table

from pairing.audit.services import record
from pairing.db import db, transaction
from pairing.households.models import Household, Need
from tests.support import makers

FIRST = "0001"
TABLES = ("household", "member", "need", "volunteer", "pairing", "pledge", "user_account")


@pytest.fixture
def filled(live_app):
    """Give the app with a little of everything that the first tables held."""
    with live_app.app_context():
        with transaction():
            household = makers.make_household("亓官雪梅", note="透析每周三次", address="观象二路77号")
            makers.make_need(household, amount_fen=765_400, note="透析押金")
            _user, volunteer = makers.make_volunteer_user(name="雒青川")
            makers.make_pairing(household, volunteer, end_note="搬走")
            record(db.session(), None, "add_need", household, makers.NOW)
            makers.make_pledge(makers.make_company_user()[1])
        db.session.remove()
        yield


def ask(question):
    """Return what the tables say to the machine, read as they stand."""
    with transaction() as session:
        return [row[0] for row in session.connection().execute(question)]


def counts():
    deeds = table("audit_entry", column("action"))
    found = [select(func.count()).select_from(table(name)) for name in TABLES]
    return [ask(count) for count in [*found, select(func.count()).where(deeds.c.action == "add_need")]]


def notes():
    with transaction() as session:
        return [session.scalars(select(Household.note)).one(), session.scalars(select(Need.note)).one()]


def test_rows_survive_the_way_down_and_up(filled):
    before, said = counts(), notes()

    flask_migrate.downgrade(revision=FIRST)
    flask_migrate.upgrade()

    db.session.remove()
    assert counts() == before
    assert notes() == said == ["透析每周三次", "透析押金"]


def test_notes_are_plain_below_and_sealed_above(filled):
    stored = select(table("need", column("note")).c.note)
    [sealed] = ask(stored)

    flask_migrate.downgrade(revision="0009")

    db.session.remove()
    assert "透析".encode() not in bytes(sealed)
    assert ask(stored) == ["透析押金"]


def test_the_way_down_ends_with_the_first_tables_alone(filled):
    flask_migrate.downgrade(revision=FIRST)

    tables = set(inspect(db.engine).get_table_names())
    assert not {"sign_in_session", "audit_link", "stored_file", "consent", "export", "rate_window"} & tables
    assert {"household", "message", "submission"} <= tables
