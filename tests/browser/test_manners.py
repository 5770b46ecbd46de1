"""What every page does for whoever reads it: languages, large type, keyboard, double clicks, the way back."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from pairing import clock
from pairing.db import db
from pairing.enterprises.models import Pledge
from pairing.matching.models import ProposalStatus
from pairing.pairings.models import Pairing
from tests.browser.person import Person
from tests.support.makers import PASSWORD, make_company_user, make_proposal, make_staff

pytestmark = pytest.mark.browser
TABS = 20  # more than the first page has


def count(model):
    """Return a deed that counts the rows of *model*."""
    return lambda: db.session.scalar(select(func.count()).select_from(model))


def proposal_to_confirm():
    """Make a proposal to which everybody has said yes; return its address and who decides."""
    now, staff = clock.now(), make_staff()
    proposal = make_proposal(
        status=ProposalStatus.ACCEPTED, answered_at=now, consent_at=now, consent_by_id=staff.id
    )
    return f"/review/proposals/{proposal.id}", staff.sign_in_name


def test_english_and_chinese_are_one_press_away_and_remembered(desk):
    reader = Person(desk).goes_to("/")
    root = desk.locator("html")

    desk.get_by_role("button", name="English").click()
    expect(root).to_have_attribute("lang", "en")
    expect(reader.goes_to("/accounts/sign-in").page.locator("html")).to_have_attribute("lang", "en")

    desk.get_by_role("button", name="中文").click()
    expect(root).to_have_attribute("lang", "zh-CN")
    reader.sees("登录名")


def test_large_type_is_remembered(phone):
    Person(phone).goes_to("/")

    phone.get_by_role("button", name="大字").click()

    expect(phone.get_by_role("button", name="大字")).to_have_attribute("aria-pressed", "true")
    phone.goto("/volunteers/registration")
    expect(phone.locator("html")).to_have_css("font-size", "20px")
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_keyboard_alone_signs_in(site, desk):
    name = site.make(lambda: make_staff().sign_in_name)
    Person(desk).goes_to("/")

    for _turn in range(TABS):
        desk.keyboard.press("Tab")
        if desk.evaluate("document.activeElement.innerText") == "登录":
            break
    desk.keyboard.press("Enter")
    expect(desk.get_by_label("登录名")).to_be_focused()
    for words, key in ((name, "Tab"), (PASSWORD, "Enter")):
        desk.keyboard.type(words)
        desk.keyboard.press(key)
    expect(desk.get_by_label("验证码")).to_be_focused()
    desk.keyboard.type(desk.locator("#demo-code").inner_text())
    desk.keyboard.press("Enter")

    expect(desk).to_have_url(f"{site.url}/home")


def test_the_first_key_leads_past_the_navigation(site, desk):
    Person(desk).signs_in(site.make(lambda: make_staff().sign_in_name))

    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")

    expect(desk.locator("#main")).to_be_focused()


def test_a_double_click_confirms_once(site, desk):
    page, name = site.make(proposal_to_confirm)
    staff = Person(desk).signs_in(name).goes_to(page)

    staff.main.get_by_role("button", name="确认结对").dblclick()

    staff.sees("结对已确认")
    assert site.make(count(Pairing)) == 1


def test_a_page_that_is_behind_confirms_nothing_again(site, desk):
    page, name = site.make(proposal_to_confirm)
    staff = Person(desk).signs_in(name).goes_to(page)
    behind = Person(desk.context.new_page()).goes_to(page)
    staff.presses("确认结对").sees("结对已确认")

    behind.presses("确认结对").sees("已处理")

    assert site.make(count(Pairing)) == 1


def test_going_back_and_forth_after_pledging_pledges_once(site, desk):
    name = site.make(lambda: make_company_user()[0].sign_in_name)
    company = Person(desk).signs_in(name).goes_to("/enterprises/pledges/new")
    company.fills({"认捐金额": "2万元"}).presses("登记认捐").sees("我们的认捐", "2 万元")

    desk.go_back()
    company.sees("新增认捐")
    desk.go_forward()
    desk.reload()

    company.sees("我们的认捐", "2 万元")
    assert site.make(count(Pledge)) == 1
