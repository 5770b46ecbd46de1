"""Accounts of staff: made, closed and opened again by the district, inside its area."""

import pytest

from pairing.accounts.models import AccountStatus, User
from pairing.accounts.queries import find_user
from pairing.accounts.rules import Role
from pairing.accounts.services import disable_user
from pairing.db import db
from pairing.errors import RuleBroken
from tests.support.makers import DISTRICT, HOME, NOW, STREET, make_staff, make_user

NEW = {
    "display_name": "周敏",
    "role": "community_worker",
    "scope_code": HOME,
    "sign_in_name": "ZhouMin",
}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.DISTRICT_ADMIN])
def test_only_the_district_manages_accounts(reader, role):
    reader.sign_in(make_user(role, DISTRICT))

    reader.get("/accounts", 404)
    reader.get("/accounts/new", 404)


def test_the_district_makes_an_account_that_signs_in(reader, session):
    page = reader.sign_in(make_staff()).get("/accounts/new").submit(NEW)

    user = find_user(session, "zhoumin")
    assert (user.role, user.scope_code, user.status) == (Role.COMMUNITY_WORKER, HOME, AccountStatus.ACTIVE)
    assert page.heading == "周敏"
    assert user.password_hash is None


def test_the_district_gives_another_post_and_whoever_has_it_signs_in_anew(new_reader):
    worker, admin = make_staff(HOME), make_staff()
    inside, form = new_reader(worker), f"form[action='/accounts/{worker.id}/post']"
    page = new_reader(admin).get(f"/accounts/{worker.id}")

    page.submit({"role": "street_officer", "scope_code": STREET}, form=form)

    inside.get("/accounts/me", 302)
    db.session.refresh(worker)
    assert (worker.role, worker.scope_code) == (Role.STREET_OFFICER, STREET)


def test_a_post_fits_its_area_and_nobody_moves_volunteers_or_oneself(reader):
    admin, worker, volunteer = make_staff(), make_staff(HOME), make_user(Role.VOLUNTEER)
    page = reader.sign_in(admin).get(f"/accounts/{worker.id}")
    form = f"form[action='/accounts/{worker.id}/post']"

    page.submit({"role": "street_officer", "scope_code": HOME}, form=form, status=422)

    for user, status in ((volunteer, 404), (admin, 409)):
        given = page.filled({"role": "street_officer", "scope_code": STREET}, form=form)
        fresh = reader.get(f"/accounts/{worker.id}").filled(given, form=form)
        reader.post(f"/accounts/{user.id}/post", dict(fresh) | {"request_key": str(user.id)}, status)


def test_a_double_click_makes_one_account(reader, session):
    form = reader.sign_in(make_staff()).get("/accounts/new")

    form.submit(NEW)
    form.submit(NEW)

    assert session.query(User).filter_by(sign_in_name="zhoumin").count() == 1


def test_role_and_area_must_go_together(reader):
    page = reader.sign_in(make_staff()).get("/accounts/new")

    page = page.submit({**NEW, "scope_code": STREET}, status=422)

    assert page.words("#scope_code-error")
    assert page.select("#display_name")[0]["value"] == "周敏"


def test_a_taken_name_is_said_at_its_field(reader):
    make_staff(sign_in_name="zhoumin")

    page = reader.sign_in(make_staff()).get("/accounts/new").submit(NEW, status=422)

    assert page.words("#sign_in_name-error") == ["这个登录名已被使用,请换一个"]


def test_a_disabled_person_is_out_at_once_and_may_come_back(new_reader):
    worker, admin = make_staff(HOME), new_reader(make_staff())
    inside = new_reader(worker)

    page = admin.get("/accounts").submit(form=f"form[action='/accounts/{worker.id}/disable']")
    inside.get("/accounts/me", 302)
    page.submit(form=f"form[action='/accounts/{worker.id}/enable']")

    db.session.refresh(worker)
    assert worker.status is AccountStatus.ACTIVE


def test_nobody_disables_an_account_of_another_area_or_the_own_one(reader):
    stranger, admin = make_staff("370203"), make_staff()
    token = reader.sign_in(admin).get("/accounts/new").form().select_one("[name=csrf_token]")["value"]

    reader.post(f"/accounts/{stranger.id}/disable", {"csrf_token": token}, 404)
    reader.post(f"/accounts/{admin.id}/disable", {"csrf_token": token}, 409)


@pytest.mark.parametrize("status", [one for one in AccountStatus if one is not AccountStatus.ACTIVE])
def test_only_an_account_in_use_is_closed_so_that_opening_it_again_approves_nobody(reader, session, status):
    user, admin = make_user(Role.VOLUNTEER, status=status), make_staff()

    with pytest.raises(RuleBroken) as refused:
        disable_user(session, user, admin, NOW)

    assert (refused.value.code, user.status) == ("not_active", status)
    page = reader.sign_in(admin).get("/accounts?group=volunteer")
    assert not page.select(f"form[action='/accounts/{user.id}/disable']")
    assert not reader.get(f"/accounts/{user.id}").select(f"form[action='/accounts/{user.id}/disable']")
