"""Two people change one file: the slower one sees both versions, chooses, and loses nothing."""

import pytest

from pairing.households.models import Household
from pairing.volunteers.models import Skill
from tests.support.makers import (
    HOME,
    STREET,
    identity_number,
    make_household,
    make_member,
    make_staff,
    make_volunteer,
)


@pytest.fixture
def worker(new_reader):
    return new_reader(make_staff(HOME, display_name="周敏"))


@pytest.fixture
def household():
    row = make_household(note="旧", language_wish="")
    make_member(row, name="王小禾", relation="孙女")
    return row


def open_twice(reader, path):
    return [reader.get(f"{path}/edit") for _ in range(2)]


def save(page, typed, path, status=303):
    return page.submit(typed, form=f"main form[action$='{path}']", status=status)


def cards(page):
    """Return legend -> (mine, theirs, which is chosen)."""
    found = {}
    for row in page.select(".clash-row"):
        words = [side.get_text(" ", strip=True) for side in row.select(".clash-words")]
        chosen = [radio["value"] for radio in row.select("input[checked]")]
        found[row.legend.get_text(strip=True)] = (*words, *chosen)
    return found


def test_every_part_says_what_it_was_is_and_was_typed(worker, household):
    path = f"/households/{household.id}"
    first, second = open_twice(worker, path)
    save(first, {"note": "甲", "language_wish": "胶东话", "member_count": "3"}, path)

    page = save(second, {"note": "乙", "head_name": "王秀兰"}, path, 409)

    assert "周敏" in page.text
    assert cards(page) == {
        "户主姓名": ("王秀兰", "王秀英", "mine"),
        "家庭人口": ("1", "3", "theirs"),
        "希望使用的语言": ("未填写", "胶东话", "theirs"),
        "备注": ("乙", "甲"),
    }
    assert "打开时 :旧" in page.text or "打开时:旧" in page.text


def test_what_was_chosen_is_saved_and_nothing_else_changed(worker, household, session):
    path = f"/households/{household.id}"
    first, second = open_twice(worker, path)
    save(first, {"note": "甲", "language_wish": "胶东话"}, path)
    page = save(second, {"note": "乙", "head_name": "王秀兰", "urgency": "red"}, path, 409)

    save(page, {"take-note": "theirs"}, path)

    session.refresh(household)
    assert (household.note, household.head_name) == ("甲", "王秀兰")
    assert (household.language_wish, household.urgency) == ("胶东话", "red")


def test_what_both_changed_must_be_chosen(worker, household, session):
    path = f"/households/{household.id}"
    first, second = open_twice(worker, path)
    save(first, {"note": "甲"}, path)
    page = save(second, {"note": "乙", "head_name": "王秀兰"}, path, 409)

    again = save(page, {}, path, 409)

    assert "还有两边都改了的内容没有选" in again.text
    assert cards(again)["备注"] == ("乙", "甲")
    save(again, {"take-note": "mine"}, path)
    session.refresh(household)
    assert (household.note, household.head_name) == ("乙", "王秀兰")


def test_a_third_change_while_choosing_is_seen_too(worker, household, session):
    path = f"/households/{household.id}"
    first, second = open_twice(worker, path)
    save(first, {"note": "甲"}, path)
    page = save(second, {"note": "乙"}, path, 409)
    save(worker.get(f"{path}/edit"), {"note": "丙", "head_name": "王三"}, path)

    again = save(page, {"take-note": "mine"}, path, 409)

    assert cards(again) == {"户主姓名": ("王秀英", "王三", "theirs"), "备注": ("乙", "丙")}


def test_a_change_of_other_things_stops_nobody(worker, household, session):
    path = f"/households/{household.id}"
    page = worker.get(f"{path}/edit")
    household.version += 1  # a need was added: nothing that this form shows
    household.updated_at = household.updated_at
    session.flush()

    save(page, {"note": "乙"}, path)

    session.refresh(household)
    assert household.note == "乙"


def test_members_are_compared_one_by_one(worker, household, session):
    path = f"/households/{household.id}"
    first, second = open_twice(worker, path)
    added = first.submit({}, form=f"main form[action$='{path}']", button="添加成员", status=200)
    new = {
        "members-1-name": "王大禾",
        "members-1-relation": "子",
        "members-1-identity_number": identity_number(),
    }
    save(added, new, path)

    page = save(second, {"members-0-relation": "外孙女"}, path, 409)

    assert [words[-1] for words in cards(page).values()] == ["mine", "theirs"]
    save(page, {}, path)
    session.refresh(household)
    assert [(row.name, row.relation) for row in household.members[1:]] == [
        ("王小禾", "外孙女"),
        ("王大禾", "子"),
    ]


def test_a_member_taken_out_by_one_may_be_kept_out_or_asked_for_anew(worker, household, session):
    path = f"/households/{household.id}"
    first, second = open_twice(worker, path)
    save(first, {"members-0-name": "", "members-0-relation": ""}, path)

    page = save(second, {"note": "乙"}, path, 409)

    assert cards(page)["家庭成员:王小禾"][1:] == ("没有这一行", "theirs")
    save(page, {}, path)
    session.refresh(household)
    assert (household.note, len(household.members)) == ("乙", 1)


def test_what_is_masked_stays_masked_and_a_changed_number_is_told(new_reader, worker, session):
    row = make_household(phone="+8610000000077", address="台西三路6号")
    path = f"/households/{row.id}"
    officer = new_reader(make_staff(STREET))
    page = officer.get(f"{path}/edit")
    save(worker.get(f"{path}/edit"), {"phone": "10000000088", "address": "团岛一路9号"}, path)

    answer = save(page, {"note": "乙", "address": "贵州路1号"}, path, 409)

    assert not [word for word in ("10000000077", "10000000088", "团岛一路9号") if word in answer.answer.text]
    assert cards(answer)["家庭住址"][0] == "贵州路1号"
    assert "别人改的,您没有填" in answer.text
    save(answer, {"take-address": "theirs"}, path)
    session.refresh(row)
    assert (row.address, row.phone, row.note) == ("团岛一路9号", "+8610000000088", "乙")


def test_skills_and_half_days_are_said_in_words(worker, session):
    row = make_volunteer(skills=[Skill.CARE], half_days=1)
    path = f"/volunteers/{row.id}"
    first, second = open_twice(worker, path)
    save(first, {"skills": ["care", "legal"]}, path)

    page = save(second, {"half_days": ["0", "4"]}, path, 409)

    shown = set(cards(page).values())
    assert shown == {("照料", "照料、法律咨询", "theirs"), ("周一上午、周二下午", "周一上午", "mine")}
    save(page, {}, path)
    session.refresh(row)
    assert ([able.skill for able in row.skills], row.half_days) == ([Skill.CARE, Skill.LEGAL], 17)


@pytest.mark.parametrize("opened", ["", "nonsense", '{"note": {"sent": 1}}'])
def test_a_form_without_memory_asks_about_everything_that_differs(worker, household, session, opened):
    path = f"/households/{household.id}"
    first, second = open_twice(worker, path)
    save(first, {"note": "甲"}, path)

    page = save(second, {"note": "乙", "opened": opened}, path, 409)

    assert cards(page) == {"备注": ("乙", "甲")}
    assert session.get_one(Household, household.id).note == "甲"
