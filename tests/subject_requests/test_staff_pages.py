import json
from datetime import date

import pytest
from sqlalchemy import select

from pairing import clock
from pairing.audit.models import AuditEntry
from pairing.households.models import HouseholdStatus
from pairing.subject_requests.models import About, RequestKind, RequestStatus, SubjectRequest
from tests.support.makers import (
    HOME,
    NEARBY,
    NOW,
    STREET,
    make_household,
    make_pairing,
    make_request,
    make_staff,
    make_volunteer,
    make_volunteer_user,
)


def test_staff_write_a_request_down_from_the_file(new_reader, session):
    household = make_household()
    file = new_reader(make_staff(HOME)).get(f"/households/{household.id}")

    page = file.follow("登记个人信息请求").submit({"kind": "copy", "received_on": clock.today().isoformat()})

    asked = session.scalars(select(SubjectRequest)).one()
    assert (asked.about_id, asked.kind, asked.words) == (household.id, RequestKind.COPY, None)
    assert page.heading == "请求:查阅、复制"


@pytest.mark.parametrize("day", ["2018-01-01", "2098-01-01", "昨天"])
def test_a_day_that_cannot_be_is_refused(new_reader, session, day):
    household = make_household()
    page = new_reader(make_staff(HOME)).get(f"/subject-requests/household/{household.id}/new")

    page.submit({"kind": "copy", "received_on": day}, status=422)

    assert session.scalars(select(SubjectRequest)).all() == []


def test_the_list_and_the_home_show_what_is_overdue_first(new_reader, session):
    make_request(due_on=date(2030, 1, 4))
    make_request(due_on=date(2020, 1, 3), kind=RequestKind.DELETE)
    reader = new_reader(make_staff(HOME))

    rows, home = reader.get("/subject-requests").words("tbody tr"), reader.get("/home")

    assert [row.split(" ")[0] for row in rows] == ["删除", "查阅、复制"]
    assert "已超期" in rows[0]
    assert home.words(".todo-words strong")[0] == "个人信息请求已超期"


def test_requests_of_another_community_are_not_there(new_reader, session):
    asked = make_request(make_household("亓官雪梅", area_code=NEARBY))
    reader = new_reader(make_staff(HOME))

    assert "亓官" not in reader.get("/subject-requests").text
    reader.get(f"/subject-requests/{asked.id}", 404)


@pytest.mark.parametrize(
    ("kind", "form"),
    [("copy", "/copy"), ("delete", "/erase"), ("correct", "/done"), ("delete", "/refused")],
)
def test_a_request_about_somebody_who_lives_elsewhere_now_is_not_there(new_reader, session, kind, form):
    household = make_household("亓官雪梅")
    asked = make_request(household, kind=RequestKind(kind))
    reader = new_reader(make_staff(HOME))
    page = reader.get(f"/subject-requests/{asked.id}")

    household.area_code = NEARBY  # by hand: the request stays behind
    session.flush()

    data = page.filled({}, form="form[action$='/done']") | {"answer": "已办", "format": "json"}
    reader.post(page.path + form, data, 404)
    reader.get(page.path, 404)
    assert "亓官" not in reader.get("/subject-requests").text


def test_a_request_about_an_account_that_lies_elsewhere_is_not_there(new_reader, session):
    other = make_staff(NEARBY, display_name="亓官雪梅")
    asked = make_request(about=About.ACCOUNT, about_id=other.id)
    reader = new_reader(make_staff(HOME))

    reader.get(f"/subject-requests/{asked.id}", 404)
    assert "亓官" not in reader.get("/subject-requests").text


@pytest.mark.parametrize(("kind", "form"), [("copy", "/copy"), ("delete", "/erase")])
def test_whoever_wrote_a_request_down_leaves_the_deed_to_a_second_person(new_reader, session, kind, form):
    household = make_household(status=HouseholdStatus.CLOSED, closed_on=date(2026, 1, 1))
    staff = make_staff(HOME)
    asked = make_request(household, kind=RequestKind(kind), recorded_by_id=staff.id)
    reader = new_reader(staff)

    page = reader.get(f"/subject-requests/{asked.id}")
    data = page.filled({}, form="form[action$='/done']") | {"format": "json"}
    refused = reader.post(page.path + form, data, 409)

    assert "本人登记的请求须由另一位工作人员办理" in page.text
    assert not page.select(f"form[action$='{form}']")
    assert "本人登记的请求须由另一位工作人员办理" in refused.text


@pytest.mark.parametrize("place", [HOME, STREET])
def test_a_second_person_gives_the_copy_and_erases(new_reader, session, place):
    household = make_household(status=HouseholdStatus.CLOSED, closed_on=date(2026, 1, 1), note="肾病透析")
    recorded = {"recorded_by_id": make_staff(HOME).id}
    copy, erasure = (
        make_request(household, kind=RequestKind(kind), **recorded) for kind in ("copy", "delete")
    )
    second = new_reader(make_staff(place))

    assert take_copy(second, copy).status_code == 200
    second.get(f"/subject-requests/{erasure.id}").submit(form="form[action$='/erase']")

    session.refresh(household)
    assert household.note == ""


def test_the_copy_for_a_household_is_whole_but_masks_who_helps(new_reader, session):
    household = make_household("亓官雪梅", address="观象二路77号")
    make_pairing(household, make_volunteer("雒青川"))
    asked, staff = make_request(household), make_staff(HOME)

    answer = take_copy(new_reader(staff), asked)

    copy = json.loads(answer.data)
    assert copy["家庭成员"][0]["身份证号"] == household.members[0].identity_number
    assert copy["结对"][0]["志愿者"] == "雒**"
    told = session.scalars(select(AuditEntry).where(AuditEntry.action == "export_file_copy")).one()
    assert (told.actor_id, told.detail["request"]) == (staff.id, asked.id)


def take_copy(reader, asked):
    form = reader.get(f"/subject-requests/{asked.id}").form("form[action$='/copy']")
    data = {"csrf_token": form.find("input", {"name": "csrf_token"})["value"], "format": "json"}
    return reader.fetch("POST", f"/subject-requests/{asked.id}/copy", data=data)


def test_no_copy_is_given_that_nobody_waits_for(new_reader, session):
    asked = make_request()
    reader = new_reader(make_staff(HOME))
    taken = take_copy(reader, asked)
    asked.status = RequestStatus.DONE
    session.flush()

    page = reader.get(f"/subject-requests/{asked.id}")
    token = page.soup.find("input", {"name": "csrf_token"})["value"]
    refused = reader.fetch("POST", page.path + "/copy", data={"csrf_token": token, "format": "json"})

    assert (taken.status_code, refused.status_code) == (200, 409)


def test_an_answer_closes_the_request(new_reader, session):
    asked = make_request(kind=RequestKind.CORRECT)
    page = new_reader(make_staff(HOME)).get(f"/subject-requests/{asked.id}")

    after = page.submit({"answer": "门牌已改为 7 号"}, form="form[action$='/done']")

    session.refresh(asked)
    assert (asked.status, asked.answer) == (RequestStatus.DONE, "门牌已改为 7 号")
    assert "门牌已改为 7 号" in after.text


def test_deleting_says_what_is_kept_and_why(new_reader, session):
    household = make_household(status=HouseholdStatus.CLOSED, closed_on=date(2026, 1, 1), note="肾病透析")
    asked = make_request(household, kind=RequestKind.DELETE)
    page = new_reader(make_staff(HOME)).get(f"/subject-requests/{asked.id}")

    after = page.submit(form="form[action$='/erase']")

    assert "按档案规定保存到期后自动匿名化" in after.text
    session.refresh(household)
    assert (household.note, household.phone) == ("", None)


def test_the_page_of_an_anonymised_person_names_nobody(new_reader, session):
    household = make_household("匿名户", anonymised_at=NOW, status=HouseholdStatus.CLOSED)
    asked = make_request(household, status=RequestStatus.DONE)

    page = new_reader(make_staff(HOME)).get(f"/subject-requests/{asked.id}")

    assert "查看档案" not in page.words("main a")


def test_a_worker_does_not_erase_a_volunteer_who_visits_somebody_elsewhere(new_reader, session):
    user, volunteer = make_volunteer_user(HOME)
    make_pairing(make_household(area_code=NEARBY), volunteer)
    asked = make_request(about=About.VOLUNTEER, about_id=volunteer.id, kind=RequestKind.DELETE)
    page = new_reader(make_staff(HOME)).get(f"/subject-requests/{asked.id}")

    page.submit(form="form[action$='/erase']", status=409)

    session.refresh(volunteer)
    assert (volunteer.anonymised_at, volunteer.user_id) == (None, user.id)
