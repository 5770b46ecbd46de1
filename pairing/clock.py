"""The only place that reads the clock. The store keeps UTC, people live in Beijing days."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return this moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the date it is in Beijing."""
    return now().astimezone(BEIJING).date()


def local(moment: datetime) -> datetime:
    """Return *moment* as Beijing reads it."""
    return moment.astimezone(BEIJING)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return *hour*:*minute* Beijing time on *day*, in UTC."""
    return datetime.combine(day, time(hour, minute), BEIJING).astimezone(UTC)
