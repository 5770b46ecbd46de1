from datetime import timedelta

import pytest
from sqlalchemy import select

from pairing import clock
from pairing.households.models import NeedType
from pairing.pairings.models import PairingStatus
from pairing.values.half_days import bit
from pairing.visits import services
from pairing.visits.models import Mood, Topic, Visit, VisitReport, VisitStatus
from tests.support.makers import (
    NOW,
    OUTSIDE,
    make_household,
    make_pairing,
    make_staff,
    make_visit,
    make_volunteer_user,
)

DAY = timedelta(days=1)
MET = {"outcome": "met", "minutes": "30"}


def today():
    return clock.today()


@pytest.fixture
def own(session):
    """A volunteer with a visit today to a household with a name, an address and a need."""
    user, volunteer = make_volunteer_user()
    household = make_household("欧阳念慈", needs=[NeedType.CARE], address="秘密路99号")
    return user, make_visit(make_pairing(household, volunteer), planned_on=today())


def offer(session, days=1, part=1, **given):
    on = today() + DAY * days
    household = make_household(**given)
    return services.open_visit(session, household, on, bit(on.weekday(), part), "聊聊天", make_staff(), NOW)


def test_own_visits_stand_under_what_is_to_be_done(new_reader, session, own):
    user, visit = own
    pairing = {"household_id": visit.household_id, "volunteer_id": visit.volunteer_id}
    for days, status in ((-3, VisitStatus.PLANNED), (5, VisitStatus.PLANNED), (-9, VisitStatus.DONE)):
        make_visit(planned_on=today() + DAY * days, status=status, pairing_id=visit.pairing_id, **pairing)

    page = new_reader(user).get("/visits/mine")

    assert page.words("h2") == ["请补填记录 1", "今天 1", "接下来 1", "以前的走访 1"]
    assert "已超期 3 天" in page.text


def test_without_visits_the_page_leads_to_open_ones(new_reader, session):
    user, _ = make_volunteer_user()

    page = new_reader(user).get("/visits/mine").follow("看看附近的走访")

    assert "附近暂时没有开放的走访" in page.text


def test_before_the_visit_name_address_phone_and_needs_are_shown(new_reader, own):
    user, visit = own

    page = new_reader(user).get(f"/visits/mine/{visit.id}")

    assert all(words in page.text for words in ("欧阳念慈", "秘密路99号", "照护", "打电话"))


def test_once_pairing_and_visit_are_over_the_household_is_a_number(new_reader, session, own):
    user, visit = own
    visit.status = VisitStatus.DONE
    session.get_one(type(make_pairing()), visit.pairing_id).status = PairingStatus.ENDED

    page = new_reader(user).get(f"/visits/mine/{visit.id}")

    assert not [words for words in ("欧阳", "秘密路", "tel:") if words in page.answer.text]
    assert "欧阳" not in new_reader(user).get("/visits/mine").text


def test_nobody_sees_or_reports_the_visit_of_another(new_reader, session, own):
    _, visit = own
    stranger = new_reader(make_volunteer_user()[0])

    stranger.get(f"/visits/mine/{visit.id}", 404)
    stranger.get(f"/visits/mine/{visit.id}/report", 404)


def test_a_report_takes_four_taps(new_reader, session, own):
    user, visit = own
    form = new_reader(user).get(f"/visits/mine/{visit.id}").follow("填写走访记录")

    page = form.submit({"outcome": "met", "minutes": "30", "mood": "worried", "topics": ["health", "work"]})

    report = session.scalars(select(VisitReport)).one()
    assert page.path == "/visits/mine"
    assert (report.minutes, report.mood, report.visited_on) == (30, Mood.WORRIED, today())
    assert report.talked_about == [Topic.HEALTH, Topic.WORK]


def test_nobody_met_needs_nothing_else(new_reader, session, own):
    user, visit = own

    page = new_reader(user).get(f"/visits/mine/{visit.id}/report").submit({"outcome": "not_met"})

    assert "三天内再去一次" in page.text
    assert session.scalars(select(Visit).where(Visit.retry_of_id == visit.id)).one().status == "planned"


def test_a_report_sent_twice_is_one_report(new_reader, session, own):
    user, visit = own
    form = new_reader(user).get(f"/visits/mine/{visit.id}/report")

    assert [form.submit({"outcome": "not_met"}).path for _ in range(2)] == ["/visits/mine"] * 2
    assert len(session.scalars(select(VisitReport)).all()) == 1


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({}, "请选择是否见到"),
        ({"outcome": "met", "mood": "good"}, "请选择大约多久"),
        (MET, "请选择家里情况"),
        (
            {"outcome": "met", "minutes": "30", "mood": "good", "visited_on": "2099-01-01"},
            "走访日期不能晚于今天",
        ),
        ({"outcome": "not_met", "note": "长" * 501}, "最多 500 个字"),
    ],
)
def test_what_is_missing_stands_at_its_field(new_reader, own, values, error):
    user, visit = own

    page = (
        new_reader(user)
        .get(f"/visits/mine/{visit.id}/report")
        .submit({"note": "写过的"} | values, status=422)
    )

    assert page.words(".field-error") == [error]
    assert values.get("note", "写过的") in page.select("#note")[0].text


def test_one_tap_signs_up_and_shows_where_to_go(new_reader, session):
    visit = offer(session, head_name="欧阳念慈")
    reader = new_reader(make_volunteer_user()[0])
    page = reader.get("/visits/open")
    assert "欧阳" not in page.text

    page = page.submit(form="main form[action$='/sign-up']")

    assert "报名成功" in page.text
    assert "欧阳念慈" in page.text
    assert session.get_one(Visit, visit.id).status is VisitStatus.PLANNED


def test_who_comes_second_is_told_kindly(new_reader, session):
    visit = offer(session)
    page = new_reader(make_volunteer_user()[0]).get("/visits/open")
    user, volunteer = make_volunteer_user()
    services.sign_up(session, visit, volunteer, user, NOW)

    answer = page.submit(form="main form[action$='/sign-up']", status=409)

    assert "刚刚已有人报名" in answer.text


def test_by_default_only_free_half_days_are_offered(new_reader, session):
    visit = offer(session)
    user, _ = make_volunteer_user(half_days=1 << 20 if visit.planned_on.weekday() != 6 else 1)
    reader = new_reader(user)

    assert "我有空的 0" in reader.get("/visits/open").text
    assert len(reader.get("/visits/open").follow("看看全部时间").select(".visit-card")) == 1


def test_a_visit_far_away_cannot_be_taken_by_its_number(new_reader, session):
    near, far = offer(session), offer(session, area_code=OUTSIDE)
    reader = new_reader(make_volunteer_user()[0])
    form = reader.get("/visits/open").form("main form[action$='/sign-up']")
    token = form.select("[name=csrf_token]")[0]["value"]

    reader.post(f"/visits/open/{far.id}/sign-up", {"csrf_token": token}, 404)

    assert {near.status, far.status} == {VisitStatus.OPEN}


def test_a_volunteer_can_withdraw(new_reader, session):
    visit = offer(session)
    reader = new_reader(make_volunteer_user()[0])
    page = reader.get("/visits/open").submit(form="main form[action$='/sign-up']")

    page = page.submit(form="main form[action$='/withdraw']")

    assert "已退出报名" in page.text
    assert session.get_one(Visit, visit.id).status is VisitStatus.OPEN
