"""Whether a household agrees on a day."""

from datetime import date, timedelta

import pytest

from pairing.consents.models import ConsentGuardian
from pairing.consents.queries import has_consent, states_of, with_consent
from pairing.consents.rules import BEFORE, Purpose, WithdrawnHow, last_free_birth, needs_guardian
from pairing.households.models import Member
from tests.consents.makers import give, spoken_for, with_child
from tests.support.makers import (
    MONDAY,
    NEARBY,
    identity_number,
    make_consent,
    make_household,
    make_member,
)

DAY = timedelta(days=1)


def agrees(session, household, on=MONDAY, purpose=Purpose.PAIRING):
    return has_consent(session, household.id, purpose, on)


def test_a_household_agrees_from_the_day_on_and_to_that_purpose_only(session):
    household = make_household()
    give(session, household)

    assert agrees(session, household)
    assert not agrees(session, household, MONDAY - DAY)
    assert not agrees(session, household, purpose=Purpose.PHOTO)
    assert not agrees(session, make_household())


def test_from_the_day_it_is_taken_back_a_household_agrees_no_more(session):
    taken_back = {"withdrawn_on": MONDAY, "withdrawn_how": WithdrawnHow.PHONE}
    household = make_household()
    make_consent(household, given_on=MONDAY - 9 * DAY, **taken_back)

    assert agrees(session, household, MONDAY - DAY)
    assert not agrees(session, household)


def test_a_replaced_yes_does_not_come_back_when_the_new_one_ends(session):
    household = make_household()
    make_consent(household, given_on=MONDAY - 9 * DAY)
    newer = give(session, household)
    newer.withdrawn_on, newer.withdrawn_how = MONDAY, WithdrawnHow.PHONE
    session.flush()

    assert not agrees(session, household)


def test_a_child_that_came_later_is_not_covered(session):
    household, child = with_child()
    give(session, household, guardians=spoken_for(child))
    assert agrees(session, household)

    make_member(household, identity_number(date(2024, 2, 1)), name="王小苗")

    assert not agrees(session, household)
    assert states_of(session, household, MONDAY)[0].unspoken == ["王小苗"]


def test_who_has_turned_fourteen_needs_no_guardian_any_more(session):
    household, child = with_child(MONDAY.replace(year=2012) + DAY)
    make_consent(household, guardians=[])

    assert [needs_guardian(child.birth_on, on) for on in (MONDAY, MONDAY + DAY)] == [True, False]
    assert [agrees(session, household, on) for on in (MONDAY, MONDAY + DAY)] == [False, True]


@pytest.mark.parametrize("on", [date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1), MONDAY])
def test_the_clause_and_the_rule_draw_the_same_line(on):
    last = last_free_birth(on)

    assert [needs_guardian(last, on), needs_guardian(last + DAY, on)] == [False, True]


def test_many_are_asked_in_one_statement(session):
    agreeing, silent = make_household(), make_household()
    (covered, child), (uncovered, _other) = with_child(), with_child()
    for household in (agreeing, covered):
        make_consent(household)
    make_consent(uncovered, guardians=[])
    asked = [agreeing.id, silent.id, covered.id, uncovered.id]

    assert with_consent(session, asked, Purpose.PAIRING, MONDAY) == {agreeing.id, covered.id}
    assert session.query(ConsentGuardian).filter_by(member_id=child.id).count() == 1


def test_a_yes_on_old_words_says_so_and_keeps_standing(session):
    household = make_household()
    make_consent(household, text_version=BEFORE)

    state = states_of(session, household, MONDAY)[0]

    assert (state.is_old_text, state.is_good, state.agreed_text) == (True, True, None)


def test_when_a_household_moves_its_consents_move_along(session):
    household = make_household()
    consent = make_consent(household)

    household.area_code = NEARBY
    session.flush()
    session.expire(consent)

    assert consent.area_code == NEARBY


def test_a_member_who_leaves_the_file_leaves_the_name_in_the_consent(session):
    household, child = with_child()
    consent = give(session, household, guardians=spoken_for(child))

    household.members = [row for row in household.members if row is not child]
    session.flush()
    session.expire(consent)

    assert session.get(Member, child.id) is None
    assert [(row.member_id, row.child_name) for row in consent.guardians] == [(None, "王小禾")]
