"""The pages of companies: registering alone, pledging, the register of staff."""

import pytest
import time_machine

from pairing.accounts.rules import Role
from pairing.enterprises.models import Enterprise, EnterpriseStatus, Pledge, PledgeStatus
from tests.support.makers import (
    DISTRICT,
    HOME,
    NEARBY,
    NOW,
    OUTSIDE,
    STREET,
    make_company_user,
    make_enterprise,
    make_pledge,
    make_staff,
    make_user,
    uscc,
)

LONG = "a sentence that is long enough"
PLEDGE = {"amount": "2万元", "purposes": ["medical", "care"], "categories": ["dibao"], "ceiling": "5,000元"}


@pytest.fixture(autouse=True)
def monday():
    """Let the pages read the clock that the made rows know."""
    with time_machine.travel(NOW):
        yield


def company(**given):
    known = {
        "name": "青岛示例食品有限公司",
        "uscc": uscc(),
        "contact_name": "赵敏",
        "contact_phone": "0532-82881234",
        "area_code": HOME,
    }
    return known | given


def typed(**given):
    account = {"sign_in_name": "shili", "password": LONG, "password_again": LONG, "consent": "y"}
    return company(**account | given)


def test_a_company_registers_is_approved_and_pledges(new_reader, session):
    new_reader().get("/enterprises/registration").submit(typed())
    row = session.query(Enterprise).one()
    page = new_reader(make_staff(HOME)).get("/enterprises").follow("去审核").follow("青岛示例食品")
    page.submit(form=f"form[action='/enterprises/{row.id}/approve']")

    page = new_reader().get("/accounts/sign-in?next=/enterprises/pledges")
    page = page.submit({"sign_in_name": "shili", "password": LONG}, form="main form").follow("新增认捐")
    page = page.submit(PLEDGE)

    assert "2 万元" in page.text
    assert "就医、照护" in page.text
    pledge = session.query(Pledge).one()
    assert (pledge.amount_fen, pledge.ceiling_fen, pledge.area_code) == (2_000_000, 500_000, DISTRICT)


def test_errors_of_a_registration_stand_at_their_fields(reader, session):
    wrong_code = uscc()[:-1] + "I"

    page = reader.get("/enterprises/registration").submit(typed(uscc=wrong_code, consent=[]), status=422)

    assert "不用字母 I" in page.words("#uscc-error")[0]
    assert page.words("#consent-error")
    assert page.select("#uscc")[0]["value"] == wrong_code
    assert session.query(Enterprise).count() == 0


def test_conditions_that_cannot_be_are_refused_at_their_fields(reader, session):
    user, _company = make_company_user()
    page = reader.sign_in(user).get("/enterprises/pledges/new")

    wrong = {"amount": "2万元", "ceiling": "3万元", "household_limit": "0", "expires_on": "2026-11-22"}
    page = page.submit(wrong, status=422)

    assert page.words("#ceiling-error") == ["每户最多应大于 0,不超过认捐金额"]
    assert page.words("#expires_on-error") == ["有效期不能早于今天"]
    assert page.words("#household_limit-error")
    assert session.query(Pledge).count() == 0


def test_a_double_click_pledges_once(reader, session):
    user, _company = make_company_user()
    page = reader.sign_in(user).get("/enterprises/pledges/new")

    page.submit(PLEDGE)
    page.submit(PLEDGE)

    assert session.query(Pledge).count() == 1


def test_a_company_closes_its_own_pledge_only(reader, session):
    user, own = make_company_user()
    pledge, foreign = make_pledge(own), make_pledge()
    page = reader.sign_in(user).get("/enterprises/pledges")
    token = page.select("[name=csrf_token]")[0]["value"]

    page.submit(form=f"form[action='/enterprises/pledges/{pledge.id}/close']")
    reader.post(f"/enterprises/pledges/{foreign.id}/close", {"csrf_token": token}, 404)

    session.refresh(pledge)
    assert (pledge.status, foreign.status) == (PledgeStatus.CLOSED, PledgeStatus.ACTIVE)


def test_a_company_changes_whom_to_call(reader, session):
    user, own = make_company_user()

    reader.sign_in(user).get("/enterprises/me/edit").submit(
        {"contact_name": "钱 进", "contact_phone": "10000000003"}
    )

    session.refresh(own)
    assert (own.contact_name, own.contact_phone) == ("钱进", "+8610000000003")


def test_staff_register_a_company_and_note_its_pledge(reader, session):
    reader.sign_in(make_staff(STREET))
    form = "main form[action='/enterprises']"
    page = reader.get("/enterprises/new").submit(company(registered_on="2026.11.1"), form=form)

    page = page.follow("登记认捐").submit({"amount": "50000"})

    assert "5 万元" in page.text
    assert session.query(Pledge).one().area_code == STREET


def test_staff_change_a_company_and_the_slower_of_two_is_told(reader, session):
    row = make_enterprise(area_code=HOME)
    form = f"main form[action='/enterprises/{row.id}']"
    reader.sign_in(make_staff(HOME))
    first, second = (reader.get(f"/enterprises/{row.id}/edit") for _ in range(2))
    first.submit({"note": "先"}, form=form)

    page = second.submit({"note": "后"}, form=form, status=409)

    session.refresh(row)
    assert (row.note, page.words(".clash-words")) == ("先", ["后", "先"])


def test_the_list_is_narrowed(reader):
    make_enterprise("青岛海风食品有限公司", area_code=HOME)
    other = make_enterprise("示例云达集团", area_code=HOME, status=EnterpriseStatus.PENDING)
    reader.sign_in(make_staff(HOME))

    assert reader.get("/enterprises?term=qdhf").words("tbody th") == ["青岛海风食品有限公司"]
    assert reader.get(f"/enterprises?term={other.uscc}").words("tbody th") == ["示例云达集团"]
    assert reader.get("/enterprises?status=pending").words("tbody th") == ["示例云达集团"]


def test_a_company_that_waits_cannot_be_pledged_for(reader):
    row = make_enterprise(area_code=HOME, status=EnterpriseStatus.PENDING)
    reader.sign_in(make_staff(HOME))

    page = reader.get(f"/enterprises/{row.id}/pledges/new").submit({"amount": "1万"}, status=409)

    assert "企业登记通过审核后才能认捐" in page.text


@pytest.mark.parametrize(("scope", "shown"), [(HOME, True), (STREET, False), (DISTRICT, False)])
def test_only_the_community_sees_the_phone_in_full(reader, scope, shown):
    row = make_enterprise(area_code=HOME, contact_phone="+8610000000009")

    assert ("100 0000 0009" in reader.sign_in(make_staff(scope)).get(f"/enterprises/{row.id}").text) is shown


@pytest.mark.parametrize("role", [Role.COMPANY, Role.VOLUNTEER, Role.AUDITOR])
def test_the_register_does_not_exist_for_other_roles(reader, role):
    row = make_enterprise()
    reader.sign_in(make_user(role, DISTRICT))

    for path in ("", "/new", f"/{row.id}", f"/{row.id}/edit", f"/{row.id}/pledges/new"):
        reader.get("/enterprises" + path, 404)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COMPANY])
def test_own_pages_are_for_companies(reader, role):
    reader.sign_in(make_user(role, DISTRICT))

    for path in ("/me", "/me/edit", "/pledges", "/pledges/new"):
        reader.get("/enterprises" + path, 404)


@pytest.mark.parametrize("place", [NEARBY, OUTSIDE, DISTRICT])
def test_a_company_elsewhere_does_not_exist(reader, place):
    row = make_enterprise(area_code=place, status=EnterpriseStatus.PENDING)
    reader.sign_in(make_staff(HOME))
    token = reader.get("/enterprises/new").select("[name=csrf_token]")[0]["value"]

    for path in ("", "/edit", "/pledges/new"):
        reader.get(f"/enterprises/{row.id}{path}", 404)
    for deed in ("", "/approve", "/refuse", "/pledges/new"):
        reader.post(f"/enterprises/{row.id}{deed}", {"csrf_token": token}, 404)
