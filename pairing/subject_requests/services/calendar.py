"""The office's own calendar, with the trail of who wrote it."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from pairing.accounts.models import User
from pairing.audit.services import record, record_many
from pairing.workdays import services as workdays
from pairing.workdays.services import DayValues


def write_days(session: Session, many: Sequence[DayValues], by: User | None, now: datetime) -> int:
    """Write days down and return how many; requests that are open keep the day they were told."""
    record_many(session, by, "write_calendar_day", workdays.write_days(session, many), now)
    return len(many)


def drop_day(session: Session, day: date, by: User | None, now: datetime) -> None:
    """Let the public calendar count again for *day*."""
    record(session, by, "drop_calendar_day", workdays.drop_day(session, day), now)
