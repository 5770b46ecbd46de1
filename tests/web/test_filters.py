from datetime import UTC, date, datetime

import pytest
import time_machine
from flask_babel import force_locale
from markupsafe import Markup

from pairing.web import filters
from pairing.wording import Labelled, _


class Side(Labelled):
    """Two sides."""

    LEFT = "left", _("左边")
    RIGHT = "right", _("右边")


@pytest.fixture(autouse=True)
def on_a_thursday(site):
    """Stand in a request on 3 December 2026."""
    with (
        time_machine.travel(datetime(2026, 12, 3, 1, tzinfo=UTC)),
        site.test_request_context("/?q=王&kind=a&kind=b"),
    ):
        yield


def test_wording_is_said_with_its_values():
    assert filters.translate(_("共 %(count)s 户,%(side)s", count=3, side=Side.LEFT.label)) == "共 3 户,左边"


@pytest.mark.parametrize("thing", [7, None, "", Markup("<b>%(x)s</b>"), "100% 的人"])
def test_what_is_no_wording_passes_unchanged(thing):
    assert filters.translate(thing) == thing


def test_money_is_written_exactly_and_for_headlines():
    assert filters.yuan(123450) == "1,234.50 元"
    assert filters.wan(1_250_000) == "1.25 万元"
    assert filters.yuan(None) == filters.wan(None) == "—"


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (date(2026, 12, 3), "12 月 3 日(周四)"),
        (date(2027, 1, 5), "2027 年 1 月 5 日(周二)"),
        (datetime(2026, 12, 3, 17, tzinfo=UTC), "12 月 4 日(周五)"),
        (None, "—"),
    ],
)
def test_day_is_written_as_beijing_says_it(when, words):
    assert filters.day(when) == words


def test_moment_is_in_beijing_time():
    assert filters.moment(datetime(2026, 12, 3, 17, 5, tzinfo=UTC)) == "12 月 4 日 01:05"
    assert filters.moment(datetime(2025, 1, 1, 1, 0, tzinfo=UTC)) == "2025 年 1 月 1 日 09:00"


@pytest.mark.parametrize(
    ("on", "words"), [(2, "昨天"), (3, "今天"), (4, "明天"), (10, "7 天后"), (1, "2 天前")]
)
def test_distance_of_a_day_in_words(on, words):
    assert filters.days_away(date(2026, 12, on)) == words


def test_half_days_and_labels_in_one_line():
    assert filters.half_day_words(1 << 5 | 1 << 16) == "周二晚上、周六下午"
    assert filters.half_day_words(0) == "未填写"
    assert filters.labels(Side) == "左边、右边"


def test_other_page_keeps_the_filters(site):
    with site.test_request_context("/page?q=王&kind=a&kind=b&page=2"):
        assert filters.page_url(3) == "/page?q=%E7%8E%8B&kind=a&kind=b&page=3"


def test_english_day_has_english_names():
    with force_locale("en"):
        assert "Thu" in filters.day(date(2026, 12, 3))
