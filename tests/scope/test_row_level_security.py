"""PostgreSQL itself keeps readers apart: what holds when a query of the application forgets its filter."""

import pytest
from sqlalchemy import event, func, select, table, text, true
from sqlalchemy.exc import ProgrammingError

from pairing.accounts import queries
from pairing.db import db
from pairing.readers import NOBODY, Reader, read_as
from tests.house.access_world import build_world, methods, names_a_record, rules, spoken
from tests.support import databases, makers

OPEN_TO_ALL = {  # tables without a policy, and why that is right
    "area": "the map of the district holds nothing of anybody",
    "audit_link": "seals and counts",
    "user_account": "who signs in is looked for before anybody is known; its pages ask `scoped`",
    "sign_in_session": "read to learn who reads",
    "recovery_code": "fingerprints, asked while somebody signs in",
    "invitation": "fingerprints, asked by somebody who cannot sign in yet",
    "retention_run": "counts",
    "submission": "fingerprints of forms",
    "calendar_day": "working days",
    "heartbeat": "when jobs ran",
    "outbox_release": "whether messages may leave",
    "rate_window": "counts",
    "sign_in_failure": "counts behind a fingerprint, asked before anybody is known",
}
ADDRESSES = [rule for rule in rules(databases.build_app("sqlite://")) if "GET" in methods(rule)]


@pytest.fixture(scope="module")
def world():
    """Make two communities and everybody on PostgreSQL."""
    made = build_world("postgresql")
    yield made
    databases.close(made.app)


@pytest.fixture
def unfiltered(monkeypatch):
    """Let every query forget whom it answers."""
    monkeypatch.setattr(queries, "there_for", lambda model, user: true())


def test_every_table_with_a_place_or_a_protected_parent_has_a_policy(world):
    bound = text("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
    with world.app.app_context():
        protected = set(db.session.scalars(bound))

    tables = db.metadata.sorted_tables
    parents = {one.name: {key.column.table.name for key in one.foreign_keys} for one in tables}
    placed = {one.name for one in tables if "area_code" in one.columns or parents[one.name] & protected}
    assert placed - protected == set()
    assert {one.name for one in tables} - protected == set(OPEN_TO_ALL)


def test_a_reader_who_is_not_known_sees_no_row_of_any_protected_table(world):
    bound = text("SELECT relname FROM pg_class WHERE relrowsecurity AND relkind = 'r'")
    with world.app.app_context():
        session = db.session()
        tables = list(session.scalars(bound))
        held = {name: count(session, name) for name in tables}
        read_as(session, NOBODY)
        seen = {name: count(session, name) for name in tables}

    assert sum(held.values()) > 30
    assert set(seen.values()) == {0}


def count(session, name):
    """Count what the reader sees of a table."""
    return session.scalar(select(func.count()).select_from(table(name)))


def test_a_connection_that_was_told_nothing_sees_nothing(world):
    with world.app.app_context(), db.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM household")) == 0


def test_nobody_writes_into_another_community(world):
    with world.app.app_context():
        session = db.session()
        read_as(session, Reader("community_worker", 1, makers.HOME))

        with pytest.raises(ProgrammingError, match="row-level security"):
            makers.make_household(area_code=world.sides["B"].area)
        session.rollback()


def is_bound(rule):
    """Whether the address names a record of a table with a policy; accounts have none, see above."""
    return names_a_record(rule) and "user_id" not in rule.arguments


@pytest.mark.parametrize("rule", [r for r in ADDRESSES if is_bound(r)], ids=lambda rule: rule.rule)
def test_without_its_filter_the_application_still_opens_no_foreign_record(world, unfiltered, rule):
    opened = [
        (visitor.name, side.name, answer.status_code)
        for side in world.sides.values()
        for visitor in world.visitors
        if not (visitor.may_call(rule) and visitor.reaches(rule, side)) and visitor.role
        for answer in knock(world, visitor, world.path(rule, side))
        if answer.status_code < 400 or foreign(world, visitor, answer)
    ]

    assert not opened, opened


@pytest.mark.parametrize("rule", [r for r in ADDRESSES if not r.arguments], ids=lambda rule: rule.rule)
def test_without_its_filter_the_application_still_says_no_foreign_word(world, unfiltered, rule):
    said = {
        visitor.name: foreign(world, visitor, answer)
        for visitor in world.visitors
        if visitor.may_call(rule)
        for answer in knock(world, visitor, world.path(rule, world.sides["A"]))
    }

    assert not any(said.values()), said


def knock(world, visitor, path):
    """Open a page; one that breaks because its row is not there has said nothing."""
    try:
        return [world.send(visitor, "GET", path)]
    except Exception:
        return []


def foreign(world, visitor, answer):
    """Return the words in an answer that are not for *visitor*."""
    said = spoken(answer)
    return {word for word in visitor.foreign_words(world.sides) if word in said}


@pytest.fixture
def statements(world):
    """Collect what is sent to PostgreSQL."""
    sent = []
    with world.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", lambda *told: sent.append(told[2]))
    return sent


def test_the_identity_costs_one_statement_in_a_transaction(world, statements):
    with world.app.app_context():
        db.session.scalar(text("SELECT 1"))
        db.session.scalar(text("SELECT 2"))

    assert [statement[:17] for statement in statements].count("SELECT set_config") == 1
