import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairing.errors import BadValue
from pairing.values.half_days import ALL, bit, common, count, labels, read_half_days, to_words

TUESDAY_EVENING, SATURDAY_AFTERNOON = bit(1, 2), bit(5, 1)


@pytest.mark.parametrize(
    "typed",
    [
        "周二晚上、周六下午",
        "周六下午,周二晚上",
        "星期二晚上；礼拜六下午",
        "周二晚上 周六下午",
        "周二晚上/周六下午/周二晚上",
        "周2晚间和周6下午。",
    ],
)
def test_half_days_are_read_in_every_spelling(typed):
    assert read_half_days(typed) == TUESDAY_EVENING | SATURDAY_AFTERNOON


def test_one_day_may_have_several_parts():
    assert read_half_days("周日上午、下午") == bit(6, 0) | bit(6, 1) == read_half_days("星期天早上下午")


@pytest.mark.parametrize(
    "typed",
    ["随叫随到", "周末", "周二", "上午", "周八上午", "周一、周二上午", "周二晚上 随叫随到", "周一至周五上午"],
)
def test_what_is_unclear_is_an_unknown_slot(typed):
    with pytest.raises(BadValue) as caught:
        read_half_days(typed)

    assert caught.value.code == "unknown_slot"


@pytest.mark.parametrize("typed", ["", None, " 、"])
def test_no_half_day_is_an_empty_mask(typed):
    assert read_half_days(typed) == 0


def test_labels_follow_the_week():
    assert labels(SATURDAY_AFTERNOON | TUESDAY_EVENING) == ["周二晚上", "周六下午"]
    assert to_words(ALL).startswith("周一上午、周一下午、周一晚上、周二上午")


def test_the_lowest_bit_is_monday_morning_and_the_highest_sunday_evening():
    assert (read_half_days("周一上午"), read_half_days("周日晚上")) == (1, 1 << 20)


@given(st.integers(0, ALL))
def test_every_mask_reads_back_from_its_words(mask):
    assert read_half_days(to_words(mask)) == mask


@given(st.integers(0, ALL), st.integers(0, ALL))
def test_common_half_days_are_in_both(one, other):
    both = common(one, other)

    assert set(labels(both)) == set(labels(one)) & set(labels(other))
    assert count(both) == len(labels(both))
