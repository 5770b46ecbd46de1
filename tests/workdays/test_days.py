from datetime import date

import pytest

from pairing.errors import BadValue, RuleBroken
from pairing.workdays.queries import calendar_for, list_days, missing_years
from pairing.workdays.rules import add_workdays
from pairing.workdays.services import DayValues, drop_day, read_days, write_days

NOTICE = "\ufeff日期,安排,名称,依据\n2027-01-01,休,元旦,国办发明电〔2026〕1号\n2027年1月2日,班,元旦调休\n\n"


def test_a_file_is_read_with_its_heading_and_in_every_spelling():
    assert read_days(NOTICE) == [
        DayValues(date(2027, 1, 1), False, "元旦", "国办发明电〔2026〕1号"),
        DayValues(date(2027, 1, 2), True, "元旦调休"),
    ]


@pytest.mark.parametrize("line", ["2027-02-30,休", "2027-01-01,也许", "2027-01-01"])
def test_a_line_that_says_nothing_is_named(line):
    with pytest.raises(BadValue, match="第 2 行"):
        read_days(f"2027-01-01,休\n{line}\n")


def test_days_of_the_office_move_the_end_of_a_period(session):
    friday = date(2031, 10, 3)
    write_days(session, [DayValues(date(2031, 10, 6), False, "国庆")])

    calendar = calendar_for(session, friday, friday)

    assert add_workdays(friday, 1, calendar) == date(2031, 10, 7)


def test_a_day_written_twice_keeps_the_newer_words(session):
    day = date(2027, 1, 1)
    write_days(session, [DayValues(day, True, "误登")])

    write_days(session, [DayValues(day, False, "元旦")])

    assert [(row.day, row.is_workday, row.name) for row in list_days(session, 2027)] == [(day, False, "元旦")]


def test_a_day_is_dropped_once(session):
    write_days(session, [DayValues(date(2027, 1, 1), False)])

    drop_day(session, date(2027, 1, 1))

    assert list_days(session, 2027) == []
    with pytest.raises(RuleBroken, match="没有单独登记"):
        drop_day(session, date(2027, 1, 1))


def test_the_year_is_missing_until_its_days_off_are_written(session):
    november, days_off = date(2026, 11, 23), [DayValues(date(2027, 1, day), False) for day in range(1, 12)]
    assert missing_years(session, november) == [2027]
    assert missing_years(session, date(2026, 9, 1)) == []

    write_days(session, days_off)

    assert missing_years(session, november) == []
