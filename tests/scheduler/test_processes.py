"""The scheduler as operating systems treat it: killed, doubled, told to end."""

import signal
import time
from datetime import timedelta

import time_machine
from sqlalchemy import func, select

from pairing import clock
from pairing.db import transaction
from pairing.outbox.models import Channel, Heartbeat, Message
from pairing.scheduler.jobs import JOBS
from pairing.visits import services
from pairing.visits.models import Reminder, ReminderStatus
from tests.support.makers import MONDAY, NOW, make_pairing, make_visit, make_volunteer_user

NEXT = MONDAY + timedelta(days=7)
DUE = clock.at(NEXT - timedelta(days=1), 10)
REMINDERS = 200
PATIENCE_S = 150  # the machine may be busy with other tests


def lay_reminders(app, number=REMINDERS):
    with app.app_context(), transaction() as session:
        _, volunteer = make_volunteer_user()
        pairing = make_pairing(volunteer=volunteer)
        visits = [
            make_visit(pairing, pairing_id=None, planned_on=NEXT, starts_at=clock.at(NEXT, 15))
            for _ in range(number)
        ]
        services.settle_reminders(session, visits, NOW)


def wait_until(condition):
    """Wait until *condition* is true; return whether it became so."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.005)
    return False


def arrived(look, channel=Channel.INBOX):
    with look() as session:
        return session.scalar(select(func.count()).select_from(Message).where(Message.channel == channel))


def issued(look):
    with look() as session:
        counted = select(func.count()).select_from(Reminder).where(Reminder.status == ReminderStatus.ISSUED)
        return session.scalar(counted)


def test_killed_in_the_middle_it_still_sends_everything_once(live_app, schedulers, look):
    lay_reminders(live_app)
    first = schedulers.start(DUE)
    assert wait_until(lambda: arrived(look) > 0)
    first.send_signal(signal.SIGKILL)
    first.wait()
    half = arrived(look)

    schedulers.start(DUE + timedelta(hours=1))

    assert wait_until(lambda: issued(look) == 2 * REMINDERS)
    assert 0 < half < REMINDERS
    assert (arrived(look), arrived(look, Channel.EMAIL)) == (REMINDERS, REMINDERS)


def test_down_for_hours_it_sends_everything_that_helps_once(live_app, look):
    lay_reminders(live_app, number=20)

    with time_machine.travel(clock.at(NEXT, 13, 30)):
        results = [live_app.test_cli_runner().invoke(args=["scheduler", "--once"]) for _ in range(2)]

    # The day before and the two hours before were both missed, and the visits are still to come.
    assert [result.exit_code for result in results] == [0, 0]
    assert (arrived(look), arrived(look, Channel.EMAIL)) == (40, 40)
    with look() as session:
        beats = session.execute(select(Heartbeat.name, Heartbeat.error)).all()
    assert dict(map(tuple, beats)) == {job.name: "" for job in JOBS}


def test_of_two_one_stands_by_takes_over_and_ends_when_told(live_app, schedulers, look):
    lay_reminders(live_app)
    leader = schedulers.start(DUE)
    assert wait_until(lambda: arrived(look) > 0)
    other = schedulers.start(DUE)
    assert wait_until(lambda: issued(look) == 2 * REMINDERS)
    assert arrived(look) == REMINDERS
    assert (leader.poll(), other.poll()) == (None, None)
    lay_reminders(live_app, number=10)

    leader.send_signal(signal.SIGKILL)
    assert wait_until(lambda: arrived(look) == REMINDERS + 10)
    other.terminate()

    _, log = other.communicate(timeout=PATIENCE_S)
    assert other.returncode == 0, log
    assert "Traceback" not in log
