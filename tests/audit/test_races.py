"""Many at once, on databases where commits are real: one chain without a gap, and nobody waits for ever."""

from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from pairing import clock
from pairing.audit.models import AuditEntry, AuditLink
from pairing.audit.services import record, verify
from pairing.db import db, transaction
from pairing.households.models import Household
from tests.support.makers import make_household
from tests.support.together import together

THREADS, ROUNDS = 8, 6


def first_number(app):
    with app.app_context():
        return db.session.scalar(select(func.max(AuditLink.number))) or 0


def test_links_made_at_once_form_one_chain(live_app):
    before = first_number(live_app)

    def deed(_number):
        for _round in range(ROUNDS):
            with live_app.app_context(), transaction() as session:
                record(session, None, "register_household", make_household(), clock.now())

    assert together(THREADS, deed) == [None] * THREADS
    with live_app.app_context():
        verdict = verify(db.session())
        assert (verdict.broken, verdict.head.number) == ("", before + THREADS * ROUNDS)


def test_whoever_holds_rows_of_others_does_not_deadlock_at_the_link(live_app):
    """Two rows locked in both orders deadlock by themselves; here everybody locks in one order."""
    with live_app.app_context(), transaction():
        rows = [make_household().id for _number in range(2)]

    def deed(number):
        for round_ in range(ROUNDS):
            with live_app.app_context(), transaction() as session:
                session.get_one(
                    Household, rows[(number + round_) % 2], with_for_update=True
                ).visitors_wanted = (number + round_) % 10

    assert together(THREADS, deed) == [None] * THREADS
    with live_app.app_context():
        assert verify(db.session()).broken == ""


def test_a_writer_waits_for_another_only_at_the_end(live_app, engine_name):
    """On PostgreSQL a deed that is under way, its entries written, lets others commit."""
    if engine_name == "sqlite":
        return  # it has one writer at a time, whatever the trail does
    with live_app.app_context(), transaction() as slow:
        record(slow, None, "register_household", make_household(), clock.now())

        def deed(_number):
            with live_app.app_context(), transaction() as session:
                record(session, None, "register_household", make_household(), clock.now())

        assert together(3, deed) == [None] * 3
    with live_app.app_context():
        assert verify(db.session()).broken == ""


def test_a_failed_deed_leaves_neither_entries_nor_a_gap(live_app):
    before = first_number(live_app)

    def deed(number):
        with live_app.app_context(), transaction() as session:
            record(session, None, "register_household", make_household(), clock.now())
            if number % 2:
                raise OperationalError("no", {}, ValueError())

    together(THREADS, deed)

    with live_app.app_context():
        verdict = verify(db.session())
        assert (verdict.broken, verdict.head.number) == ("", before + THREADS // 2)
        kept = select(func.count()).where(AuditEntry.action == "register_household")
        assert db.session.scalar(kept) == THREADS // 2
