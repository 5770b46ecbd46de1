"""The auditor reads the trail: narrowed, in words, one entry, one record, and whether the chain holds."""

from datetime import timedelta

import pytest

from pairing.accounts.rules import Role
from pairing.audit.queries import PER_PAGE
from pairing.audit.services import record, record_many, record_refusal
from pairing.households.models import Urgency
from pairing.outbox.models import Heartbeat
from tests.audit.trail import last_entry
from tests.support.makers import HOME, NOW, OUTSIDE, make_household, make_need, make_staff, make_user


@pytest.fixture
def auditor(new_reader):
    return new_reader(make_user(Role.AUDITOR, "370202"))


def rows(page):
    return [" ".join(row.text.split()) for row in page.soup.select("tbody tr")]


def test_a_changed_field_is_shown_from_what_to_what_in_words(session, auditor):
    household = make_household(urgency=Urgency.BLUE)
    need = make_need(household, amount_fen=80_000)
    household.urgency, household.phone, need.amount_fen = Urgency.RED, "+8613800001111", 95_050
    session.flush()

    page = auditor.get("/trail?kind=change")

    first = rows(page)[0]
    assert f"家庭档案 {household.id} 紧急程度 蓝·关注 → 红·紧急" in first
    assert f"需求 {need.id} 金额(分) 800.00 元 → 950.50 元" in first
    assert "电话 已修改(不显示内容)" in first
    assert "13800001111" not in page.text


def test_names_of_households_are_not_in_the_trail(session, auditor):
    household = make_household("亓官雪梅", note="透析")
    household.head_name, household.note = "亓官改名", "肾病"
    session.flush()

    for path in ("/trail?kind=change", f"/trail/{last_entry(session).id}"):
        text = auditor.get(path).text
        assert "亓官" not in text
        assert "肾病" not in text


WORDS = ("查看家庭完整信息", "申请导出名单", "家庭退出", "访问被拒绝")
FILTERS = {
    "kind=refusal": ["访问被拒绝"],
    "kind=reveal": ["查看家庭完整信息"],
    "kind=export": ["申请导出名单"],
    "action=close_household": ["家庭退出"],
    "subject_type=Household&subject_id={id}&kind=deed": ["家庭退出"],
    "actor={by}": ["家庭退出"],
    "since=2026-11-24": ["申请导出名单"],
    "until=2026-11-22": ["查看家庭完整信息"],
    "area=" + HOME + "&kind=reveal": ["查看家庭完整信息"],
    "area=370202002008": [],
}


@pytest.mark.parametrize("query", FILTERS)
def test_the_trail_is_narrowed(session, auditor, query):
    household, by, day = make_household(), make_staff(), timedelta(days=1)
    record(session, by, "close_household", household, NOW)
    record(session, None, "reveal_household", household, NOW - 2 * day)
    record(session, None, "export_request", household, NOW + 2 * day)
    record_refusal(session, make_staff(), "x.y", "scope", NOW)

    page = auditor.get(f"/trail?{query.format(id=household.id, by=by.id)}")

    found = [row for row in rows(page) if str(household.id) in row or "拒绝" in row]
    assert [word for word in WORDS if word in str(found)] == FILTERS[query]


def test_older_entries_are_one_step_away(session, auditor):
    record_many(session, None, "register_household", [make_household()] * (PER_PAGE + 3), NOW)

    first = auditor.get("/trail?action=register_household")
    second = auditor.get(first.soup.select_one("a[rel=next]")["href"])

    assert (len(rows(first)), len(rows(second))) == (PER_PAGE, 3)
    assert second.soup.select_one("a[rel=next]") is None


def test_an_entry_shows_where_from_and_what_changed_with_it(session, new_reader, auditor):
    household = make_household()
    form = new_reader(make_staff()).get(f"/review/households/{household.id}/close")
    form.submit({"reason": "脱困"})

    entry = last_entry(session, action="close_household")
    page = auditor.get(f"/trail/{entry.id}")

    assert "127.0.0.0/24" in page.text
    assert "状态 在册 → 已退出" in " ".join(page.soup.text.split())


def test_a_record_has_its_whole_history(session, auditor):
    household, other = make_household(), make_household()
    make_need(household)
    record(session, None, "update_household", household, NOW)
    record(session, None, "close_household", other, NOW)

    page = auditor.get(f"/trail/{last_entry(session, action='update_household').id}/history")

    titles = [item.text for item in page.soup.select(".timeline-title")]
    assert set(titles) == {"修改家庭档案", "数据变化"}
    assert "需求" in page.text


def test_an_entry_of_another_district_is_not_there(session, auditor):
    record(session, None, "update_household", make_household(area_code=OUTSIDE), NOW)
    entry = last_entry(session, action="update_household")

    for path in (f"/trail/{entry.id}", f"/trail/{entry.id}/history", f"/trail?before={entry.id}"):
        auditor.get(path, 404)
    assert f"家庭 {entry.subject_id}" not in str(rows(auditor.get("/trail?kind=deed")))


def test_what_belongs_to_no_place_is_shown_to_the_auditor(session, auditor):
    record_refusal(session, None, "accounts.sign_in", "sign_in", NOW)

    assert "访问被拒绝" in str(rows(auditor.get("/trail?kind=refusal")))


@pytest.mark.parametrize(
    ("reason", "words"), [("scope", "不在范围内"), ("permission", "没有权限"), ("search", "操作太频繁(搜索)")]
)
def test_a_refusal_says_why_in_words_and_where_beside(session, auditor, reason, words):
    record_refusal(session, make_staff(), "households.show_household", reason, NOW)

    page = auditor.get("/trail?kind=refusal")

    assert f"原因 {words}" in rows(page)[0]
    assert page.words(".trail small") == ["households.show_household"]


def test_a_place_is_named_not_numbered(session, auditor):
    record(session, None, "update_household", make_household(), NOW)
    record(session, make_staff("370202"), "update_household", make_household(area_code="370202"), NOW)

    places = auditor.get("/trail?action=update_household").words("td[data-label=区划]")
    entry = auditor.get(f"/trail/{last_entry(session, area_code=HOME, action='update_household').id}")

    assert places == ["市南区", "八大峡街道 › 台西社区"]
    assert "市南区 › 八大峡街道 › 台西社区" in entry.text
    assert HOME not in entry.text


@pytest.mark.parametrize(("error", "words"), [("", "审计链完好"), ("TrailBroken", "审计链不完整")])
def test_the_page_says_how_the_last_check_ended(session, auditor, error, words):
    assert "尚未核对" in auditor.get("/trail").text
    session.add(Heartbeat(name="trail", at=NOW, error=error))

    assert words in auditor.get("/trail").text


def test_what_cannot_be_read_narrows_nothing(session, auditor):
    record(session, None, "update_household", make_household(), NOW)

    for query in ("actor=abc&subject_id=%E4%B8%80&since=neulich", "kind=nonsense&action=x&actor=99999999999"):
        assert rows(auditor.get(f"/trail?{query}"))


@pytest.mark.parametrize("path", ["/trail", "/trail/{id}/history"])
@pytest.mark.parametrize("before", ["99999999999999999999", "-1", "x"])
def test_an_entry_that_no_table_can_hold_is_no_place_to_go_on_from(session, auditor, path, before):
    record(session, None, "update_household", make_household(), NOW)

    auditor.get(f"{path.format(id=last_entry(session, kind='deed').id)}?before={before}")


@pytest.mark.parametrize(
    "query", ["until=9999-12-31", "since=0001-01-01", "since=1999-12-31&until=2100-01-01"]
)
def test_a_day_that_the_trail_cannot_hold_narrows_nothing(session, auditor, query):
    record(session, None, "update_household", make_household(), NOW)

    assert rows(auditor.get(f"/trail?{query}&kind=deed"))
