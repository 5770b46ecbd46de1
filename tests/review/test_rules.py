from datetime import date

import pytest

from pairing.review import rules
from pairing.values.half_days import ALL, bit
from pairing.values.needs import Category

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("urgency", "category", "frequency"),
    [
        ("red", Category.OTHER_LOW_INCOME, "weekly"),
        ("yellow", Category.DIBAO, "fortnightly"),
        ("blue", Category.OTHER_LOW_INCOME, "monthly"),
        ("none", Category.LONELY_ELDER, "monthly"),
        ("none", Category.OTHER_LOW_INCOME, "quarterly"),
    ],
)
def test_urgency_comes_before_what_is_usual_for_the_category(urgency, category, frequency):
    assert rules.recommended_frequency(urgency, category) == frequency


@pytest.mark.parametrize(
    ("half_day", "day"),
    [
        (bit(2, 0), date(2026, 11, 25)),  # Wednesday, just enough notice
        (bit(1, 2), date(2026, 12, 1)),  # tomorrow would be too soon
        (bit(0, 0), date(2026, 11, 30)),
        (0, date(2026, 11, 25)),
    ],
)
def test_the_next_date_leaves_two_days(half_day, day):
    assert rules.next_date(half_day, MONDAY) == day


def test_the_first_visit_is_the_nearest_half_day():
    assert rules.first_visit(bit(1, 0) | bit(5, 1), MONDAY) == (date(2026, 11, 28), bit(5, 1))


def test_without_a_common_half_day_only_the_day_is_proposed():
    assert rules.first_visit(0, MONDAY) == (date(2026, 11, 25), 0)


def test_a_household_without_a_wish_takes_any_half_day():
    assert rules.common_half_days(0, bit(4, 2)) == bit(4, 2)
    assert rules.common_half_days(ALL, bit(4, 2)) == bit(4, 2)
    assert rules.common_half_days(bit(0, 0), bit(4, 2)) == 0


@pytest.mark.parametrize(
    ("day", "reaches"),
    [(MONDAY, True), (date(2026, 11, 22), False), (date(2027, 2, 22), True), (date(2027, 2, 23), False)],
)
def test_a_first_visit_lies_within_a_quarter(day, reaches):
    assert rules.is_in_reach(day, MONDAY) is reaches


def test_the_half_day_of_a_date_is_the_first_of_its_weekday():
    assert rules.half_day_on(bit(0, 1) | bit(0, 2) | bit(3, 0), MONDAY) == bit(0, 1)
    assert rules.half_day_on(bit(3, 0), MONDAY) == 0
