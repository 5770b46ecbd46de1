"""The pages of households as a community worker uses them."""

import pytest

from pairing.households.models import Household, NeedType
from tests.households.makers import typed
from tests.support.makers import (
    DISTRICT,
    HOME,
    STREET,
    identity_number,
    make_household,
    make_member,
    make_staff,
)

FORM = "main form[action='/households']"


@pytest.fixture
def worker(reader):
    """A community worker at the site."""
    return reader.sign_in(make_staff(HOME))


def test_a_household_is_registered_and_its_file_shown(worker, session):
    page = worker.get("/households/new").submit(typed(), form=FORM)

    household = session.query(Household).one()
    assert (household.head_name, household.half_days, household.phone) == (
        "华明珍",
        2 | 1 << 17,
        "+8610000000002",
    )
    assert [(need.need_type, need.amount_fen) for need in household.needs] == [(NeedType.MEDICAL, 2_000_000)]
    assert household.file_no in page.text


def test_a_row_for_a_member_is_added_without_a_script(worker, session):
    said = typed()
    page = worker.get("/households/new").submit(said, form=FORM, button="添加成员", status=200)
    said |= {"members-0-name": "华小珍", "members-0-relation": "女儿"}

    wrong = page.submit(said, form=FORM, status=422)
    wrong.submit({"members-0-identity_number": identity_number()}, form=FORM)

    assert wrong.words("[id='members-0-identity_number-error']") == ["请填写身份证号"]
    assert [row.name for row in session.query(Household).one().members] == ["华明珍", "华小珍"]


def test_what_was_typed_stays_and_errors_stand_at_their_fields(worker, session):
    number = identity_number()
    number = number[:17] + ("1" if number[17] != "1" else "2")
    wrong = {"head_identity": number, "phone": "12", "needs-0-amount": "很多", "category": ""}

    page = worker.get("/households/new").submit(typed(**wrong), form=FORM, status=422)

    assert page.words("#head_identity-error") == ["身份证号校验位不对,请逐位核对"]
    assert page.words("#category-error") == ["请选择类别"]
    assert page.words("#phone-error")
    assert page.select("#phone")[0]["value"] == "12"
    assert page.select("#needs-0-amount")[0]["value"] == "很多"
    assert session.query(Household).count() == 0


def test_the_same_head_or_the_same_number_twice_is_said_at_the_field(worker):
    known = identity_number()
    make_member(make_household(), known)
    worker.get("/households/new").submit(first := typed(), form=FORM)

    again = worker.get("/households/new").submit(first, form=FORM, status=422)

    assert again.words("#head_identity-error") == ["该户主已有档案,不能重复建档"]


def test_a_double_click_opens_one_file(worker, session):
    page, values = worker.get("/households/new"), typed()

    first, second = page.submit(values, form=FORM), page.submit(values, form=FORM)

    assert first.path == second.path
    assert session.query(Household).count() == 1


def test_search_keeps_the_name_out_of_the_address(worker):
    make_household("单天方")
    make_household("王秀英")

    page = worker.get("/households").submit({"term": "stf"}, form="main form[role=search][method=post]")

    assert "stf" not in str(page.answer.request.url)
    assert page.words("tbody th") == ["单天方"]


def test_the_list_goes_on_over_pages_and_keeps_its_filters(worker):
    for turn in range(51):
        make_household(f"王{'甲乙丙'[turn % 3]}")

    page = worker.get("/households?sort=name&category=dibao").follow("下一页")

    assert len(page.select("tbody tr")) == 1
    assert page.select("#sort option[selected]")[0]["value"] == "name"


@pytest.mark.parametrize(("scope", "shown"), [(HOME, True), (STREET, False), (DISTRICT, False)])
def test_only_the_community_sees_phone_and_address_in_full(reader, scope, shown):
    household = make_household(phone="+8610000000009", address="台西三路6号2单元301户")

    text = reader.sign_in(make_staff(scope)).get(f"/households/{household.id}").text

    assert ("100 0000 0009" in text) is shown
    assert ("2单元301户" in text) is shown


@pytest.mark.parametrize("register", ["households", "volunteers"])
def test_what_is_looked_for_cannot_be_read_in_the_cookie(worker, register):
    term = "亓官雪梅"

    page = worker.get(f"/{register}").submit({"term": term}, form="main form[role=search][method=post]")

    assert page.select("input[name=term]")[0]["value"] == term
    with worker.client.session_transaction() as cookie:
        assert cookie[f"{register}-term"]
        assert term not in str(dict(cookie))


@pytest.mark.parametrize("kept", ["单天方", "AAAA", "", 7, None])
def test_what_does_not_open_looks_for_nothing(worker, kept):
    make_household("单天方")
    with worker.client.session_transaction() as cookie:
        cookie["households-term"] = kept

    page = worker.get("/households")

    assert "单天方" in page.text
    assert page.select("input[name=term]")[0].get("value", "") == ""
