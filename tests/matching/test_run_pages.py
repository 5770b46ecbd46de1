import pytest

from pairing.accounts.rules import Role
from pairing.households.models import Urgency
from pairing.matching.models import MatchingRun, Proposal, RunStatus
from pairing.values.needs import NeedType
from pairing.volunteers.models import Skill
from tests.support.makers import (
    HOME,
    NEARBY,
    make_household,
    make_need,
    make_pledge,
    make_run,
    make_staff,
    make_user,
    make_volunteer,
)


def sign_in(new_reader, scope=HOME):
    return new_reader(make_staff(scope))


def test_a_worker_goes_through_the_steps(new_reader, session):
    make_household("王秀英", needs=[NeedType.HOME_REPAIR], urgency=Urgency.RED)
    make_volunteer("陈建国", skills=[Skill.REPAIR])
    preview = sign_in(new_reader).get("/matching/new").submit({"area_code": HOME})

    assert preview.words(".stat-value")[:2] == ["1 个名额", "1 对"]
    pairs = preview.follow("建议")
    assert "王秀英" in pairs.text
    assert "陈建国" in pairs.text
    assert "能帮上:维修" in pairs.words(".reasons li")
    done = pairs.submit(form="main form[action$=propose]")
    assert "提出 1 条建议。" in done.text
    assert session.query(Proposal).count() == 1


def test_a_preview_that_is_sent_twice_is_made_once(new_reader, session):
    reader = sign_in(new_reader)
    page = reader.get("/matching/new")

    first, second = (page.submit({"area_code": HOME}) for _ in range(2))

    assert first.path == second.path
    assert session.query(MatchingRun).count() == 1


def test_the_unserved_list_says_why(new_reader, session):
    make_household("王秀英", half_days=0b1)
    make_volunteer(half_days=0b10)

    page = sign_in(new_reader).get("/matching/new").submit({"area_code": HOME}).follow("暂时没有人选")

    assert "能到本社区的 1 名志愿者中,0 人周一上午有空" in page.text
    assert "其中时间合得上 0" in page.text


@pytest.mark.parametrize(
    ("field", "typed"), [("skills", "NaN"), ("load", "很多"), ("waiting", "-1"), ("nearness", "")]
)
def test_a_weight_that_is_no_number_is_refused_at_its_field(new_reader, session, field, typed):
    page = sign_in(new_reader).get("/matching/new").submit({field: typed}, status=422)

    assert page.select(f"#{field}-error")
    assert page.select(f"#{field}")[0]["value"] == typed
    assert session.query(MatchingRun).count() == 0


def test_weights_that_are_all_zero_are_refused(new_reader, session):
    nothing = dict.fromkeys(("skills", "nearness", "half_days", "language", "load"), "0")

    page = sign_in(new_reader).get("/matching/new").submit(nothing, status=422)

    assert "至少要有一项大于 0" in page.text


def test_full_width_digits_are_read(new_reader, session):
    sign_in(new_reader).get("/matching/new").submit({"skills": "５０"})

    assert session.query(MatchingRun).one().weights["skills"] == 50.0


def test_an_area_outside_the_scope_cannot_be_chosen(new_reader, session):
    page = sign_in(new_reader).get("/matching/new").submit({"area_code": NEARBY}, status=422)

    assert page.select("#area_code-error")


def test_money_goes_through_the_same_steps(new_reader, session):
    make_need(make_household("王秀英"), NeedType.MEDICAL, 200_000)
    make_pledge()

    preview = sign_in(new_reader).get("/matching/new?kind=money").submit({"area_code": HOME})
    grants = preview.follow("建议")

    assert "2,000.00 元" in grants.text
    assert "青岛海风食品有限公司" in grants.text
    assert "提出 1 条建议。" in grants.submit(form="main form[action$=propose]").text


def test_a_preview_can_be_put_aside(new_reader, session):
    make_household()
    make_volunteer()
    reader = sign_in(new_reader)
    page = reader.get("/matching/new").submit({"area_code": HOME})

    run = session.query(MatchingRun).one()
    token = page.select("[name=csrf_token]")[0]["value"]
    reader.post(f"/matching/{run.id}/discard", {"csrf_token": token}, 303)

    assert run.status is RunStatus.DISCARDED


def test_an_empty_scope_says_what_to_do(new_reader, session):
    reader = sign_in(new_reader)

    assert "还没有匹配过" in reader.get("/matching").text
    assert "这个范围里没有要匹配的" in reader.get("/matching/new").submit({}).text


def test_runs_of_another_community_are_not_seen(new_reader, session):
    run = make_run(area_code=NEARBY, summary={"tiers": {}})
    reader = sign_in(new_reader)

    assert not reader.get("/matching").select("tbody tr")
    for path in ("", "/pairs", "/grants", "/unserved"):
        reader.get(f"/matching/{run.id}{path}", 404)


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.COMPANY, Role.AUDITOR])
@pytest.mark.parametrize("path", ["/matching", "/matching/new"])
def test_only_staff_match(new_reader, session, role, path):
    new_reader(make_user(role)).get(path, 404)


def test_a_stranger_signs_in_first(reader):
    assert reader.fetch("GET", "/matching").status_code == 302
