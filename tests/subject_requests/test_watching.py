from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from pairing import clock
from pairing.households.models import HouseholdStatus
from pairing.outbox.models import Message
from pairing.scheduler.jobs import JOBS
from pairing.subject_requests.models import RequestKind, RequestStatus
from pairing.subject_requests.services import forget_words, remind_staff, warn_of_missing_year
from tests.support.makers import DISTRICT, HOME, NOW, make_household, make_request, make_staff

DUE = date(2026, 12, 14)  # a Monday


def subjects(session, staff):
    """Return what lies in the inbox of *staff*, the oldest first."""
    mine = select(Message.subject).where(Message.user_id == staff.id).order_by(Message.id)
    return session.scalars(mine).all()


def live_until(session, last):
    """Let the job run twice a day from three weeks before *last* on."""
    day = last - timedelta(days=21)
    while day <= last:
        for hour in (9, 15):
            remind_staff(session, clock.at(day, hour))
        day += timedelta(days=1)


@pytest.mark.parametrize(
    ("last", "told"),
    [
        (date(2026, 12, 8), []),
        (date(2026, 12, 9), ["个人信息请求快到期了"]),  # Thursday, Friday, Monday are left
        (date(2026, 12, 13), ["个人信息请求快到期了"]),
        (date(2026, 12, 18), ["个人信息请求快到期了", "个人信息请求今天到期"]),
    ],
)
def test_the_nearest_staff_hear_three_working_days_before_and_on_the_day(session, last, told):
    worker, admin = make_staff(HOME), make_staff(DISTRICT)
    make_request(due_on=DUE)

    live_until(session, last)

    assert (subjects(session, worker), subjects(session, admin)) == (told, [])


def test_of_a_closed_request_nobody_is_reminded(session):
    worker = make_staff(HOME)
    make_request(due_on=DUE, status=RequestStatus.DONE)

    live_until(session, DUE)

    assert subjects(session, worker) == []


def test_the_words_of_a_request_go_three_years_after_it_was_closed(session):
    closed = {"status": RequestStatus.DONE, "answer": "已改", "words": "电话换了"}
    old = make_request(closed_on=date(2023, 11, 24), **closed)
    young = make_request(closed_on=date(2023, 11, 25), **closed)

    assert forget_words(session, NOW, {}) == 1

    assert (old.words, old.answer, young.words, young.answer) == (None, None, "电话换了", "已改")
    assert forget_words(session, NOW, {}) == 0


def test_with_the_file_go_the_words_of_its_requests(session):
    home = make_household(status=HouseholdStatus.CLOSED, anonymised_at=NOW)
    asked = make_request(home, status=RequestStatus.DONE, closed_on=date(2026, 11, 1), words="我姓亓官")
    other = make_request(kind=RequestKind.DELETE, words="请删除")

    forget_words(session, NOW, {})

    assert (asked.words, other.words) == (None, "请删除")


def test_from_october_the_administrators_are_asked_daily_for_next_years_days_off(session):
    admin, worker = make_staff(DISTRICT), make_staff(HOME)

    for day in (datetime(2026, 9, 30, 4, tzinfo=UTC), NOW, NOW, NOW + timedelta(days=1)):
        warn_of_missing_year(session, day)

    assert subjects(session, admin) == ["还缺 2027 年的放假安排"] * 2
    assert subjects(session, worker) == []


def test_the_scheduler_looks_every_hour():
    assert {job.name: job.every for job in JOBS}["requests"] == timedelta(hours=1)
