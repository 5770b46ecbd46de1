"""A company gives: from registering to seeing where its money is."""

import pytest

from tests.browser.person import Person
from tests.browser.registering import CHOSEN, COMPANY, approve, register_company
from tests.support.makers import make_household, make_need, make_staff

pytestmark = pytest.mark.browser
SECRETS = ("苏守义", "汇泉新村七号楼", "13905320007", "139 0532 0007", "370202002-2026-000777")
HOME = {"head_name": "苏守义", "address": "汇泉新村七号楼", "phone": "+8613905320007", "file_no": SECRETS[-1]}
ITS_PAGES = (
    "/home",
    "/enterprises/pledges",
    "/matching/grants/mine",
    "/matching/grants/mine?tab=over",
    "/inbox",
)


def seed():
    """Make a household that needs 3,000 yuan for a treatment, and staff of the district."""
    make_need(make_household(**HOME), amount_fen=300_000)
    return make_staff().sign_in_name


def pledge(company: Person) -> None:
    """Pledge 20,000 yuan for treatments, at most 5,000 for a household."""
    company.turns_to("认捐").follows("新增认捐").fills({"认捐金额": "2万元", "每户最多": "5000"})
    company.ticks("就医", within="用于哪些需求").presses("登记认捐").sees("2 万元", "5,000.00 元")


def arrange_money(staff: Person) -> None:
    """Find money for the needs of the district and ask the companies."""
    staff.turns_to("匹配").follows("安排资金").presses("看预览").sees("可以安排")
    staff.presses_and_agrees("提出建议").sees("提出 1 条建议")


def test_a_company_sees_where_its_money_was_reserved_and_not_for_whom(site, desk, new_page):
    staff, company = Person(new_page()), Person(desk)
    staff.signs_in(site.make(seed))
    register_company(company, "haifeng")
    approve(staff, "企业", COMPANY)

    pledge(company.signs_in("haifeng", CHOSEN))
    arrange_money(staff)
    company.goes_to("/home").follows("去看看").follows("家庭").presses("同意").sees("已同意")
    staff.goes_to("/review/grants").follows("查看").presses("确认预留").sees("已预留")

    company.turns_to("认捐").follows("看钱用在哪里").sees("就医", "3,000.00 元", "已预留", "家庭 ")
    assert_nothing_tells_who(company)


def assert_nothing_tells_who(company: Person) -> None:
    """Read every page of the company; none may hold what identifies the household."""
    read = company.reads() + "".join(company.goes_to(path).reads() for path in ITS_PAGES)
    assert [secret for secret in SECRETS if secret in read] == []
    assert "就医" in read
