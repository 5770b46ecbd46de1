"""What reminders say: when, which community, the end of the file number; no name and no address."""

from datetime import datetime

from sqlalchemy.orm import Session

from pairing import clock
from pairing.areas.models import Area
from pairing.households.models import Household
from pairing.readers import everywhere
from pairing.values.half_days import DAYS, PARTS
from pairing.visits.models import ReminderKind, Visit
from pairing.visits.queries import Recipient
from pairing.visits.rules import part_at
from pairing.wording import Wording, _

FILE_TAIL = 6  # digits of a file number that tell a household apart inside a subdistrict and name nobody


def words_for(
    session: Session, kind: ReminderKind, visit: Visit, to: Recipient
) -> tuple[Wording, Wording, str]:
    """Return subject, body and link of a reminder; staff are asked to phone a volunteer without account."""
    facts = {"day": day_words(visit.starts_at), "place": place_words(session, visit)}
    if to.is_stand_in:
        subject, body = _STAND_IN[kind]
        return _(subject.msgid, **facts), _(body.msgid, **facts), f"/visits/{visit.id}"
    subject, body = _OWN[kind]
    return _(subject.msgid, **facts), _(body.msgid, **facts), f"/visits/mine/{visit.id}"


def day_words(starts_at: datetime) -> str:
    """Write 12月3日(周四)上午 9:30."""
    here = clock.local(starts_at)
    half_day = f"({DAYS[here.weekday()]}){PARTS[part_at(starts_at)]}"
    return f"{here.month}月{here.day}日{half_day} {here.hour}:{here.minute:02d}"


def place_words(session: Session, visit: Visit) -> str:
    """Write 台西社区,档案尾号 000123."""
    community = session.get_one(Area, visit.area_code).name
    with everywhere(session, "a message names the end of a file number"):
        file_no = session.get_one(Household, visit.household_id).file_no
    return _("%(community)s,档案尾号 %(tail)s", community=community, tail=file_no[-FILE_TAIL:])


_OWN = {
    ReminderKind.DAY_BEFORE: (
        _("走访提醒:%(day)s"),
        _(
            "您好!您约好在 %(day)s 走访(%(place)s)。出门请佩戴工作牌;"
            "如果来不了,请尽早告诉社区,社区会帮您改期。辛苦了!"
        ),
    ),
    ReminderKind.HOURS_BEFORE: (
        _("稍后走访:%(day)s"),
        _("您好!今天的走访快到了:%(day)s(%(place)s)。走访后请花一分钟填写走访记录。谢谢您!"),
    ),
    ReminderKind.OVERDUE: (
        _("请补填走访记录:%(day)s"),
        _(
            "您好!%(day)s 的走访(%(place)s)还没有走访记录。"
            "如已走访,请补填;如没有见到,请选“没见到”,系统会另约时间。谢谢!"
        ),
    ),
}
_STAND_IN = {
    ReminderKind.DAY_BEFORE: (
        _("请电话提醒志愿者走访:%(day)s"),
        _(
            "有一次走访安排在 %(day)s(%(place)s)。"
            "这位志愿者没有平台账号,请打电话提醒一声;联系方式请登录后查看。"
        ),
    ),
    ReminderKind.HOURS_BEFORE: (
        _("请电话提醒志愿者,稍后走访:%(day)s"),
        _(
            "今天的走访快到了:%(day)s(%(place)s)。"
            "这位志愿者没有平台账号,请打电话确认能否按时到;联系方式请登录后查看。"
        ),
    ),
    ReminderKind.OVERDUE: (
        _("请电话询问走访结果:%(day)s"),
        _(
            "%(day)s 的走访(%(place)s)还没有走访记录。"
            "这位志愿者没有平台账号,请打电话问清情况,并代为填写走访记录。"
        ),
    ),
}
