from datetime import date

import pytest

from pairing.errors import NotFound, RuleBroken
from pairing.outbox.models import Message
from pairing.subject_requests.models import About, RequestChannel, RequestKind, RequestStatus
from pairing.subject_requests.queries import count_open, list_requests, subject_of, time_all
from pairing.subject_requests.rules import clock_of
from pairing.subject_requests.services import RequestValues, ask_request, receive_request
from pairing.subject_requests.services.calendar import write_days
from pairing.workdays.services import DayValues
from tests.support.makers import (
    HOME,
    MONDAY,
    NEARBY,
    NOW,
    make_company_user,
    make_household,
    make_staff,
    make_volunteer_user,
)

IN_PERSON = RequestValues(RequestKind.COPY, RequestChannel.IN_PERSON, MONDAY, "要一份复印件")


def receive(session, household=None, values=IN_PERSON, by=None):
    household, by = household or make_household(), by or make_staff()
    return receive_request(session, About.HOUSEHOLD, household, values, by, NOW)


def test_the_answer_is_due_fifteen_working_days_after_the_request(session):
    assert receive(session).due_on == date(2026, 12, 14)


def test_a_day_off_of_the_office_moves_the_day(session):
    write_days(session, [DayValues(date(2026, 12, 1), False, "停电")], make_staff(), NOW)

    assert receive(session).due_on == date(2026, 12, 15)


def test_the_same_is_not_asked_twice_while_it_is_open(session):
    household = make_household()
    first = receive(session, household)
    with pytest.raises(RuleBroken, match="正在办理"):
        receive(session, household)

    first.status = RequestStatus.DONE
    session.flush()

    assert receive(session, household).id != first.id


def test_staff_write_down_requests_of_their_own_people_only(session):
    with pytest.raises(NotFound):
        receive(session, make_household(area_code=NEARBY), by=make_staff(HOME))


def test_of_an_anonymised_file_nothing_can_be_asked(session):
    with pytest.raises(RuleBroken, match="已匿名化"):
        receive(session, make_household(anonymised_at=NOW))


def test_who_signs_in_asks_for_the_own_row_and_the_nearest_staff_hear_of_it(session):
    worker, street = make_staff(HOME), make_staff("370202002")
    user, volunteer = make_volunteer_user()

    asked = ask_request(session, RequestKind.CORRECT, "姓名写错了", user, NOW)

    assert (asked.about, asked.about_id, asked.area_code) == (About.VOLUNTEER, volunteer.id, HOME)
    told = {row.user_id for row in session.query(Message).filter_by(link=f"/subject-requests/{asked.id}")}
    assert (worker.id in told, street.id in told) == (True, False)


@pytest.mark.parametrize(
    ("make", "about"), [(make_volunteer_user, About.VOLUNTEER), (make_company_user, About.ENTERPRISE)]
)
def test_an_account_speaks_for_its_row(session, make, about):
    user, row = make()

    assert subject_of(session, user) == (about, row)


def test_staff_speak_for_their_account(session):
    staff = make_staff()

    assert subject_of(session, staff) == (About.ACCOUNT, staff)


def test_open_requests_stand_first_by_their_day_and_only_those_of_the_area(session):
    late = receive(session, values=RequestValues(RequestKind.COPY, RequestChannel.PHONE, date(2026, 10, 9)))
    early, elsewhere = receive(session), receive(session, make_household(area_code=NEARBY))
    closed = receive(session)
    closed.status = RequestStatus.DONE
    session.flush()

    found = session.scalars(list_requests(make_staff(HOME), None)).all()

    assert found == [late, early, closed]
    assert elsewhere not in found
    assert count_open(session, make_staff(HOME), MONDAY) == (2, 1)


@pytest.mark.parametrize(
    ("left", "is_past", "tone", "words"),
    [
        (5, False, "calm", "还剩 5 个工作日"),
        (4, False, "calm", "还剩 4 个工作日"),
        (3, False, "amber", "还剩 3 个工作日"),
        (0, False, "amber", "今天到期"),
        (0, True, "red", "已超期 1 个工作日"),
        (-2, True, "red", "已超期 2 个工作日"),
    ],
)
def test_the_clock_says_in_words_what_its_colour_says(left, is_past, tone, words):
    clock = clock_of(left, is_past)

    assert (clock.tone, clock.words) == (tone, words)


def test_a_closed_request_has_no_clock(session):
    done = receive(session)
    done.status = RequestStatus.DONE

    assert [timed.clock for timed in time_all(session, [done], MONDAY)] == [None]
