"""Counts of people and households: "2户", 3.0, "两人"."""

import re

from pairing.errors import BadValue
from pairing.values.text import plain
from pairing.wording import _

COUNT = re.compile(r"([0-9]{1,6}|[一二两三四五六七八九十])(?:户|人|名|个|位|口|次|家|条|小时|分钟|)")
CHINESE = {"两": 2} | {sign: number for number, sign in enumerate("一二三四五六七八九十", start=1)}


def read_count(value: object, default: int | None = None, least: int = 0, most: int = 999) -> int:
    """Read a whole number within its bounds; an empty text is *default*, if there is one."""
    text = plain(value).replace(" ", "").lstrip("'")
    if not text and default is not None:
        return default
    match = COUNT.fullmatch(text)
    if match is None:
        raise BadValue("number_unreadable", _("请填写整数,如 2"))
    number = CHINESE.get(match[1]) or int(match[1])
    if not least <= number <= most:
        raise BadValue("number_out_of_range", _("应在 %(least)s 到 %(most)s 之间", least=least, most=most))
    return number
