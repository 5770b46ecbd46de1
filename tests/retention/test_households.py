from datetime import date

import pytest
from sqlalchemy import select

from pairing.accounts.models import User
from pairing.accounts.rules import Role
from pairing.errors import RuleBroken
from pairing.households.models import HardshipCause, Household, Member
from pairing.households.queries import HouseholdFilter, list_households
from pairing.households.services import NeedValues, add_need, update_household
from pairing.insight import queries as insight
from pairing.pairings.models import PairingStatus
from pairing.retention.services import anonymise_household, erase_words
from pairing.values.needs import NeedType
from tests.retention.past import FILE_NO, found_in_store, make_closed, make_past, secrets_of
from tests.support.makers import (
    DISTRICT,
    HOME,
    MONDAY,
    NOW,
    STREET,
    identity_number,
    make_household,
    make_member,
    make_pairing,
    make_staff,
)


def test_the_words_to_be_looked_for_stand_in_the_store_before(session):
    secrets = secrets_of(make_past())

    assert {secret for _table, secret in found_in_store(secrets)} == secrets


def test_nothing_in_the_store_says_whose_file_it_was(session):
    household = make_past()
    secrets = secrets_of(household)

    anonymise_household(session, household, None, NOW)
    session.commit()

    assert found_in_store(secrets) == set()


def totals(session, readers):
    """Return every figure that a page shows to anybody."""
    boards = [
        (insight.list_staff_todos(session, by, MONDAY), insight.list_coverage(session, by, MONDAY))
        for by in readers
    ]
    helpers = [dict(insight.volunteer_figures(session, by, MONDAY)) for by in readers]
    companies = [insight.company_figures(session, by) for by in readers]
    return boards, helpers, companies, insight.public_figures(session, MONDAY)


def test_every_total_stays_as_it_was(session):
    household = make_past()
    make_pairing()
    readers = [make_staff(scope) for scope in (HOME, STREET, DISTRICT)]
    readers += session.scalars(select(User).where(User.role.in_((Role.VOLUNTEER, Role.COMPANY)))).all()
    before = totals(session, readers)

    anonymise_household(session, household, None, NOW)
    session.commit()

    assert totals(session, readers) == before
    assert [row.visited for row in before[0][0][1]] == [1]


def test_figures_of_the_file_stay_and_days_lose_their_day(session):
    household = make_past()

    anonymise_household(session, household, None, NOW)

    assert (household.area_code, household.category.value, household.member_count) == (HOME, "dibao", 2)
    assert (household.registered_on, household.closed_on) == (date(2019, 5, 1), date(2021, 3, 1))
    assert household.monthly_income_fen == 100_000
    assert [need.amount_fen for need in household.needs] == [765_400]
    assert household.members == []


def test_where_many_are_alike_the_ages_stay_in_bands(session):
    make_many_alike()
    household = make_closed(cause=HardshipCause.ILLNESS)
    make_member(household, identity_number(date(2015, 6, 1), female=False))

    anonymise_household(session, household, None, NOW)

    assert household.age_bands == {"female 70-79": 1, "male 10-19": 1}
    assert household.cause is HardshipCause.ILLNESS


def make_many_alike():
    """Make four more households of one kind in one community."""
    for _number in range(4):
        make_household(cause=HardshipCause.ILLNESS)


def test_where_few_are_alike_cause_and_ages_go(session):
    household = make_closed(cause=HardshipCause.DISASTER)

    anonymise_household(session, household, None, NOW)

    assert (household.cause, household.age_bands) == (None, None)


def test_an_open_file_is_not_anonymised(session):
    with pytest.raises(RuleBroken, match="先办理退出"):
        anonymise_household(session, make_household(), None, NOW)


def test_a_file_with_a_living_pairing_is_not_anonymised(session):
    household = make_closed()
    make_pairing(household, status=PairingStatus.ACTIVE)

    with pytest.raises(RuleBroken, match="先结束"):
        anonymise_household(session, household, None, NOW)


def test_a_second_time_changes_nothing(session):
    household = make_past()
    anonymise_household(session, household, None, NOW)
    session.flush()
    first = (household.file_no, household.version)

    anonymise_household(session, household, None, NOW)
    session.flush()

    assert (household.file_no, household.version) == first


def test_an_anonymised_file_takes_no_change(session):
    household, staff = make_past(), make_staff()
    anonymise_household(session, household, None, NOW)

    with pytest.raises(RuleBroken, match="已匿名化"):
        update_household(session, household, None, household.version, staff, NOW)
    with pytest.raises(RuleBroken):
        add_need(session, household, NeedValues(NeedType.MEDICAL), staff, NOW)


@pytest.mark.parametrize("term", ["亓官雪梅", "qgxm", FILE_NO, "匿名户", ""])
def test_an_anonymised_file_is_not_found(session, term):
    household, staff = make_past(), make_staff()
    anonymise_household(session, household, None, NOW)

    found = list_households(staff, HouseholdFilter(status=None, term=term))

    assert household not in session.scalars(found).all()


def test_the_head_may_open_a_new_file(session):
    household = make_past()
    number = next(member.identity_number for member in household.members if member.is_head)
    anonymise_household(session, household, None, NOW)

    again = make_household()
    make_member(again, number, name="亓官雪梅")

    assert session.scalars(select(Member.household_id).where(Member.name == "亓官雪梅")).all() == [again.id]


def test_on_request_words_go_and_the_file_stays(session):
    household = make_past()

    erase_words(session, household, NOW)
    session.commit()

    left = {secret for _table, secret in found_in_store(secrets_of(household) - {None})}
    assert {"亓官雪梅", "观象二路77号", FILE_NO} <= left
    assert not {"肾病透析", "透析押金", "走访所见", "谢绝的话", "结束的话", "送米面"} & left
    assert session.get_one(Household, household.id).phone is None


def test_the_page_says_plainly_that_the_file_is_no_more(new_reader, session):
    household = make_past()
    anonymise_household(session, household, None, NOW)
    reader = new_reader(make_staff(HOME))

    page = reader.get(f"/households/{household.id}", 410)

    assert page.heading == "已匿名化的档案"
    assert "匿名户" not in page.text
    assert "已匿名化" in reader.get(f"/households/{household.id}/edit", 409).text
