"""A year of reminders with a scheduler that is often away and a clock that jumps."""

from collections import Counter
from datetime import timedelta
from random import Random

from sqlalchemy import select

from pairing import clock
from pairing.outbox.models import Message
from pairing.visits import rules, services
from pairing.visits.models import Frequency, Reminder, ReminderKind, ReminderStatus
from tests.support.makers import MONDAY, NOW, make_pairing, make_staff, make_volunteer_user

PAIRS = 4
DAYS = 365


def moments(seed):
    """Yield when the scheduler wakes up: at all hours, sometimes days late, sometimes a day back."""
    dice, at = Random(seed), NOW  # noqa: S311 - a plan of wakings, not security
    while at < NOW + timedelta(days=DAYS):
        at += timedelta(hours=dice.choice([4, 8, 14, 30, 70]))
        yield at + timedelta(days=dice.choice([0, 0, 0, 0, -1]))
    yield clock.at(MONDAY + timedelta(days=DAYS + 30), 12)


def test_in_a_year_nothing_is_lost_sent_twice_or_sent_at_night(session):
    for number in range(PAIRS):
        _, volunteer = make_volunteer_user()
        plan = (make_pairing(volunteer=volunteer), MONDAY, list(Frequency)[number % len(Frequency)])
        services.plan_visits(session, *plan, 1 << number, make_staff(), NOW)

    for at in moments(seed=2018):
        services.lay_ahead(session, at)
        services.issue_due_reminders(session, at, limit=1000)

    session.expire_all()
    messages = session.scalars(select(Message)).all()
    reminders = session.scalars(select(Reminder).where(Reminder.due_at <= NOW + timedelta(days=DAYS))).all()
    assert len(messages) > 150
    assert not [message for message in messages if rules.is_quiet(message.created_at)]
    assert max(Counter(message.dedupe_key for message in messages).values()) == 1
    assert not [row for row in reminders if row.status is ReminderStatus.WAITING]
    assert {row.status for row in reminders if row.kind is ReminderKind.OVERDUE} == {ReminderStatus.ISSUED}
    assert {row.note for row in reminders if row.status is ReminderStatus.CANCELLED} == {"走访时间已过"}
