"""Killed and restarted under load: what was acknowledged is there, once and whole."""

import os
import shutil
import subprocess
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from pairing import clock
from pairing.audit.models import AuditEntry
from pairing.db import current_session, transaction
from pairing.enterprises.models import Pledge
from pairing.outbox.models import Channel, Message
from pairing.submissions.models import Submission
from pairing.visits.models import Reminder, ReminderKind, ReminderStatus
from tests.attack.site import Site, Writers
from tests.attack.yard import open_yard
from tests.support import cluster, databases
from tests.support.makers import make_pairing, make_reminder, make_visit, make_volunteer_user

KILLS = int(os.environ.get("PAIRING_ATTACK_KILLS", "6"))
WRITES = int(os.environ.get("PAIRING_ATTACK_WRITES", "60"))
RESTARTS = int(os.environ.get("PAIRING_ATTACK_RESTARTS", "2"))
REMINDERS = 100
CATCH_UP_S = 60
HEALTHY_S = 5
ANSWERS = {0, 303, 503}  # none from a worker that was killed, done, in words that it must be sent again
LONGEST_S = 120 + 2 * KILLS + WRITES // 2  # two writes a second on a slow machine


def let_in(app):
    """Sign a company in at this very moment; return the person."""
    return open_yard(app, volunteers=0).company


def check_writes(app, writers):
    """See that every acknowledged form has left everything that belongs to it, once."""
    with app.app_context():
        session = current_session()
        notes = list(session.scalars(select(Pledge.note).where(Pledge.note.in_(writers.sent))))
        kept = set(session.scalars(select(Submission.request_key).where(Submission.location != "")))
        ids = {str(row) for row in session.scalars(select(Pledge.id))}
        entries = select(AuditEntry.subject_id).where(AuditEntry.action == "add_pledge")
        told = set(session.scalars(entries))
    assert writers.acknowledged - set(notes) == set()  # nothing lost
    assert len(notes) == len(set(notes))  # nothing twice
    assert set(notes) - kept == set()  # nothing half done
    assert ids - told == set()


def lay_reminders(app):
    with app.app_context(), transaction():
        user, volunteer = make_volunteer_user()
        start = clock.now() + timedelta(hours=20)
        pairing = make_pairing(volunteer=volunteer)
        for _ in range(REMINDERS):
            visit = make_visit(pairing, pairing_id=None, starts_at=start)
            make_reminder(visit, user, kind=ReminderKind.DAY_BEFORE, due_at=clock.now())


def wait_for_reminders(app):
    """Wait until all are issued; return the seconds."""
    began = time.monotonic()
    waiting = select(func.count()).select_from(Reminder).where(Reminder.status == ReminderStatus.WAITING)
    while time.monotonic() < began + CATCH_UP_S:
        with app.app_context():
            if not current_session().scalar(waiting):
                break
        time.sleep(0.2)
    return time.monotonic() - began


def kill_on(site, writers):
    """Kill spread over the writes, so that a slow machine comes to serving in between; return how often."""
    kills, latest = 0, time.monotonic() + LONGEST_S
    while kills < KILLS or len(writers.acknowledged) < WRITES:
        assert time.monotonic() < latest, f"{kills} kills, {len(writers.acknowledged)} acknowledged"
        assert set(writers.statuses) <= ANSWERS
        time.sleep(0.2)
        if len(writers.acknowledged) * KILLS >= kills * WRITES and site.kill_worker():
            kills += 1
            if kills % 3 == 0:
                site.kill_scheduler()
    return kills


def test_killed_workers_lose_nothing_that_they_acknowledged(live_app, engine_name):
    site = Site(live_app.config["SQLALCHEMY_DATABASE_URI"])
    writers = Writers(site, let_in(live_app))
    try:
        lay_reminders(live_app)
        site.wait_until_healthy()
        site.start_scheduler()
        writers.start()
        kills = kill_on(site, writers)
        healthy = site.wait_until_healthy()
        caught_up = wait_for_reminders(live_app) if 8 <= clock.local(clock.now()).hour < 20 else 0
    finally:
        writers.stop()
        site.stop()

    with live_app.app_context():
        inbox = select(func.count()).select_from(Message).where(Message.channel == Channel.INBOX)
        arrived = current_session().scalar(inbox)
    print(  # noqa: T201
        f"{engine_name}: {kills} kills, {len(writers.acknowledged)} acknowledged, {dict(writers.statuses)}, "
        f"healthy {healthy:.1f} s, caught up {caught_up:.1f} s, {arrived} messages in the inbox"
    )
    check_writes(live_app, writers)
    assert set(writers.statuses) <= ANSWERS
    assert arrived <= REMINDERS
    assert caught_up < CATCH_UP_S


@pytest.fixture
def own_server(monkeypatch):
    """Start a PostgreSQL server for this test alone, whose commits are written; return folder and app."""
    folder = Path(tempfile.mkdtemp(prefix="pairing-restarts-"))
    folder.chmod(0o755)  # PostgreSQL's own user must be able to pass
    monkeypatch.setenv(databases.FOLDER, str(folder))
    monkeypatch.setitem(cluster.SOFTER, "synchronous_commit", "on")
    app = databases.build_app(databases.fresh_database("postgresql"))
    yield folder, app
    databases.close(app)
    cluster.stop(folder)
    shutil.rmtree(folder)


def restart(folder, mode):
    """Restart the server; *mode* immediate is a crash."""
    data = folder / "postgres"
    command = cluster.as_owner("pg_ctl", "-D", data, "-l", data / "log", "-m", mode, "-w", "restart")
    subprocess.run(command, check=True, capture_output=True, timeout=60, cwd="/")


def test_a_database_that_restarts_is_a_page_in_words_and_loses_nothing(own_server):
    folder, app = own_server
    site = Site(app.config["SQLALCHEMY_DATABASE_URI"])
    writers, waits = Writers(site, let_in(app)), []
    try:
        site.wait_until_healthy()
        writers.start()
        for number in range(RESTARTS):
            time.sleep(1)
            restart(folder, "immediate" if number % 2 else "fast")
            waits.append(site.wait_until_healthy())
    finally:
        writers.stop()
        site.stop()

    print(  # noqa: T201
        f"{RESTARTS} restarts, {len(writers.acknowledged)} acknowledged, {dict(writers.statuses)}, "
        f"healthy after {max(waits):.1f} s at most"
    )
    check_writes(app, writers)
    assert set(writers.statuses) <= ANSWERS
    assert writers.statuses[303]
    assert writers.wordless == []
    assert max(waits) < HEALTHY_S
