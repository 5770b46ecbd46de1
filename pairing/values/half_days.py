"""Half-days of a week as a bit mask: bit = day * 3 + part, Monday = 0; 上午, 下午, 晚上."""

import re

from pairing.errors import BadValue
from pairing.values.text import plain
from pairing.wording import Wording, _

DAYS = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))
PARTS = (_("上午"), _("下午"), _("晚上"))
LABELS = (
    _("周一上午"),
    _("周一下午"),
    _("周一晚上"),
    _("周二上午"),
    _("周二下午"),
    _("周二晚上"),
    _("周三上午"),
    _("周三下午"),
    _("周三晚上"),
    _("周四上午"),
    _("周四下午"),
    _("周四晚上"),
    _("周五上午"),
    _("周五下午"),
    _("周五晚上"),
    _("周六上午"),
    _("周六下午"),
    _("周六晚上"),
    _("周日上午"),
    _("周日下午"),
    _("周日晚上"),
)
ALL = (1 << len(LABELS)) - 1

DAY_OF = {
    sign: day
    for day, signs in enumerate(("一1", "二2", "三3", "四4", "五5", "六6", "日天7"))
    for sign in signs
}
PART_OF = {"上午": 0, "早上": 0, "下午": 1, "晚上": 2, "晚间": 2}
ITEM = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天1-7])((?:上午|早上|下午|晚上|晚间)+)")
LIST = re.compile(f"(?:{ITEM.pattern})+")
NOISE = re.compile(r"[\s、,;/\\|和.。]+")


def bit(day: int, part: int) -> int:
    """Give the mask of one half-day."""
    return 1 << (day * len(PARTS) + part)


def read_half_days(value: object) -> int:
    """Read the mask of "周二晚上、周六下午"; an empty text is 0, anything unclear is refused."""
    text = NOISE.sub("", plain(value))
    if text and LIST.fullmatch(text) is None:
        raise BadValue("unknown_slot", _("看不懂这个时间,请写到半天,如 周二晚上、周六下午"))
    mask = 0
    for match in ITEM.finditer(text):
        for part in re.findall("..", match[2]):
            mask |= bit(DAY_OF[match[1]], PART_OF[part])
    return mask


def labels(mask: int) -> list[Wording]:
    """List the half-days of a mask in the order of the week, each to be translated by itself."""
    return [label for index, label in enumerate(LABELS) if mask >> index & 1]


def to_words(mask: int) -> str:
    """Write the half-days as they stand in a workbook: 周二晚上、周六下午."""
    return "、".join(labels(mask))


def common(one: int, other: int) -> int:
    """Keep the half-days in both masks."""
    return one & other


def count(mask: int) -> int:
    """Count the half-days of a mask."""
    return mask.bit_count()
