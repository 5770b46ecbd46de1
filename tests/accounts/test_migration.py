"""Failures, passwords and claims survive the way down to the first tables and up again."""

import flask_migrate
import pytest
from sqlalchemy import column, select, table

from pairing.accounts.models import AccountStatus, SignInFailure, User
from pairing.accounts.rules import LOCK_AFTER, Role
from pairing.accounts.services import sign_in
from pairing.accounts.services.passwords import fits
from pairing.db import db, transaction
from pairing.volunteers.models import Volunteer
from tests.support.makers import NOW, PASSWORD, make_staff, make_user, make_volunteer

OLD = table(
    "user_account",
    *map(column, ("sign_in_name", "password_hash", "auth_token", "failed_count", "locked_until")),
)


@pytest.fixture
def people(live_app):
    """Make somebody with failures, somebody locked, somebody without a password and somebody who waits."""
    with live_app.app_context():
        with transaction() as session:
            for name, failures in (("failing", 2), ("locked", LOCK_AFTER)):
                make_staff(sign_in_name=name)
                for _ in range(failures):
                    sign_in(session, name, None, NOW)
            make_staff(sign_in_name="invited", password_hash=None)
            waiting = make_user(Role.VOLUNTEER, status=AccountStatus.PENDING, sign_in_name="waiting")
            make_volunteer(claimed_by_id=waiting.id)
        db.session.remove()
        yield


def old_rows():
    with transaction() as session:
        return {row.sign_in_name: row for row in session.connection().execute(select(OLD))}


def test_the_first_tables_get_counters_tokens_and_passwords_that_work(people):
    flask_migrate.downgrade(revision="0001")

    rows = old_rows()
    assert rows["failing"].failed_count == 2
    assert rows["locked"].locked_until
    assert len({row.auth_token for row in rows.values()}) == len(rows)
    assert fits(rows["failing"].password_hash, PASSWORD)
    assert not fits(rows["invited"].password_hash, "")


def test_counters_and_claims_are_the_same_after_the_way_up(people):
    flask_migrate.downgrade(revision="0001")
    flask_migrate.upgrade()

    db.session.remove()
    with transaction() as session:
        counters = session.scalars(select(SignInFailure).order_by(SignInFailure.count)).all()
        waiting = session.scalars(select(User).where(User.sign_in_name == "waiting")).one()
        row = session.scalars(select(Volunteer)).one()
        assert [counter.count for counter in counters] == [0, 2]
        assert counters[0].locked_until > NOW
        assert (row.user_id, row.claimed_by_id) == (None, waiting.id)
