"""A volunteer with a telephone: from registering to the report of a visit."""

from datetime import timedelta

import pytest

from pairing import clock
from tests.browser.matching import confirm, match_people, note_consent
from tests.browser.person import Person
from tests.browser.registering import CHOSEN, VOLUNTEER, approve, register_volunteer
from tests.support.makers import HOME, make_household, make_staff

pytestmark = pytest.mark.browser
HEAD = {"head_name": "苏守义", "address": "汇泉新村七号楼", "phone": "+8613905320007"}
WHO = ("苏守义", "汇泉新村七号楼", "139 0532 0007")


def seed():
    """Make a household that waits for somebody, and the staff of its community."""
    make_household(**HEAD)
    return make_staff(HOME).sign_in_name


def next_saturday(today):
    """Return a day after today on which the volunteer is free."""
    return today + timedelta(days=7 - (today.weekday() + 2) % 7)


def open_visit(staff: Person, day: str) -> None:
    """Open a visit for whoever signs up."""
    staff.turns_to("家庭").follows(HEAD["head_name"]).follows("开放一次走访报名")
    staff.fills({"走访日期": day, "这次去做什么": "看看暖气热不热"}).ticks("上午 9:30", within="时段")
    staff.presses("开放报名").sees("看看暖气热不热")


def report(volunteer: Person) -> None:
    """Report today's visit with five taps and not one letter."""
    volunteer.turns_to("走访").follows("填写走访记录").ticks("见到了", "30 分钟")
    volunteer.page.get_by_role("group", name="家里情况").get_by_role("radio").first.check()
    volunteer.page.get_by_role("group", name="聊了什么").get_by_role("checkbox").first.check()
    volunteer.presses("提交记录").sees("谢谢")


def test_a_volunteer_registers_accepts_visits_and_reports_on_a_phone(site, phone, new_page):
    staff, volunteer = Person(new_page()), Person(phone)
    today = clock.today()
    staff.signs_in(site.make(seed))
    register_volunteer(volunteer, "chenjg")
    approve(staff, "志愿者", VOLUNTEER)
    match_people(staff)

    volunteer.signs_in("chenjg", CHOSEN).follows("去看看").follows("一户家庭")
    assert not any(word in volunteer.reads() for word in WHO)
    volunteer.presses("我愿意").sees("您已接受")
    note_consent(staff.follows("去看答复并确认").follows("记录家庭意见"))
    confirm(staff, today.isoformat())
    volunteer.goes_to("/home").follows("查看").sees(*WHO)

    open_visit(staff, next_saturday(today).isoformat())
    volunteer.turns_to("走访").follows("报名走访").presses("我去", among="看看暖气").sees("看看暖气热不热")
    report(volunteer)
