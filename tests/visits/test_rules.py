from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairing import clock
from pairing.values.half_days import bit
from pairing.visits import rules


@pytest.mark.parametrize(
    ("months", "weeks", "first", "days"),
    [
        (0, 1, date(2026, 11, 30), [date(2026, 11, 30), date(2026, 12, 7), date(2026, 12, 14)]),
        (0, 2, date(2026, 11, 30), [date(2026, 11, 30), date(2026, 12, 14)]),
        (
            1,
            0,
            date(2026, 8, 31),
            [date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 30)],
        ),
        (3, 0, date(2026, 5, 31), [date(2026, 5, 31), date(2026, 8, 31), date(2026, 11, 30)]),
    ],
)
def test_a_rhythm_keeps_its_day_and_takes_the_last_of_short_months(months, weeks, first, days):
    assert rules.visit_days(first, months, weeks, date(2026, 12, 15)) == days


def test_the_31st_of_january_falls_on_the_29th_in_a_leap_year():
    assert rules.visit_days(date(2028, 1, 31), 1, 0, date(2028, 3, 1))[1] == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("half_day", "day", "part"),
    [
        (0, date(2026, 11, 23), 0),
        (bit(0, 1), date(2026, 11, 23), 1),
        (bit(3, 2), date(2026, 11, 23), 2),  # agreed for another weekday: its part still holds
        (bit(0, 0) | bit(1, 2), date(2026, 11, 24), 2),
    ],
)
def test_the_part_of_the_day_comes_from_the_mask(half_day, day, part):
    assert rules.part_of(half_day, day) == part
    assert rules.part_at(rules.start_of(day, half_day)) == part


@given(st.integers(0, 2 * 366 * 24 * 60))
def test_after_quiet_is_never_quiet_and_never_earlier(minutes):
    at = clock.at(date(2026, 1, 1), 0) + timedelta(minutes=minutes)

    assert not rules.is_quiet(rules.after_quiet(at))
    assert timedelta(0) <= rules.after_quiet(at) - at <= timedelta(hours=11)


def test_an_early_visit_is_reminded_of_when_the_quiet_hours_end():
    early = rules.start_of(date(2026, 11, 23), 0)  # 9:30

    assert clock.local(rules.hours_before(early)).hour == 8
