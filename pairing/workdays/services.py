"""Writing the office's own calendar; who did it stands in the trail of whoever calls."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from pairing.errors import BadValue, RuleBroken
from pairing.values.dates import read_date
from pairing.values.text import fold, read_line
from pairing.wording import _
from pairing.workdays.models import CalendarDay

MOST_LINES = 2000
LONGEST_NAME, LONGEST_SOURCE = 60, 120
KINDS = {"休": False, "放假": False, "0": False, "班": True, "上班": True, "1": True}
HEADING = "date"


@dataclass(frozen=True)
class DayValues:
    """One day, read and checked."""

    day: date
    is_workday: bool
    name: str = ""
    source: str = ""


def write_days(session: Session, many: Iterable[DayValues]) -> list[CalendarDay]:
    """Write days down; a day that is there already takes the new values."""
    rows = [session.merge(CalendarDay(**vars(values))) for values in many]
    session.flush()
    return rows


def drop_day(session: Session, day: date) -> CalendarDay:
    """Let the public calendar count again for *day*; RuleBroken if nothing was written for it."""
    row = session.get(CalendarDay, day)
    if row is None:
        raise RuleBroken(_("这一天没有单独登记"), "day_unknown")
    session.delete(row)
    session.flush()
    return row


def read_days(text: str) -> list[DayValues]:
    """Read the lines ``date,is_workday,name,source`` of a CSV file; BadValue names the line that is wrong."""
    lines = [line for line in csv.reader(io.StringIO(text.lstrip("\ufeff"))) if any(map(str.strip, line))]
    if lines and fold(lines[0][0]) in (HEADING, "日期"):
        lines = lines[1:]
    if len(lines) > MOST_LINES:
        raise BadValue("too_many_lines", _("最多 %(most)d 行", most=MOST_LINES))
    return [_read(number, line) for number, line in enumerate(lines, start=1)]


def _read(number: int, line: list[str]) -> DayValues:
    day, kind, name, source = ([*line, "", "", ""])[:4]
    try:
        is_workday = KINDS[fold(kind)]
        return DayValues(
            read_date(day), is_workday, read_line(name, LONGEST_NAME), read_line(source, LONGEST_SOURCE)
        )
    except (BadValue, KeyError) as error:
        message = _("第 %(number)d 行看不懂:应为 日期,休或班,名称,依据", number=number)
        raise BadValue("line_unreadable", message) from error
