from datetime import timedelta

import pytest
from sqlalchemy import select

from pairing import clock
from pairing.accounts.models import AccountStatus
from pairing.outbox.models import Channel, Message, MessageStatus
from pairing.values.half_days import bit
from pairing.visits import services
from pairing.visits.models import Reminder, ReminderKind, ReminderStatus, VisitStatus
from pairing.visits.services.reminders import due_moments
from tests.support.makers import (
    HOME,
    MONDAY,
    NOW,
    make_household,
    make_pairing,
    make_staff,
    make_visit,
    make_volunteer_user,
)

NEXT = MONDAY + timedelta(days=7)
DAY = timedelta(days=1)


def make_reminded(session, planned_on=NEXT, hour=15, email=True, **given):
    """Make a planned visit of a volunteer with an account, its reminders laid."""
    user, volunteer = make_volunteer_user()
    user.email = user.email if email else None
    pairing = make_pairing(volunteer=volunteer, **given)
    visit = make_visit(pairing, planned_on=planned_on, starts_at=clock.at(planned_on, hour))
    services.settle_reminders(session, [visit], NOW)
    return visit, user


def reminders_of(session, visit):
    session.expire_all()
    return session.scalars(select(Reminder).where(Reminder.visit_id == visit.id).order_by(Reminder.id)).all()


def test_a_visit_is_reminded_of_three_times_by_both_channels(session):
    visit, user = make_reminded(session)

    rows = reminders_of(session, visit)
    assert {(row.kind, row.channel) for row in rows} == {(k, c) for k in ReminderKind for c in Channel}
    assert {row.user_id for row in rows} == {user.id}
    due = {row.kind: row.due_at for row in rows}
    assert due[ReminderKind.DAY_BEFORE] == clock.at(NEXT - DAY, 9)
    assert due[ReminderKind.HOURS_BEFORE] == clock.at(NEXT, 13)
    assert due[ReminderKind.OVERDUE] == clock.at(NEXT + DAY, 9)


def test_without_an_address_there_is_no_email(session):
    visit, _ = make_reminded(session, email=False)

    assert {row.channel for row in reminders_of(session, visit)} == {Channel.INBOX}


@pytest.mark.parametrize(
    ("now", "kinds"),
    [
        (clock.at(NEXT - DAY, 15), {"overdue", "hours_before", "day_before"}),  # late, but it still helps
        (clock.at(NEXT - DAY, 22), {"overdue", "hours_before", "day_before"}),  # tomorrow at eight
        (clock.at(NEXT, 12, 59), {"overdue", "hours_before", "day_before"}),
        (clock.at(NEXT, 13, 1), {"overdue"}),
        (clock.at(NEXT + DAY, 10), {"overdue"}),
    ],
)
def test_what_is_past_is_laid_only_while_it_helps(now, kinds):
    moments = due_moments(clock.at(NEXT, 15), now)

    assert {kind.value for kind in moments} == kinds
    assert all(due >= now for due in moments.values())
    assert all(8 <= clock.local(due).hour < 21 for due in moments.values())


def test_what_is_due_is_issued_once(session):
    visit, user = make_reminded(session)
    at = clock.at(NEXT - DAY, 9)

    issued = [services.issue_due_reminders(session, at) for _ in range(3)]

    assert issued == [2, 0, 0]
    messages = session.scalars(select(Message).where(Message.user_id == user.id)).all()
    assert {(m.channel, m.status) for m in messages} == {
        (Channel.INBOX, MessageStatus.SENT),
        (Channel.EMAIL, MessageStatus.QUEUED),
    }
    assert {m.link for m in messages} == {f"/visits/mine/{visit.id}"}


def test_nothing_is_issued_in_the_quiet_hours(session):
    make_reminded(session)

    assert services.issue_due_reminders(session, clock.at(NEXT, 21)) == 0
    assert services.issue_due_reminders(session, clock.at(NEXT, 7, 59)) == 0
    assert services.issue_due_reminders(session, clock.at(NEXT, 8)) == 2


def test_after_days_down_what_helps_is_sent_and_the_rest_says_why_not(session):
    visit, _user = make_reminded(session, email=False)

    services.issue_due_reminders(session, clock.at(NEXT + DAY * 2, 10))

    rows = {row.kind: row for row in reminders_of(session, visit)}
    assert rows[ReminderKind.OVERDUE].status is ReminderStatus.ISSUED
    for kind in (ReminderKind.DAY_BEFORE, ReminderKind.HOURS_BEFORE):
        assert (rows[kind].status, rows[kind].note) == (ReminderStatus.CANCELLED, "走访时间已过")


def test_a_visit_that_is_done_is_not_reminded_of(session):
    visit, _ = make_reminded(session)
    visit.status = VisitStatus.DONE

    services.issue_due_reminders(session, clock.at(NEXT + DAY, 9))

    assert {row.status for row in reminders_of(session, visit)} == {ReminderStatus.CANCELLED}
    assert session.scalars(select(Message)).all() == []


def test_moving_a_visit_moves_its_reminders_there_and_back(session):
    visit, _ = make_reminded(session, email=False)
    before = {row.due_at for row in reminders_of(session, visit)}

    services.move_visit(session, visit, NEXT + DAY, bit(1, 0), make_staff(), NOW)
    moved = {row.due_at for row in reminders_of(session, visit) if row.status is ReminderStatus.WAITING}
    services.move_visit(session, visit, NEXT, bit(0, 1), make_staff(), NOW)
    back = {row.due_at for row in reminders_of(session, visit) if row.status is ReminderStatus.WAITING}

    assert moved == {clock.at(NEXT, 9), clock.at(NEXT + DAY, 8), clock.at(NEXT + DAY * 2, 9)}
    assert back == before


def test_staff_nearby_stand_in_for_a_volunteer_without_account(session):
    make_staff()
    nearest = make_staff(HOME)
    visit = make_visit(planned_on=NEXT)
    services.settle_reminders(session, [visit], NOW)

    services.issue_due_reminders(session, clock.at(NEXT - DAY, 9))

    messages = session.scalars(select(Message)).all()
    assert {message.user_id for message in messages} == {nearest.id}
    assert all("打电话" in message.body for message in messages)
    assert {message.link for message in messages} == {f"/visits/{visit.id}"}


def test_a_disabled_account_hands_its_reminders_to_staff(session):
    _visit, user = make_reminded(session)
    staff = make_staff(HOME)
    user.status = AccountStatus.DISABLED

    services.issue_due_reminders(session, clock.at(NEXT - DAY, 9))

    assert {message.user_id for message in session.scalars(select(Message))} == {staff.id}


def test_a_reminder_that_reaches_nobody_says_so(session):
    visit = make_visit(planned_on=NEXT)
    services.settle_reminders(session, [visit], NOW)

    services.issue_due_reminders(session, clock.at(NEXT - DAY, 9))

    notes = {row.note for row in reminders_of(session, visit) if row.status is ReminderStatus.CANCELLED}
    assert notes == {"没有可通知的人,请检查社区工作人员账号"}


def test_a_message_names_nobody(session):
    household = make_household(head_name="欧阳念慈", address="秘密路99号")
    _visit, _user = make_reminded(session, household=household)

    for at in (clock.at(NEXT - DAY, 9), clock.at(NEXT, 13), clock.at(NEXT + DAY, 9)):
        services.issue_due_reminders(session, at)

    messages = session.scalars(select(Message)).all()
    assert len(messages) == 6
    words = " ".join(message.subject + message.body + message.link for message in messages)
    assert household.file_no[-6:] in words
    assert not [secret for secret in ("欧阳", "秘密", "陈建国", household.phone[-8:]) if secret in words]
