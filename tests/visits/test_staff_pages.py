from datetime import timedelta

import pytest
from sqlalchemy import select

from pairing import clock
from pairing.households.models import NeedType
from pairing.privacy.masking import mask_phone
from pairing.values.phone import format_phone
from pairing.visits import services
from pairing.visits.models import Visit, VisitStatus
from tests.support.makers import (
    DISTRICT,
    HOME,
    NEARBY,
    NOW,
    OUTSIDE,
    STREET,
    make_household,
    make_pairing,
    make_staff,
    make_visit,
    make_volunteer_user,
)

DAY = timedelta(days=1)


def today():
    return clock.today()


def test_the_week_shows_overdue_visits_first_with_their_days(new_reader, session):
    make_visit(planned_on=today())
    make_visit(make_pairing(make_household("赵桂兰")), planned_on=today() - DAY * 9)

    page = new_reader(make_staff()).get("/visits")

    assert page.words("tbody td[data-label=家庭]") == ["赵桂兰", "王秀英"]
    assert page.words("tbody td[data-label=状态]") == ["已超期 9 天", "已安排"]
    assert "有 1 次走访已过日期" in page.text


def test_the_week_is_the_chosen_one_and_keeps_the_filters(new_reader, session):
    make_visit(planned_on=today() + DAY * 7)
    make_visit(planned_on=today() + DAY * 7, status=VisitStatus.CANCELLED)

    page = new_reader(make_staff()).get(f"/visits?week={today() + DAY * 7}&status=planned")

    assert len(page.select("tbody tr")) == 1
    assert "status=planned" in page.link("上一周")


def test_a_street_narrows_to_one_community(new_reader, session):
    make_visit(planned_on=today())
    make_visit(make_pairing(make_household("赵桂兰", area_code=NEARBY)), planned_on=today())

    page = new_reader(make_staff(DISTRICT)).get(f"/visits?area={NEARBY}")

    assert page.words("tbody td[data-label=家庭]") == ["赵桂兰"]


@pytest.mark.parametrize("query", ["week=nonsense", "area=OR 1=1", "status=nothing", "page=x"])
def test_nonsense_in_the_address_narrows_nothing(new_reader, session, query):
    make_visit(planned_on=today())

    assert len(new_reader(make_staff()).get(f"/visits?{query}").select("tbody tr")) == 1


def test_another_district_sees_nothing(new_reader, session):
    visit = make_visit(planned_on=today())
    stranger = new_reader(make_staff(OUTSIDE))

    assert "这一周没有走访" in stranger.get("/visits").text
    for path in (f"/visits/{visit.id}", f"/visits/{visit.id}/report", f"/visits/new/{visit.household_id}"):
        stranger.get(path, 404)


def test_staff_offer_a_visit_from_a_household(new_reader, session):
    household = make_household()
    form = new_reader(make_staff()).get(f"/visits/new/{household.id}")

    page = form.submit({"planned_on": str(today() + DAY), "part": "1", "purpose": "聊聊天"})

    visit = session.scalars(select(Visit)).one()
    assert page.path == f"/visits/{visit.id}"
    assert (visit.status, visit.starts_at) == (VisitStatus.OPEN, clock.at(today() + DAY, 15))


def test_an_offer_sent_twice_is_made_once(new_reader, session):
    reader = new_reader(make_staff())
    form = reader.get(f"/visits/new/{make_household().id}")
    values = {"planned_on": str(today() + DAY), "part": "0", "purpose": "聊聊天"}

    assert form.submit(values).path == form.submit(values).path
    assert len(session.scalars(select(Visit)).all()) == 1


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"planned_on": "昨天", "part": "0", "purpose": "聊聊天"}, "日期"),
        ({"planned_on": "2020-01-01", "part": "0", "purpose": "聊聊天"}, "请选择今天起一年内的日期"),
        ({"planned_on": "", "part": "0", "purpose": "聊聊天"}, "请填写走访日期"),
        ({"planned_on": "2020-01-01", "part": "0", "purpose": ""}, "请写一句这次去做什么"),
        ({"planned_on": "2020-01-01", "part": "7", "purpose": "聊聊天"}, "有效"),
    ],
)
def test_errors_stand_at_their_field_and_keep_what_was_typed(new_reader, session, values, error):
    form = new_reader(make_staff()).get(f"/visits/new/{make_household().id}")

    page = form.submit(values, status=422)

    assert any(error in words for words in page.words(".field-error"))
    assert page.select("#purpose")[0]["value"] == values["purpose"]


def test_staff_move_and_cancel_a_visit(new_reader, session):
    visit = make_visit(planned_on=today() + DAY)
    page = new_reader(make_staff()).get(f"/visits/{visit.id}")

    values = {"planned_on": str(today() + DAY * 2), "part": "2"}
    page = page.submit(values, form="form[action$='/move']")
    assert session.get_one(Visit, visit.id).starts_at == clock.at(today() + DAY * 2, 19)
    page = page.submit({"cancel_note": "老人住院"}, form="form[action$='/cancel']")

    assert "取消原因:老人住院" in page.text
    assert page.select("form[action$='/move']") == []


def test_cancelling_needs_a_reason(new_reader, session):
    visit = make_visit(planned_on=today() + DAY)
    page = new_reader(make_staff()).get(f"/visits/{visit.id}")

    page = page.submit({"cancel_note": " "}, form="form[action$='/cancel']", status=422)

    assert "请写明取消原因" in page.text


def test_what_is_over_answers_with_the_rule(new_reader, session):
    visit = make_visit(planned_on=today() + DAY)
    page = new_reader(make_staff()).get(f"/visits/{visit.id}")
    services.cancel_visit(session, visit, make_staff(), "", NOW)

    answer = page.submit({"cancel_note": "再取消"}, form="form[action$='/cancel']", status=409)

    assert "已经完成或取消" in answer.text


def test_staff_report_for_a_volunteer_without_account(new_reader, session):
    visit = make_visit(planned_on=today())
    form = new_reader(make_staff(HOME)).get(f"/visits/{visit.id}").follow("代填走访记录")

    page = form.submit({"outcome": "met", "minutes": "30", "mood": "good", "note": "电话问过"})

    assert "电话问过" in page.text
    assert session.get_one(Visit, visit.id).status is VisitStatus.DONE


def test_a_volunteer_is_kept_from_the_pages_of_staff(new_reader, session):
    user, volunteer = make_volunteer_user()
    visit = make_visit(make_pairing(make_household(needs=[NeedType.CARE]), volunteer), planned_on=today())
    reader = new_reader(user)

    for path in ("/visits", f"/visits/{visit.id}", "/inbox/deliveries", f"/visits/{visit.id}/report"):
        reader.get(path, 404)


@pytest.mark.parametrize(("scope", "is_whole"), [(HOME, True), (STREET, False), (DISTRICT, False)])
def test_the_telephone_of_the_volunteer_is_whole_for_the_worker_of_the_community_only(
    new_reader, session, scope, is_whole
):
    _user, volunteer = make_volunteer_user()
    visit = make_visit(make_pairing(make_household(), volunteer))

    text = new_reader(make_staff(scope)).get(f"/visits/{visit.id}").text

    assert (format_phone(volunteer.phone) in text) is is_whole
    assert (mask_phone(volunteer.phone) in text) is not is_whole
