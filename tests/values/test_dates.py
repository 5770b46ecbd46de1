from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairing.errors import BadValue
from pairing.values.dates import EPOCH, read_date

APRIL = date(2018, 4, 10)


@pytest.mark.parametrize(
    "typed",
    [
        "2018/4/10",
        "2018-04-10",
        "2018.04.10",
        "2018年4月10日",
        "2018 年 4 月 10 日",
        "２０１８年４月１０号",
        "20180410",
        20180410.0,
        43200.0,
        43200,
        43200.75,
        "43200",
        "2018-04-10 00:00:00",
        "2018/4/10 9:30",
        APRIL,
        datetime(2018, 4, 10, 9, 30, tzinfo=UTC),
    ],
)
def test_a_date_is_read_however_it_is_written(typed):
    assert read_date(typed) == APRIL


@pytest.mark.parametrize(
    "typed",
    [
        "去年",
        "2018-02-30",
        "2018-4",
        "2018",
        2018.0,
        "18/4/10",
        "2018-04/10",
        "2018-13-01",
        1e9,
        -5.0,
        99999,
        float("nan"),
        True,
    ],
)
def test_what_is_no_day_is_unreadable(typed):
    with pytest.raises(BadValue) as caught:
        read_date(typed)

    assert caught.value.code == "date_unreadable"


@pytest.mark.parametrize("typed", ["", "　", None])
def test_an_empty_date_is_missing(typed):
    with pytest.raises(BadValue) as caught:
        read_date(typed)

    assert caught.value.code == "missing_date"


@given(st.dates(date(1911, 1, 1), date(2099, 12, 31)))
def test_every_form_of_a_day_is_the_same_day(day):
    forms = (
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y.%m.%d}",
        float((day - EPOCH).days),
    )

    assert {read_date(form) for form in forms} == {day}
