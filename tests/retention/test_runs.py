from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from pairing import clock
from pairing.accounts.models import SignInFailure
from pairing.audit.models import AuditEntry
from pairing.enterprises.models import EnterpriseStatus
from pairing.outbox.models import MessageStatus
from pairing.pairings.models import PairingStatus
from pairing.retention.models import RetentionRun
from pairing.retention.queries import count_due, last_run
from pairing.retention.rules import BY_CODE, OWN, RULES, check_settings, days_of
from pairing.retention.services import run_retention, runs
from pairing.scheduler.jobs import JOBS
from pairing.settings import BadSettings
from pairing.visits.models import VisitStatus
from pairing.volunteers.models import VolunteerStatus
from tests.retention.past import make_closed, make_past
from tests.support.makers import (
    NOW,
    make_company_user,
    make_message,
    make_pairing,
    make_report,
    make_staff,
    make_visit,
    make_volunteer_user,
)

DAY = timedelta(days=1)


@pytest.fixture
def open_transaction(session):
    """Return what a run opens its small transactions with."""

    @contextmanager
    def transaction():
        with session.begin_nested():
            yield session

    return transaction


def at_the_edge(code):
    """Return the last moment that is past its time, and the first that is not."""
    edge = NOW - timedelta(days=BY_CODE[code].days)
    return edge, edge + DAY


def closed_on(moment):
    return make_closed(closed_on=clock.local(moment).date())


def left_on(moment):
    return make_volunteer_user(status=VolunteerStatus.LEFT, left_on=clock.local(moment).date())[1]


def refused(moment):
    return make_volunteer_user(status=VolunteerStatus.REFUSED, updated_at=moment)[1]


def never_answered(moment):
    return make_company_user(status=EnterpriseStatus.PENDING, updated_at=moment)[1]


def report(moment):
    user, volunteer = make_volunteer_user()
    visit = make_visit(make_pairing(None, volunteer), status=VisitStatus.DONE)
    return make_report(visit, user, note="走访所见", created_at=moment)


def old_visit(moment):
    day = clock.local(moment).date()
    return make_visit(planned_on=day, status=VisitStatus.DONE, purpose="送米面")


def message(moment):
    return make_message(created_at=moment, body="正文", status=MessageStatus.QUEUED)


@pytest.mark.parametrize(
    ("code", "make", "is_gone"),
    [
        ("closed_households", closed_on, lambda row: row.anonymised_at is not None),
        ("left_volunteers", left_on, lambda row: row.anonymised_at is not None),
        ("applications", refused, lambda row: row.anonymised_at is not None),
        ("applications", never_answered, lambda row: row.anonymised_at is not None),
        ("visit_reports", report, lambda row: row.note == "" and row.erased_at is not None),
        ("visit_reports", old_visit, lambda row: row.purpose == ""),
        ("messages", message, lambda row: row.body == "" and row.status is MessageStatus.CANCELLED),
    ],
)
def test_what_is_past_its_time_goes_and_nothing_else(session, open_transaction, code, make, is_gone):
    past, young = (make(moment) for moment in at_the_edge(code))
    assert count_due(session, NOW, {})[code] == 1

    counts = run_retention(open_transaction, None, NOW, {})

    assert (counts[code], is_gone(past), is_gone(young)) == (1, True, False)
    assert count_due(session, NOW, {})[code] == 0


def test_counts_of_failed_sign_ins_go(session, open_transaction):
    session.add_all(SignInFailure(key=bytes([n]) * 16, last_at=NOW - n * 60 * DAY) for n in (1, 2))

    run_retention(open_transaction, None, NOW, {})

    assert [row.key[0] for row in session.scalars(select(SignInFailure))] == [1]


def test_a_second_run_finds_nothing(session, open_transaction):
    make_past()
    first = run_retention(open_transaction, None, NOW, {})

    second = run_retention(open_transaction, None, NOW, {})

    assert first["closed_households"] == 1
    assert set(second.values()) == {0}


def test_a_run_that_was_ended_goes_on_where_it_was(session, open_transaction, monkeypatch):
    monkeypatch.setattr(runs, "AT_ONCE", 2)
    homes = [make_closed() for _number in range(5)]
    break_after(monkeypatch, 3)
    with pytest.raises(OSError, match="the power is off"):
        run_retention(open_transaction, None, NOW, {})
    assert [bool(home.anonymised_at) for home in homes] == [True, True, False, False, False]
    monkeypatch.undo()

    counts = run_retention(open_transaction, None, NOW, {})

    assert counts["closed_households"] == 3
    assert all(home.anonymised_at for home in homes)


def break_after(monkeypatch, deeds):
    """Let the third household break its transaction."""
    done = []

    def deed(session, row_id, now):
        done.append(row_id)
        if len(done) == deeds:
            raise OSError("the power is off")
        runs._household(session, row_id, now)

    monkeypatch.setitem(runs.DEEDS, "closed_households", (deed,))


def test_one_rule_that_fails_keeps_no_other_from_its_work(session, open_transaction, monkeypatch):
    letter, home = message(NOW - 400 * DAY), make_closed()
    break_after(monkeypatch, 1)

    with pytest.raises(OSError, match="the power is off"):
        run_retention(open_transaction, None, NOW, {})

    assert (letter.body, home.anonymised_at) == ("", None)


def test_a_row_that_a_rule_forbids_waits_and_the_next_ones_go(session, open_transaction, monkeypatch):
    monkeypatch.setattr(runs, "AT_ONCE", 1)
    tied, free = left_on(NOW - 800 * DAY), left_on(NOW - 800 * DAY)
    ended = {"status": PairingStatus.ENDED, "ended_on": date(2024, 1, 1)}
    make_visit(make_pairing(None, tied, **ended))

    counts = run_retention(open_transaction, None, NOW, {})

    assert (counts["left_volunteers"], tied.anonymised_at, free.anonymised_at) == (1, None, NOW)


def test_a_run_is_told_once_in_the_trail(session, open_transaction):
    make_past()

    run_retention(open_transaction, None, NOW, {})

    told = session.scalars(select(AuditEntry).where(AuditEntry.action == "run_retention")).all()
    assert [entry.detail["rows"]["closed_households"] for entry in told] == [1]
    assert last_run(session).counts == told[0].detail["rows"]


def test_the_office_may_wait_longer_but_not_less_than_the_least(session):
    assert days_of(BY_CODE["messages"], {"messages": 400}) == 400
    assert days_of(BY_CODE["messages"], {"messages": 3}) == 30


@pytest.mark.parametrize("settings", [{"mesages": 400}, {"messages": 3}, {"audit": 10}, {"exports": 30}])
def test_a_slip_of_the_pen_in_the_settings_is_refused(settings):
    with pytest.raises(BadSettings, match="PAIRING_KEEP_DAYS"):
        check_settings(settings)


def test_no_rule_of_a_run_touches_the_trail():
    assert "audit" in {rule.code for rule in RULES}
    assert "audit" not in {rule.code for rule in OWN}
    assert BY_CODE["audit"].days >= 185


@pytest.fixture
def run(app, session):
    """Return a way to run ``flask retention``."""

    def invoke(*words):
        session.commit()
        return app.test_cli_runner().invoke(args=["retention", *words])

    return invoke


def test_a_dry_run_counts_and_changes_nothing(run, session):
    home = make_closed()

    result = run("run", "--dry-run")

    assert "已退出家庭的档案:1" in result.output
    assert home.anonymised_at is None
    assert session.scalars(select(RetentionRun)).all() == []


def test_the_command_says_what_it_took(run, session):
    home = make_closed()

    result = run("run")

    assert "已退出家庭的档案:1" in result.output
    session.refresh(home)
    assert home.anonymised_at is not None


def test_the_scheduler_forgets_every_day():
    assert {job.name: job.every for job in JOBS}["retention"] == DAY


def test_the_page_shows_rules_the_last_run_and_what_is_due(new_reader, session, open_transaction):
    admin = new_reader(make_staff())
    assert "还没有清理过" in admin.get("/retention").text
    run_retention(open_transaction, None, NOW, {})
    make_closed()

    page = admin.get("/retention")

    assert len(page.select("tbody tr")) == len(RULES)
    assert page.words("tbody tr")[0].endswith("1826 天 1 0")
    assert "上次清理" in page.text


def test_other_staff_do_not_see_the_page(new_reader, session):
    new_reader(make_staff("370202002012")).get("/retention", 404)
