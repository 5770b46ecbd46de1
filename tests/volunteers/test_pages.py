"""The pages of volunteers: registering alone, the register of staff, one's own page."""

import pytest

from pairing.accounts.models import AccountStatus, User
from pairing.accounts.rules import Role
from pairing.volunteers.models import PoliticalStatus, Skill, Volunteer, VolunteerStatus
from tests.support.makers import (
    DISTRICT,
    HOME,
    NEARBY,
    OUTSIDE,
    STREET,
    identity_number,
    make_staff,
    make_user,
    make_volunteer,
    make_volunteer_user,
)

LONG = "a sentence that is long enough"


def typed(**given):
    account = {"sign_in_name": "linxiao", "password": LONG, "password_again": LONG, "consent": "y"}
    return person(**account | given)


def person(**given):
    known = {
        "name": "林 晓",
        "identity_number": identity_number(),
        "phone": "10000000001",
        "area_code": HOME,
        "skills": ["care", "legal"],
        "half_days": ["0", "20"],
        "capacity": "两户",
    }
    return known | given


def test_somebody_registers_is_approved_and_signs_in(new_reader, session):
    new_reader().get("/volunteers/registration").submit(typed())
    row = session.query(Volunteer).one()
    staff = new_reader(make_staff(HOME)).get(f"/volunteers/{row.id}")

    staff.submit(form=f"form[action='/volunteers/{row.id}/approve']")
    page = new_reader().get("/accounts/sign-in?next=/volunteers/me")
    page = page.submit({"sign_in_name": "linxiao", "password": LONG}, form="main form")

    assert (page.heading, row.capacity, row.half_days) == ("我的登记", 2, 1 | 1 << 20)
    assert "林晓" in page.text


def test_the_public_chooses_among_all_communities_by_subdistrict(reader):
    page = reader.get("/volunteers/registration")

    groups = [group["label"] for group in page.select("#area_code optgroup")]
    assert len(page.select("#area_code option")) == 50 + 1 + 1  # the one elsewhere, and "please choose"
    assert any(label.startswith("八大峡") for label in groups)


def test_errors_stand_at_their_fields_and_nothing_is_kept(reader, session):
    wrong = typed(half_days=[], phone="", consent=[])

    page = reader.get("/volunteers/registration").submit(wrong, status=422)

    assert page.words("#half_days-error") == ["请至少勾选一个半天,否则无法安排走访"]
    assert page.words("#phone-error") == ["请填写手机号"]
    assert page.words("#consent-error") == ["需要您同意后才能登记"]
    assert session.query(Volunteer).count() == 0


def test_a_double_click_registers_once(reader, session):
    page, values = reader.get("/volunteers/registration"), typed()

    first, second = page.submit(values), page.submit(values)

    assert first.path == second.path == "/volunteers/registration/done"
    assert session.query(Volunteer).count() == 1


def test_staff_register_and_change_somebody(reader, session):
    reader.sign_in(make_staff(HOME))
    form = "main form[action='/volunteers']"
    reader.get("/volunteers/new").submit(person(registered_on="2026-11-01"), form=form)
    row = session.query(Volunteer).one()
    number = row.identity_number

    page = reader.get(f"/volunteers/{row.id}/edit")
    page.submit({"name": "林小晓"}, form=f"main form[action='/volunteers/{row.id}']")

    session.refresh(row)
    assert (row.name, row.identity_number, row.status) == ("林小晓", number, VolunteerStatus.ACTIVE)
    assert {able.skill for able in row.skills} == {Skill.CARE, Skill.LEGAL}


def test_the_slower_of_two_keeps_what_was_typed(reader):
    row = make_volunteer()
    form = f"main form[action='/volunteers/{row.id}']"
    reader.sign_in(make_staff(HOME))
    first, second = (reader.get(f"/volunteers/{row.id}/edit") for _ in range(2))
    first.submit({"note": "先"}, form=form)

    page = second.submit({"note": "后"}, form=form, status=409)

    assert page.words(".clash-words") == ["后", "先"]


def test_the_list_is_narrowed_and_searched(reader):
    make_volunteer("陈建国", skills=[Skill.LEGAL], political_status=PoliticalStatus.PARTY_MEMBER)
    make_volunteer("林晓", skills=[Skill.CARE])
    reader.sign_in(make_staff(HOME))

    assert reader.get("/volunteers?skill=legal&party=1").words("tbody th") == ["陈建国"]
    page = reader.get("/volunteers").submit({"term": "lx"}, form="main form[role=search][method=post]")
    assert page.words("tbody th") == ["林晓"]


def test_those_who_wait_are_counted_and_listed(reader):
    pending = make_user(Role.VOLUNTEER, status=AccountStatus.PENDING)
    make_volunteer("甲", status=VolunteerStatus.PENDING)
    make_volunteer("乙", claimed_by_id=pending.id)
    make_volunteer("丙")

    page = reader.sign_in(make_staff(HOME)).get("/volunteers")

    assert "有 2 人等待审核" in page.text
    assert sorted(page.follow("去审核").words("tbody th")) == ["乙", "甲"]


@pytest.mark.parametrize(("scope", "shown"), [(HOME, True), (STREET, False), (DISTRICT, False)])
def test_only_the_community_sees_the_phone_in_full(reader, scope, shown):
    row = make_volunteer(phone="+8610000000009")

    assert ("100 0000 0009" in reader.sign_in(make_staff(scope)).get(f"/volunteers/{row.id}").text) is shown


def test_a_volunteer_changes_the_offer_and_pauses(reader, session):
    user, row = make_volunteer_user()
    page = reader.sign_in(user).get("/volunteers/me/edit")

    page = page.submit({"half_days": ["3"], "capacity": "3", "skills": ["repair"]})
    page = page.submit(form="form[action='/volunteers/me/pause']")

    session.refresh(row)
    assert (row.half_days, row.capacity, row.status) == (1 << 3, 3, VolunteerStatus.PAUSED)
    page.submit(form="form[action='/volunteers/me/resume']")
    session.refresh(row)
    assert row.status is VolunteerStatus.ACTIVE


@pytest.mark.parametrize("status", [one for one in VolunteerStatus if one is not VolunteerStatus.PAUSED])
def test_only_who_paused_comes_back_alone_and_nobody_who_was_dismissed(reader, session, status):
    user, row = make_volunteer_user(status=status)
    reader.sign_in(user)
    token = reader.get("/accounts/me/password").form().select_one("[name=csrf_token]")["value"]

    reader.post("/volunteers/me/resume", {"csrf_token": token}, 404)

    session.refresh(row)
    assert row.status is status


def test_staff_note_that_somebody_pauses_leaves_and_comes_back(reader, session):
    row = make_volunteer()
    page = reader.sign_in(make_staff(HOME)).get(f"/volunteers/{row.id}")
    seen = []

    for deed in ("pause", "leave", "resume"):
        page = page.submit(form=f"form[action='/volunteers/{row.id}/{deed}']")
        session.refresh(row)
        seen.append(row.status)

    assert seen == [VolunteerStatus.PAUSED, VolunteerStatus.LEFT, VolunteerStatus.ACTIVE]


@pytest.mark.parametrize("role", [Role.COMPANY, Role.VOLUNTEER, Role.AUDITOR])
def test_the_register_does_not_exist_for_other_roles(reader, role):
    row = make_volunteer()
    reader.sign_in(make_user(role, DISTRICT))

    for path in ("", "/new", f"/{row.id}", f"/{row.id}/edit"):
        reader.get("/volunteers" + path, 404)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.VOLUNTEER])
def test_own_pages_are_for_volunteers(reader, role):
    reader.sign_in(make_user(role, DISTRICT))

    reader.get("/volunteers/me", 404)
    reader.get("/volunteers/me/edit", 404)


@pytest.mark.parametrize("place", [NEARBY, OUTSIDE])
def test_a_volunteer_elsewhere_does_not_exist(reader, place):
    row = make_volunteer(area_code=place, status=VolunteerStatus.PENDING)
    reader.sign_in(make_staff(HOME))
    token = reader.get("/volunteers/new").select("[name=csrf_token]")[0]["value"]

    reader.get(f"/volunteers/{row.id}", 404)
    reader.get(f"/volunteers/{row.id}/edit", 404)
    for deed in ("", "/approve", "/refuse", "/leave"):
        reader.post(f"/volunteers/{row.id}{deed}", {"csrf_token": token}, 404)


def test_a_refused_account_stays_out(reader, session):
    user = make_user(Role.VOLUNTEER, status=AccountStatus.PENDING)
    row = make_volunteer(user_id=user.id, status=VolunteerStatus.PENDING)
    page = reader.sign_in(make_staff(HOME)).get(f"/volunteers/{row.id}")

    page.submit(form=f"form[action='/volunteers/{row.id}/refuse']")

    assert session.get_one(User, user.id, populate_existing=True).status is AccountStatus.REFUSED
