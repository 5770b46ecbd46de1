"""The clock of a request, and what its colour and words are."""

from dataclasses import dataclass
from typing import Literal

from pairing.wording import Wording, _

ANSWER_WITHIN = 15  # working days
REMIND_BEFORE = 3  # working days
KEEP_WORDS_DAYS = 1095  # PAIRING_KEEP_DAYS requests=... changes it

KEPT_BY_LAW = _(
    "已删除备注、电话、走访文字和照片;档案的其余部分是社会救助的办理依据,"
    "按档案规定保存到期后自动匿名化,其间只用于查证"
)
ERASED = _("已匿名化:姓名、证件号码、联系方式和文字都已删除,只留下不能识别个人的数字")

Tone = Literal["red", "amber", "calm"]


@dataclass(frozen=True)
class Clock:
    """How a request stands to its day: the colour never says it alone."""

    tone: Tone
    words: Wording


def clock_of(workdays_left: int, is_past: bool) -> Clock:
    """Return how urgent a request is, from the working days left and whether its day is over."""
    if is_past:
        return Clock("red", _("已超期 %(days)d 个工作日", days=max(1, -workdays_left)))
    if workdays_left == 0:
        return Clock("amber", _("今天到期"))
    tone: Tone = "amber" if workdays_left <= REMIND_BEFORE else "calm"
    return Clock(tone, _("还剩 %(days)d 个工作日", days=workdays_left))
