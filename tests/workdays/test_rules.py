from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairing.workdays.rules import (
    WorkCalendar,
    add_workdays,
    is_known,
    published,
    workdays_between,
    years_to_know,
)

PUBLIC = WorkCalendar()
DAYS = st.dates(date(2010, 1, 1), date(2060, 12, 31))
CALENDARS = st.builds(WorkCalendar, st.dictionaries(DAYS, st.booleans(), max_size=40))
LENGTHS = st.integers(0, 60)


@given(DAYS, LENGTHS, CALENDARS)
def test_a_period_holds_as_many_working_days_as_it_is_long(start, days, calendar):
    end = add_workdays(start, days, calendar)

    assert workdays_between(start, end, calendar) == days
    assert end == start or calendar.is_workday(end)


@given(DAYS, LENGTHS, CALENDARS)
def test_a_longer_period_ends_later(start, days, calendar):
    assert add_workdays(start, days, calendar) < add_workdays(start, days + 1, calendar)


@given(DAYS, DAYS, LENGTHS, CALENDARS)
def test_who_begins_later_ends_no_earlier(one, other, days, calendar):
    first, second = sorted([one, other])

    assert add_workdays(first, days, calendar) <= add_workdays(second, days, calendar)


@given(DAYS, st.integers(-90, 90), CALENDARS)
def test_looking_back_counts_the_same_days_with_a_minus(one, days, calendar):
    other = one + timedelta(days=days)

    assert workdays_between(one, other, calendar) == -workdays_between(other, one, calendar)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 9, 30), 1, date(2026, 10, 8)),  # National Day: 1 to 7 October are off
        (date(2026, 10, 9), 1, date(2026, 10, 10)),  # a Saturday that makes up for it
        (date(2026, 9, 18), 1, date(2026, 9, 20)),  # a Sunday that does
        (date(2026, 11, 23), 15, date(2026, 12, 14)),  # three plain weeks
        (date(2026, 2, 13), 15, date(2026, 3, 12)),  # over Spring Festival and two working Saturdays
    ],
)
def test_known_periods_end_when_offices_say(start, days, end):
    assert add_workdays(start, days, PUBLIC) == end


def test_what_the_office_wrote_counts_before_the_public_calendar():
    monday = date(2026, 11, 23)

    assert PUBLIC.is_workday(monday)
    assert not WorkCalendar({monday: False}).is_workday(monday)


def test_of_a_year_that_nobody_knows_only_weekends_are_off():
    assert published(date(2031, 10, 1)) is None
    assert add_workdays(date(2031, 9, 30), 3, PUBLIC) == date(2031, 10, 3)
    assert add_workdays(date(2031, 10, 3), 1, PUBLIC) == date(2031, 10, 6)


def test_a_period_of_negative_length_is_refused():
    with pytest.raises(ValueError, match="negative"):
        add_workdays(date(2026, 11, 23), -1, PUBLIC)


def test_the_next_year_must_be_known_from_october():
    assert years_to_know(date(2026, 9, 30)) == (2026,)
    assert years_to_know(date(2026, 10, 1)) == (2026, 2027)


def test_a_year_is_known_with_all_its_days_off():
    days_off = [date(2031, 1, 1) + timedelta(days=number) for number in range(11)]

    assert is_known(2026, [])
    assert is_known(2031, days_off)
    assert not is_known(2031, days_off[1:])
