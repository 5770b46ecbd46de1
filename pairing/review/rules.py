"""How often to visit, when to begin, and how an answer reached the office."""

from datetime import date, timedelta

from pairing.values import half_days
from pairing.values.needs import Category
from pairing.wording import Labelled, _

NOTICE = timedelta(days=2)  # a volunteer learns of the first visit at least so long before it
WEEKS_AHEAD = 13  # a first visit lies within a quarter
DAYS_PER_WEEK = 7

BY_URGENCY = {"red": "weekly", "yellow": "fortnightly", "blue": "monthly"}
MONTHLY = frozenset(
    {
        Category.DIBAO,
        Category.TEKUN,
        Category.MAJOR_ILLNESS,
        Category.DISABLED,
        Category.FAMILY_PLANNING_SPECIAL,
        Category.LIVING_ALONE,
        Category.LONELY_ELDER,
        Category.CHILD_IN_NEED,
    }
)


class How(Labelled):
    """How staff learnt of an answer or a consent."""

    PHONE = "phone", _("电话")
    IN_PERSON = "in_person", _("当面")
    WRITTEN = "written", _("书面")


HOW_GIVEN = {"paper": How.WRITTEN, "oral": How.IN_PERSON, "device": How.IN_PERSON}  # by `consents.GivenHow`


class Answer(Labelled):
    """What somebody said when staff asked."""

    YES = "yes", _("同意")
    NO = "no", _("谢绝")


def recommended_frequency(urgency: str, category: Category) -> str:
    """Return the code of the frequency that urgency asks for, else what is usual for the category."""
    usual = "monthly" if category in MONTHLY else "quarterly"
    return BY_URGENCY.get(urgency, usual)


def common_half_days(household_mask: int, volunteer_mask: int) -> int:
    """Return the half-days that suit both; a household without a wish takes any."""
    return half_days.common(household_mask or half_days.ALL, volunteer_mask)


def list_bits(mask: int) -> list[int]:
    """Return the half-days of *mask* one by one, in the order of the week."""
    return [1 << index for index in range(len(half_days.LABELS)) if mask >> index & 1]


def is_half_day(chosen: int | None) -> bool:
    """Whether *chosen* is one half-day of the week; 0 and None leave it open, all else was made up."""
    return chosen in list_bits(half_days.ALL)


def weekday_of(half_day: int) -> int:
    """Return the weekday, Monday 0, of one half-day."""
    return (half_day.bit_length() - 1) // len(half_days.PARTS)


def next_date(half_day: int, today: date) -> date:
    """Return the first day with this half-day that leaves the volunteer time to prepare; 0 is any day."""
    earliest = today + NOTICE
    if not half_day:
        return earliest
    return earliest + timedelta(days=(weekday_of(half_day) - earliest.weekday()) % DAYS_PER_WEEK)


def first_visit(mask: int, today: date) -> tuple[date, int]:
    """Return the nearest day and half-day of *mask*; without any, the nearest day and 0."""
    return min(((next_date(bit, today), bit) for bit in list_bits(mask)), default=(today + NOTICE, 0))


def is_in_reach(day: date, today: date) -> bool:
    """Whether a first visit may lie on *day*."""
    return today <= day <= today + timedelta(weeks=WEEKS_AHEAD)


def half_day_on(mask: int, day: date) -> int:
    """Return the first half-day of *mask* that falls on the weekday of *day*; 0 if none does."""
    return next((bit for bit in list_bits(mask) if weekday_of(bit) == day.weekday()), 0)
