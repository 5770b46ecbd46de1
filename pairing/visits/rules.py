"""When visits and reminders fall; days are Beijing days."""

from datetime import date, datetime, time, timedelta

from dateutil.rrule import MONTHLY, WEEKLY, rrule

from pairing import clock
from pairing.values.half_days import PARTS

# People are at home and awake: after the morning's shopping, after the nap, after supper.
STARTS = (time(9, 30), time(15, 0), time(19, 0))
AHEAD = timedelta(weeks=13)  # a quarter: even the rarest rhythm has its next visit laid soon
RETRY_DAYS = (
    2,
    3,
    1,
)  # days after a visit that met nobody; the first is taken, unless the pair meets on one of them
MOST_PHOTOS = 3  # of one visit
KEEP_PHOTOS = timedelta(days=730)
NAMED_DAYS = 28  # every month has these

QUIET_FROM, QUIET_UNTIL = time(21, 0), time(8, 0)
DAY_BEFORE_AT = time(9, 0)
HOURS_BEFORE = timedelta(hours=2)
OVERDUE_AT = time(9, 0)


def moment(day: date, at: time) -> datetime:
    """Return the UTC moment of a Beijing time on *day*."""
    return clock.at(day, at.hour, at.minute)


def part_of(half_day: int, day: date) -> int:
    """Return 0 morning, 1 afternoon or 2 evening from a mask: what it says for this weekday, else its first.

    An empty mask means that only the date is agreed; mornings are usual then.
    """
    bits = [bit for bit in range(half_day.bit_length()) if half_day >> bit & 1]
    of_day = [bit for bit in bits if bit // len(PARTS) == day.weekday()]
    return next((bit % len(PARTS) for bit in (*of_day, *bits)), 0)


def start_of(day: date, half_day: int) -> datetime:
    """Return when a visit on *day* begins."""
    return moment(day, STARTS[part_of(half_day, day)])


def part_at(starts_at: datetime) -> int:
    """Return which part of the day a visit that begins then falls in."""
    begins = clock.local(starts_at).time()
    return sum(begins >= start for start in STARTS[1:])


def visit_days(first: date, months: int, weeks: int, until: date) -> list[date]:
    """Return the days of a rhythm from *first* on, every so many *months* or else *weeks*, up to *until*.

    A rhythm that began on the 31st takes the last day of shorter months.
    """
    end = datetime.combine(until, time.max)
    begin = datetime.combine(first, time.min)
    if not months:
        return [moment.date() for moment in rrule(WEEKLY, interval=weeks, dtstart=begin, until=end)]
    days = range(min(first.day, NAMED_DAYS), first.day + 1)
    rhythm = rrule(MONTHLY, interval=months, bymonthday=list(days), bysetpos=-1, dtstart=begin, until=end)
    return [moment.date() for moment in rhythm]


def is_quiet(at: datetime) -> bool:
    """Whether nobody may be disturbed at this moment."""
    hour = clock.local(at).time()
    return hour >= QUIET_FROM or hour < QUIET_UNTIL


def after_quiet(at: datetime) -> datetime:
    """Return the moment itself, or the end of the quiet hours that it falls in."""
    if not is_quiet(at):
        return at
    here = clock.local(at)
    day = here.date() + timedelta(days=here.time() >= QUIET_FROM)
    return moment(day, QUIET_UNTIL)


def day_before(starts_at: datetime) -> datetime:
    """Return when to remind on the day before."""
    return moment(clock.local(starts_at).date() - timedelta(days=1), DAY_BEFORE_AT)


def hours_before(starts_at: datetime) -> datetime:
    """Return when to remind shortly before, not in the quiet hours."""
    return after_quiet(starts_at - HOURS_BEFORE)


def day_after(starts_at: datetime) -> datetime:
    """Return when to ask for a report that is missing."""
    return moment(clock.local(starts_at).date() + timedelta(days=1), OVERDUE_AT)
