"""Pages of consents as staff see them."""

import pytest

from pairing.consents.queries import find_standing
from pairing.consents.rules import BEFORE, Purpose, WithdrawnHow
from tests.consents.makers import head_of, with_child
from tests.support.makers import (
    HOME,
    MONDAY,
    NEARBY,
    make_consent,
    make_household,
    make_pairing,
    make_staff,
    make_volunteer_user,
)


@pytest.fixture
def worker(new_reader):
    return new_reader(make_staff(HOME))


def test_the_file_shows_the_three_purposes_and_leads_on(worker):
    household = make_household()
    make_consent(household, Purpose.PHOTO)
    make_consent(household, text_version=BEFORE)
    make_consent(household, Purpose.PUBLICITY, withdrawn_on=MONDAY, withdrawn_how=WithdrawnHow.PHONE)

    page = worker.get(f"/households/{household.id}")

    chips = page.words("section[aria-labelledby=consents] .chip")
    assert chips == ["同意,旧文本", "已撤回", "同意"]
    assert page.follow("登记、撤回、打印").heading == f"{household.head_name}:同意书"


def test_a_yes_is_written_down_with_a_guardian(worker, session):
    household, _child = with_child()
    page = worker.get(f"/consents/{household.id}").follow("登记结对帮扶的同意")

    typed = {"guardians-0-guardian_name": "李桂香", "guardians-0-guardian_relation": "祖母"}
    done = page.submit({"giver": str(head_of(household).id), "given_how": "paper"} | typed)

    consent = find_standing(session, household.id, Purpose.PAIRING)
    assert [row.guardian_name for row in consent.guardians] == ["李桂香"]
    assert "李桂香(祖母),代 王小禾" in done.text


def test_a_child_is_not_offered_as_a_giver(worker):
    household, child = with_child()

    page = worker.get(f"/consents/{household.id}/pairing/new")

    offered = [option["value"] for option in page.select("select[name=giver] option")]
    assert offered == ["", str(head_of(household).id), "other"]
    assert str(child.id) not in offered


def test_without_a_guardian_nothing_is_lost_and_nothing_written(worker, session):
    household, _child = with_child()
    typed = {"giver": "other", "giver_name": "王芳", "giver_relation": "女儿", "given_how": "oral"}
    typed |= {"witness_name": "赵敏", "guardians-0-guardian_relation": "祖母9"}

    page = worker.get(f"/consents/{household.id}/photo/new").submit(typed, status=422)

    assert "请填写监护人姓名" in page.text
    kept = {field["name"]: field.get("value") for field in page.select("main form input[type=text]")}
    assert kept["giver_name"] == "王芳"
    assert (kept["witness_name"], kept["guardians-0-guardian_relation"]) == ("赵敏", "祖母9")
    assert find_standing(session, household.id, Purpose.PHOTO) is None


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"giver": "other"}, "请填写姓名"),
        ({"given_how": "oral"}, "口头同意须有见证人"),
        ({"given_on": "2099-01-01"}, "同意日期不能晚于今天"),
        ({"given_on": "2020-01-01"}, "超过一年的同意请重新征求"),
        ({"given_how": "earlier"}, "不是有效的选择"),
    ],
)
def test_what_is_missing_is_said_at_the_field(worker, typed, words):
    household = make_household()
    page = worker.get(f"/consents/{household.id}/pairing/new")

    answer = page.submit({"giver": str(head_of(household).id), "given_how": "paper"} | typed, status=422)

    assert words in answer.text


def test_taking_back_says_what_follows_and_shows_on_the_page(worker, session):
    household = make_household()
    make_consent(household)
    make_pairing(household)
    page = worker.get(f"/consents/{household.id}").follow("撤回结对帮扶的同意")
    assert "结束进行中的结对" in page.text

    done = page.submit({"withdrawn_how": "phone"})

    assert "已撤回" in done.text
    to_end = worker.get("/review/withdrawn")
    assert to_end.follow("去结束结对").path.startswith("/review/pairings/")


def test_the_form_on_paper_names_the_household_and_each_child(worker):
    household, child = with_child()

    page = worker.get(f"/consents/{household.id}/photo/paper")

    assert page.heading == "拍照留存同意书"
    for words in (household.file_no, household.head_name, child.name, "监护人签名", "见证人签名", "2026-11"):
        assert words in page.text
    assert household.address not in page.text


def test_others_find_nothing(new_reader):
    household = make_household()
    make_consent(household)
    user, volunteer = make_volunteer_user()
    make_pairing(household, volunteer)

    for path in (f"/consents/{household.id}", f"/consents/{household.id}/pairing/paper"):
        new_reader(make_staff(NEARBY)).get(path, 404)
        new_reader(user).get(path, 404)
