"""Where the money of a pledge is: the company sees pseudonyms, staff see their own households."""

import pytest

from pairing.accounts.rules import Role
from pairing.funds.models import ReservationStatus
from pairing.privacy.pseudonym import pseudonym
from tests.support.makers import (
    DISTRICT,
    HOME,
    OUTSIDE,
    STREET,
    make_company_user,
    make_enterprise,
    make_grant,
    make_household,
    make_need,
    make_pledge,
    make_reservation,
    make_staff,
    make_user,
)


@pytest.fixture
def spent(session):
    """Make a company with a pledge: 1,000 reserved, 2,000 proposed, 500 released, of 10,000."""
    user, enterprise = make_company_user()
    pledge, home = make_pledge(enterprise), make_household("孙桂兰")
    make_reservation(make_need(home, amount_fen=100_000), pledge)
    make_reservation(make_need(home, amount_fen=50_000), pledge, status=ReservationStatus.RELEASED)
    make_grant(make_need(make_household(), amount_fen=200_000), pledge)
    return user, pledge, home


def test_the_bar_tells_pledged_proposed_reserved_and_left(reader, spent):
    user, pledge, _ = spent

    page = reader.sign_in(user).get(f"/review/pledges/{pledge.id}")

    assert page.words(".bar-words dd") == ["10,000.00 元", "2,000.00 元", "1,000.00 元"]
    assert "剩余 7,000.00 元" in page.text


def test_the_company_sees_a_pseudonym_and_the_street_only(reader, spent):
    user, pledge, home = spent

    page = reader.sign_in(user).get(f"/review/pledges/{pledge.id}")

    assert page.words("tbody th") == [str(pseudonym(pledge.enterprise_id, home.id))] * 2
    assert not any(words in page.text for words in ("孙桂兰", home.file_no, "台西社区"))
    assert "八大峡街道" in page.text


def test_staff_see_the_household_and_its_file_number(reader, spent):
    _, pledge, home = spent

    page = reader.sign_in(make_staff(DISTRICT)).get(f"/review/pledges/{pledge.id}")

    assert "孙桂兰" in page.text
    assert home.file_no in page.text


def test_staff_see_a_pseudonym_for_a_household_of_another_place(reader):
    pledge = make_pledge(make_enterprise(area_code=HOME))
    make_reservation(make_need(make_household("外区户", area_code=OUTSIDE), amount_fen=100), pledge)

    page = reader.sign_in(make_staff(HOME)).get(f"/review/pledges/{pledge.id}")

    assert "外区户" not in page.text


@pytest.mark.parametrize("scope", [STREET, OUTSIDE])
def test_a_pledge_is_nothing_to_staff_whose_scope_does_not_hold_its_company(reader, spent, scope):
    reader.sign_in(make_staff(scope)).get(f"/review/pledges/{spent[1].id}", 404)


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.AUDITOR])
def test_a_pledge_is_nothing_to_other_roles(reader, spent, role):
    reader.sign_in(make_user(role, DISTRICT)).get(f"/review/pledges/{spent[1].id}", 404)


def test_a_pledge_is_nothing_to_another_company(reader, spent):
    other, _ = make_company_user()

    reader.sign_in(other).get(f"/review/pledges/{spent[1].id}", 404)
    reader.get("/review/pledges/999999", 404)
