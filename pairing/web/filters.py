"""Filters of the templates: words in the reader's language, money, days, addresses of pages."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from flask import Flask, request, url_for
from flask_babel import format_date, format_datetime, gettext
from markupsafe import Markup

from pairing import clock
from pairing.values import half_days as week
from pairing.values.money import format_money, format_money_short
from pairing.web.addresses import kept_arguments
from pairing.wording import Wording


def translate(words: Any) -> Any:  # noqa: ANN401 - what is not words passes unchanged
    """Say *words* in the reader's language; mark-up and what is not text passes unchanged."""
    if isinstance(words, Wording):
        return gettext(words.msgid, **{name: translate(value) for name, value in words.values.items()})
    if isinstance(words, Markup) or not isinstance(words, str):
        return words
    return gettext(words) if words else words


def yuan(fen: int | None) -> str:
    """Write an exact amount: 1,234.50 元."""
    return "—" if fen is None else str(translate(format_money(fen)))


def wan(fen: int | None) -> str:
    """Write an amount for a headline: 1.25 万元."""
    return "—" if fen is None else str(translate(format_money_short(fen)))


def day(when: date | datetime | None) -> str:
    """Write a day as people say it: 12 月 3 日(周四), with the year if it is another one."""
    if when is None:
        return "—"
    on = _day_of(when)
    same_year = on.year == clock.today().year
    pattern = gettext("M 月 d 日(EEE)") if same_year else gettext("y 年 M 月 d 日(EEE)")
    return str(format_date(on, pattern))


def moment(when: datetime | None) -> str:
    """Write a moment in Beijing time: 12 月 3 日 14:05, with the year if it is another one."""
    if when is None:
        return "—"
    at = clock.local(when)
    same_year = at.year == clock.today().year
    pattern = gettext("M 月 d 日 HH:mm") if same_year else gettext("y 年 M 月 d 日 HH:mm")
    return str(format_datetime(at, pattern, rebase=False))


def days_away(when: date | datetime | None) -> str:
    """Write how far away a day is: 今天, 明天, 3 天后, 昨天, 5 天前."""
    if when is None:
        return "—"
    days = (_day_of(when) - clock.today()).days
    near: dict[int, str] = {0: gettext("今天"), 1: gettext("明天"), -1: gettext("昨天")}
    if days in near:
        return near[days]
    return str(gettext("%(days)s 天后", days=days) if days > 0 else gettext("%(days)s 天前", days=-days))


def half_day_words(mask: int | None) -> str:
    """Write the half-days of a mask: 周二晚上、周六下午."""
    return labels(week.labels(mask or 0)) or str(gettext("未填写"))


def labels(things: Iterable[Any]) -> str:
    """Write the labels of several enumeration members, or several words, in one line."""
    return str(gettext("、")).join(str(translate(getattr(thing, "label", thing))) for thing in things)


def page_url(number: int) -> str:
    """Return the address of another page of this list, with its filters kept."""
    arguments: dict[str, Any] = kept_arguments() | {"page": number} | (request.view_args or {})
    return url_for(request.endpoint or "", **arguments)


def _day_of(when: date | datetime) -> date:
    return clock.local(when).date() if isinstance(when, datetime) else when


def init_app(app: Flask) -> None:
    """Name the filters in the templates."""
    app.jinja_env.filters.update(
        t=translate, yuan=yuan, wan=wan, day=day, moment=moment, days_away=days_away,
        half_day_words=half_day_words, labels=labels, page_url=page_url,
    )  # fmt: skip
