"""What /healthz and `flask health` say: enough for whoever looks after it, nothing for an attacker."""

import time
from collections import namedtuple
from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import delete, text
from sqlalchemy.exc import OperationalError

from pairing.insight import services
from pairing.outbox.models import Channel, Heartbeat, MessageStatus
from pairing.privacy import keys
from pairing.workdays.models import CalendarDay
from tests.support.databases import settings_for
from tests.support.makers import DISTRICT, NOW, make_household, make_message, make_staff, make_user

Usage = namedtuple("Usage", "total used free")
BEATS = ("reminders", "mail", "exports", "trail")
MAILING = settings_for("sqlite:////tmp/x.sqlite")


@pytest.fixture(autouse=True)
def _well(session):
    """Begin with a scheduler that ticks, on a day when the calendar is not asked for yet."""
    with time_machine.travel(NOW, tick=False):
        session.add_all(Heartbeat(name=name, at=NOW) for name in BEATS)
        session.add_all(CalendarDay(day=date(2027, month, 1), is_workday=False) for month in range(1, 13))
        yield


def codes(session, settings=MAILING):
    session.flush()
    return [fault.code for fault in services.find_faults(session, settings, NOW)]


def test_a_sound_system_says_so(session, reader, app):
    make_household()

    answer = reader.fetch("GET", "/healthz")

    assert codes(session) == []
    assert (answer.status_code, answer.json) == (200, {"status": "ok", "words": "一切正常"})


@pytest.mark.parametrize("name", BEATS)
def test_a_silent_job_is_down(session, name):
    session.get(Heartbeat, name).at = NOW - timedelta(days=2)

    assert codes(session) == ["scheduler"]


def test_a_scheduler_that_never_ran_is_named(session):
    for name in BEATS:
        session.delete(session.get(Heartbeat, name))

    assert codes(session) == ["scheduler"]


def test_a_failed_job_is_named(session):
    session.get(Heartbeat, "mail").error = "OSError"

    assert codes(session) == ["jobs"]


def test_a_broken_chain_is_named(session):
    session.get(Heartbeat, "trail").error = "第 3 环"

    assert codes(session) == ["trail"]


def test_tables_of_another_version_are_down(session):
    session.connection().execute(text("update alembic_version set version_num = '0001'"))

    fault = services.find_faults(session, MAILING, NOW)[0]

    assert (fault.code, fault.is_down) == ("migrations", True)


def test_keys_that_open_nothing_are_down(session):
    make_household()
    session.expire_all()
    ring = keys.key_ring()
    keys.configure({"other": bytes(range(1, 33))}, "other", ring.index_key)
    try:
        assert codes(session) == ["keys"]
    finally:
        keys.configure(ring.keys, ring.active, ring.index_key)


def test_a_parked_mail_is_named(session):
    make_message(make_user(), channel=Channel.EMAIL, status=MessageStatus.PARKED)

    assert codes(session) == ["parked"]


@pytest.mark.parametrize(("minutes", "found"), [(16, ["backlog"]), (14, [])])
def test_mail_that_does_not_go_out_is_named_where_there_is_a_server(session, minutes, found):
    due = NOW - timedelta(minutes=minutes)
    make_message(make_user(), channel=Channel.EMAIL, status=MessageStatus.QUEUED, due_at=due)

    assert codes(session, replace(MAILING, smtp_url="smtp://127.0.0.1:2525")) == found
    assert codes(session) == []


def test_a_full_disk_is_named(session, monkeypatch):
    monkeypatch.setattr(services.shutil, "disk_usage", lambda _place: Usage(100, 99, 1))

    assert codes(session) == ["space"]


def test_a_calendar_that_nobody_wrote_is_named(session):
    session.flush()
    session.connection().execute(delete(CalendarDay))

    assert codes(session) == ["calendar"]


def test_a_database_that_is_away_is_down(session, monkeypatch):
    def away(*_arguments):
        raise OperationalError("SELECT 1", {}, Exception("connection to 10.0.0.5 refused"))

    monkeypatch.setattr(services, "LOOKS", (away,))

    fault = services.find_faults(session, MAILING, NOW)[0]
    assert (fault.code, fault.detail, fault.is_down) == ("database", "OperationalError", True)


def test_strangers_learn_that_something_is_wrong_and_not_what(session, new_reader):
    session.get(Heartbeat, "mail").at = NOW - timedelta(days=2)

    answers = [
        new_reader(user).fetch("GET", "/healthz") for user in (None, make_user(), make_staff("370202002"))
    ]

    assert [answer.status_code for answer in answers] == [503] * 3
    assert [set(answer.json) for answer in answers] == [{"status", "words"}] * 3
    assert [word for answer in answers for word in ("mail", "scheduler", "后台") if word in answer.text] == []


def test_administrators_learn_what_it_is(session, new_reader):
    session.get(Heartbeat, "mail").at = NOW - timedelta(days=2)

    faults = new_reader(make_staff(DISTRICT)).fetch("GET", "/healthz").json["faults"]

    assert [(fault["code"], fault["detail"]) for fault in faults] == [("scheduler", "mail")]


def test_the_command_says_it_and_fails(app, session):
    session.get(Heartbeat, "mail").at = NOW - timedelta(days=2)
    session.commit()

    done = app.test_cli_runner().invoke(args=["health"])

    assert (done.exit_code, "scheduler: 后台程序没有按时运行 mail" in done.output) == (1, True)


def test_it_is_cheap(session):
    for _ in range(5):
        make_household()
    codes(session)

    took = []
    for _ in range(10):
        started = time.perf_counter()
        services.find_faults(session, MAILING, NOW)
        took.append(time.perf_counter() - started)

    assert min(took) < 0.05, took  # the machine may be busy with other tests
