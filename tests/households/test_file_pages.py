"""The file of one household: changed, two at once, needs, the end; nothing outside the scope."""

import pytest

from pairing.accounts.rules import Role
from pairing.households.models import NeedStatus, NeedType
from tests.support.makers import (
    DISTRICT,
    HOME,
    NEARBY,
    OUTSIDE,
    make_household,
    make_member,
    make_need,
    make_staff,
    make_user,
)


@pytest.fixture
def worker(reader):
    """A community worker at the site."""
    return reader.sign_in(make_staff(HOME))


def edit_form(household):
    return f"main form[action='/households/{household.id}']"


def test_a_change_is_kept_and_numbers_stay_masked(worker, session):
    household = make_household()
    number = make_member(household).identity_number

    page = worker.get(f"/households/{household.id}/edit")
    page = page.submit({"head_name": "王秀兰", "members-0-name": "李大明"}, form=edit_form(household))

    session.refresh(household)
    assert [row.name for row in household.members] == ["王秀兰", "李大明"]
    assert household.members[1].identity_number == number
    assert page.heading == "王秀兰"


def test_an_emptied_row_removes_the_member(worker, session):
    household = make_household()
    make_member(household)
    blank = {"members-0-name": "", "members-0-relation": ""}

    worker.get(f"/households/{household.id}/edit").submit(blank, form=edit_form(household))

    session.refresh(household)
    assert [row.is_head for row in household.members] == [True]


def test_the_slower_of_two_is_told_and_keeps_what_was_typed(worker, session):
    household = make_household()
    first, second = (worker.get(f"/households/{household.id}/edit") for _ in range(2))
    first.submit({"note": "先保存"}, form=edit_form(household))

    page = second.submit({"note": "后保存"}, form=edit_form(household), status=409)

    assert "修改并保存了同一份档案" in page.text
    page.submit({"take-note": "mine"}, form=edit_form(household))
    session.refresh(household)
    assert household.note == "后保存"


def test_a_need_is_added_and_settled(worker, session):
    household = make_household()
    need = make_need(household, NeedType.CARE)
    url = f"/households/{household.id}"

    page = worker.get(url).submit(
        {"need_type": "schooling", "amount": "5000元"}, form=f"form[action='{url}/needs']"
    )
    data = {"csrf_token": page.select("[name=csrf_token]")[0]["value"]}
    worker.post(f"{url}/needs/{need.id}/met", data, 303)

    session.refresh(household)
    assert [(row.need_type, row.amount_fen) for row in household.needs[1:]] == [(NeedType.SCHOOLING, 500_000)]
    assert household.needs[0].status is NeedStatus.MET


PAGES = ["", "/new", "/{id}", "/{id}/edit"]
DEEDS = ["", "/search", "/{id}", "/{id}/needs", "/{id}/needs/{need}/met"]


@pytest.mark.parametrize("role", [Role.COMPANY, Role.VOLUNTEER, Role.AUDITOR])
def test_there_is_nothing_here_for_other_roles(reader, role):
    household = make_household()
    reader.sign_in(make_user(role, DISTRICT))
    data = {"csrf_token": reader.get("/accounts/me/password").select("[name=csrf_token]")[0]["value"]}

    for path in PAGES:
        reader.get("/households" + path.format(id=household.id), 404)
    for path in DEEDS:
        reader.post("/households" + path.format(id=household.id, need=1), data, 404)


@pytest.mark.parametrize("place", [NEARBY, OUTSIDE])
def test_a_household_elsewhere_does_not_exist(worker, place):
    household = make_household(area_code=place)
    need = make_need(household)
    data = {"csrf_token": worker.get("/households/new").select("[name=csrf_token]")[0]["value"]}

    for path in PAGES[2:]:
        worker.get("/households" + path.format(id=household.id), 404)
    for path in DEEDS[3:]:
        worker.post("/households" + path.format(id=household.id, need=need.id), data, 404)


def test_only_communities_of_the_scope_are_offered(worker):
    options = worker.get("/households/new").select("#area_code option")

    assert [option["value"] for option in options] == [HOME]


@pytest.mark.parametrize("path", ["", "/new", "/1", "/1/edit"])
def test_strangers_sign_in_first(reader, path):
    assert reader.get("/households" + path, 302).answer.headers["Location"].startswith("/accounts/sign-in")
