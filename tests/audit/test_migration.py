"""Deeds from before the chain stay, and are sealed by its first link."""

import flask_migrate
import pytest
from sqlalchemy import text

from pairing.audit.models import AuditEntry
from pairing.audit.services import verify
from pairing.db import db
from tests.support.databases import build_app, close, fresh_database

OLD = text(
    "insert into audit_entry (at, actor_id, actor_name, action, subject_type, subject_id, area_code, detail)"
    " values ('2026-01-02 03:04:05.678901+00:00', 7, '王工', :action, 'Household', '5', '370202',"
    " '{\"n\": 1}')"
)
WORDS = ("update_household", "reveal_household", "export_households")


@pytest.fixture
def old_app(engine_name):
    """Give an app whose database ends before the chain and holds three deeds."""
    app = build_app(fresh_database(engine_name))
    with app.app_context():
        flask_migrate.downgrade(revision="0002")
        with db.engine.begin() as connection:
            connection.execute(text("delete from audit_entry"))
            connection.execute(OLD, [{"action": word} for word in WORDS])
    yield app
    close(app)


def test_old_deeds_are_kept_and_sealed(old_app):
    with old_app.app_context():
        flask_migrate.upgrade()

        found = db.session.query(AuditEntry).order_by(AuditEntry.id).all()
        assert [(entry.action, entry.kind.value) for entry in found] == [
            ("update_household", "deed"),
            ("reveal_household", "reveal"),
            ("export_households", "export"),
        ]
        verdict = verify(db.session())
        assert (verdict.broken, verdict.links, verdict.entries) == ("", 1, 3)


def test_going_back_keeps_the_deeds(old_app):
    with old_app.app_context():
        flask_migrate.upgrade()
        flask_migrate.downgrade(revision="0002")

        with db.engine.connect() as connection:
            actions = connection.execute(text("select action from audit_entry order by id")).scalars().all()
    assert actions == list(WORDS)
