"""Counting working days: what the office wrote, else the public calendar, else Monday to Friday."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar

DAY = timedelta(days=1)
SATURDAY = 5
HOLIDAYS_OF_A_YEAR = 11  # at least so many days off name a year: New Year, Spring Festival, ... National Day
WARN_FROM_MONTH = 10  # the State Council names next year's days off in November


@dataclass(frozen=True)
class WorkCalendar:
    """What is known of working days; *overrides* come from the office's own table and count first."""

    overrides: Mapping[date, bool] = field(default_factory=dict)

    def is_workday(self, day: date) -> bool:
        """Whether offices work on *day*: also on a Saturday that makes up for a holiday."""
        known = self.overrides.get(day)
        if known is not None:
            return known
        public = published(day)
        return day.weekday() < SATURDAY if public is None else public


@lru_cache(maxsize=8192)  # the calendar looks for its first and last year at every question
def published(day: date) -> bool | None:
    """Return what the public calendar says of *day*; None for a year that it does not know."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None


def add_workdays(start: date, days: int, calendar: WorkCalendar) -> date:
    """Return the last day of a period of *days* working days that begins the day after *start*.

    Raises
    ------
    ValueError : *days* is negative.
    """
    if days < 0:
        raise ValueError("a period has no negative length")
    day, left = start, days
    while left:
        day += DAY
        left -= calendar.is_workday(day)
    return day


def workdays_between(start: date, end: date, calendar: WorkCalendar) -> int:
    """Return how many working days lie after *start* up to *end*; negative where *end* is past."""
    if end < start:
        return -workdays_between(end, start, calendar)
    return sum(calendar.is_workday(start + number * DAY) for number in range(1, (end - start).days + 1))


def years_to_know(today: date) -> tuple[int, ...]:
    """Return the years whose days off must be known by now: this one, and from October the next."""
    return (today.year, today.year + 1) if today.month >= WARN_FROM_MONTH else (today.year,)


def is_known(year: int, days_off: Iterable[date]) -> bool:
    """Whether the days off of *year* are known, to the public calendar or to the office's own table."""
    if published(date(year, 1, 1)) is not None:
        return True
    return sum(day.year == year for day in days_off) >= HOLIDAYS_OF_A_YEAR
