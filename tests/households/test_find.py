"""Finding households: by name, sound, numbers; narrowed and sorted; inside the scope."""

import pytest

from pairing.households.models import Category, HouseholdStatus, Urgency
from pairing.households.queries import HouseholdFilter, known_heads, list_households
from tests.support.makers import (
    HOME,
    NEARBY,
    OUTSIDE,
    STREET,
    identity_number,
    make_household,
    make_member,
    make_staff,
)


def found(session, by=None, **narrow):
    by = by or make_staff()
    return [row.head_name for row in session.scalars(list_households(by, HouseholdFilter(**narrow)))]


@pytest.mark.parametrize("term", ["天方", "单 天", "stf", "shantian", "T370202002-2026-000009"[1:]])
def test_a_household_is_found_by_name_sound_or_file_number(session, term):
    make_household("单天方", file_no="370202002-2026-000009")
    make_household("王秀英")

    assert found(session, term=term) == ["单天方"]


def test_identity_and_phone_are_found_exactly_in_any_spelling(session):
    number = identity_number()
    household = make_household("单天方")
    make_member(household, number)
    make_household("王秀英")

    assert found(session, term=f" {number.lower()} ") == ["单天方"]
    assert found(session, term=household.phone.removeprefix("+86")) == ["单天方"]
    assert found(session, term=number[:-1]) == []


def test_a_percent_sign_is_no_wildcard(session):
    make_household("王秀英")

    assert found(session, term="%") == []


@pytest.mark.parametrize(("scope", "names"), [(HOME, {"甲"}), (STREET, {"甲", "乙"}), ("370203", {"丙"})])
def test_nobody_sees_beyond_the_scope(session, scope, names):
    for name, place in (("甲", HOME), ("乙", NEARBY), ("丙", OUTSIDE)):
        make_household(name, area_code=place)

    assert set(found(session, make_staff(scope))) == names


def test_a_list_is_narrowed(session):
    make_household("甲", category=Category.TEKUN, urgency=Urgency.RED)
    make_household("乙", status=HouseholdStatus.CLOSED)

    assert found(session) == ["甲"]
    assert found(session, category=Category.DIBAO) == []
    assert found(session, urgency=Urgency.RED) == ["甲"]
    assert set(found(session, status=None)) == {"甲", "乙"}
    assert found(session, area_code=NEARBY) == []


def test_the_most_urgent_come_first(session):
    for name, urgency in (("丙", Urgency.NONE), ("甲", Urgency.RED), ("乙", Urgency.YELLOW)):
        make_household(name, urgency=urgency)

    assert found(session, sort="urgency") == ["甲", "乙", "丙"]


def test_heads_are_known_wherever_they_live(session):
    number = identity_number()
    household = make_household(area_code=OUTSIDE)
    household.members[0].identity_index = make_member(make_household(), number).identity_index
    session.flush()

    assert known_heads(session, [number, identity_number()]) == {number}
