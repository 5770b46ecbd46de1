"""What volunteers and companies are told: no names, no addresses; the way to the page."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from pairing import clock
from pairing.accounts.models import User
from pairing.areas.queries import get_area
from pairing.outbox import services as outbox
from pairing.values.half_days import DAYS, LABELS
from pairing.values.money import format_money
from pairing.wording import Wording, _


def tell(
    session: Session, user_id: int | None, subject: Wording, body: Wording, key: str, now: datetime, link: str
) -> None:
    """Lay a message into the inbox and, where there is an address, e-mail it; without an account, neither."""
    user = session.get(User, user_id) if user_id else None
    if user:
        outbox.tell(session, user.id, bool(user.email), subject, body, key, now, link)


def first_visit_words(on: date, half_day: int) -> Wording:
    """Write 12 月 3 日周四上午, or 12 月 3 日(周四) where only the day is agreed."""
    when = LABELS[half_day.bit_length() - 1] if half_day else _("(%(weekday)s)", weekday=DAYS[on.weekday()])
    return _("%(month)d 月 %(day)d 日%(when)s", month=on.month, day=on.day, when=when)


def confirmed_words(session: Session, area_code: str, on: date, half_day: int) -> tuple[Wording, Wording]:
    """Return subject and body for the volunteer whose pairing was confirmed."""
    facts = {"place": get_area(session, area_code).name, "when": first_visit_words(on, half_day)}
    return (
        _("结对已确认,首次走访 %(when)s", when=facts["when"]),
        _(
            "您好!您与%(place)s一户家庭的结对已确认,首次走访:%(when)s。请登录查看家庭情况和走访安排;如果时间不合适,请尽早告诉社区。谢谢您!",
            **facts,
        ),
    )


def closed_words(session: Session, area_code: str) -> tuple[Wording, Wording]:
    """Return subject and body for the volunteer whose proposal ends without a pairing; no reason, no name."""
    return (
        _("一条结对建议没有成功"),
        _(
            "您好!您与%(place)s一户家庭的结对建议没有成功,您不用再做什么。我们会继续为您寻找合适的家庭,谢谢您的热心!",
            place=get_area(session, area_code).name,
        ),
    )


def ended_words(session: Session, area_code: str, now: datetime) -> tuple[Wording, Wording]:
    """Return subject and body for the volunteer whose pairing has ended."""
    today = clock.local(now).date()
    facts = {"place": get_area(session, area_code).name, "month": today.month, "day": today.day}
    return (
        _("一户家庭的结对已结束"),
        _(
            "您好!您与%(place)s一户家庭的结对已于 %(month)d 月 %(day)d 日结束,"
            "之后的走访已取消,不用再去。谢谢您一直以来的陪伴!",
            **facts,
        ),
    )


def returned_words(session: Session, area_code: str, amount_fen: int) -> tuple[Wording, Wording]:
    """Return subject and body for the company whose money is not wanted after all."""
    facts = {"place": get_area(session, area_code[:9]).name, "amount": format_money(amount_fen)}
    return (
        _("一条资金建议已撤回"),
        _("您好!为%(place)s一户家庭安排 %(amount)s 的建议已撤回,这笔钱仍在贵单位的认捐余额里。", **facts),
    )


def reserved_words(session: Session, area_code: str, amount_fen: int) -> tuple[Wording, Wording]:
    """Return subject and body for the company whose money was reserved."""
    facts = {"place": get_area(session, area_code[:9]).name, "amount": format_money(amount_fen)}
    return (
        _("认捐资金已预留 %(amount)s", amount=facts["amount"]),
        _(
            "您好!经贵单位同意,已从认捐中为%(place)s一户家庭预留 %(amount)s。登录可查看资金去向。感谢贵单位!",
            **facts,
        ),
    )
