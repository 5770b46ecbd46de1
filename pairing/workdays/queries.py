"""Reading the office's own calendar."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from pairing.workdays.models import CalendarDay
from pairing.workdays.rules import WorkCalendar, is_known, years_to_know

MARGIN = timedelta(days=60)  # a period of working days runs on past its calendar days


def calendar_for(session: Session, first: date, last: date) -> WorkCalendar:
    """Return what is known of the days from *first* to *last*, and of two months after."""
    days = select(CalendarDay).where(CalendarDay.day.between(first, last + MARGIN))
    return WorkCalendar({row.day: row.is_workday for row in session.scalars(days)})


def list_days(session: Session, year: int) -> list[CalendarDay]:
    """Return what the office wrote down for *year*, by day."""
    of_year = CalendarDay.day.between(date(year, 1, 1), date(year, 12, 31))
    return list(session.scalars(select(CalendarDay).where(of_year).order_by(CalendarDay.day)))


def missing_years(session: Session, today: date) -> list[int]:
    """Return the years that should be known by now and whose days off nobody knows."""
    years = years_to_know(today)
    off = CalendarDay.day.between(date(years[0], 1, 1), date(years[-1], 12, 31))
    days = list(session.scalars(select(CalendarDay.day).where(off, CalendarDay.is_workday.is_(False))))
    return [year for year in years if not is_known(year, days)]
