"""Dates as people write them and as workbooks store them."""

import re
from datetime import date, datetime, timedelta

from pairing.errors import BadValue
from pairing.values.text import plain
from pairing.wording import _

CLOCK = r"(?: ?[T ]?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
WRITTEN = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})" + CLOCK)
CHINESE = re.compile(r"([0-9]{4})年()([0-9]{1,2})月([0-9]{1,2})[日号]" + CLOCK)
COMPACT = re.compile(r"([0-9]{4})()([0-9]{2})([0-9]{2})")
SERIAL = re.compile(r"[0-9]{4,5}(?:\.[0-9]+)?")
EPOCH = date(1899, 12, 30)  # day 0 of the serial numbers of the 1900 system
FIRST, LAST = date(1900, 3, 1), date(2099, 12, 31)


def read_date(value: object) -> date:
    """Read the day meant by 2018/4/10, 2018-04-10, 2018.04.10, 2018年4月10日, 20180410 or a serial number."""
    if isinstance(value, datetime):
        value = value.date()
    text = re.sub(r" ?([-/.年月]) ?| (?=[日号])", r"\1", plain(value)).lstrip("'")
    if not text:
        raise BadValue("missing_date", _("请填写日期"))
    day = _written(text) or _serial(text)
    if day is None or not FIRST <= day <= LAST:
        raise BadValue("date_unreadable", _("看不懂这个日期,请填写如 2026-04-10 或 2026年4月10日"))
    return day


def _written(text: str) -> date | None:
    match = WRITTEN.fullmatch(text) or CHINESE.fullmatch(text) or COMPACT.fullmatch(text)
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[3]), int(match[4]))
    except ValueError:
        return None


def _serial(text: str) -> date | None:
    """Read a serial number from 1910 on; smaller numbers are years or counts, not days."""
    if SERIAL.fullmatch(text) is None:
        return None
    days = int(float(text))
    return EPOCH + timedelta(days) if days > (date(1910, 1, 1) - EPOCH).days else None
