"""How a company and a volunteer come in by themselves, and staff let them."""

from tests.browser.person import Person
from tests.support.makers import identity_number, phone_number, uscc

CHOSEN = "自己选的一句话,长得足够,也好记"  # the password
COMPANY = "青岛海风食品有限公司"
VOLUNTEER = "陈建国"
CONSENT = "我同意社区为安排结对帮扶使用以上信息;信息不公开,随时可以要求更正或删除"
MANDATE = "我确认有权代表本单位登记,并同意平台为结对帮扶使用以上信息"


def register_company(person: Person, sign_in_name: str) -> None:
    """Register a company from the first page on."""
    person.goes_to("/").follows("我要认捐")
    person.fills({"单位名称": COMPANY, "统一社会信用代码": uscc(), "由哪里对接": "市南区"})
    person.fills({"联系人": "赵敏", "联系电话": "138 0013 8000"})
    _choose_account(person, sign_in_name)
    person.ticks(MANDATE).presses("提交登记").sees("登记已提交,谢谢贵单位")


def register_volunteer(person: Person, sign_in_name: str) -> None:
    """Register a volunteer who can care and keep company, on Monday mornings and on Saturdays."""
    person.goes_to("/").follows("我要当志愿者")
    person.fills({"姓名": VOLUNTEER, "身份证号": identity_number(), "手机号": phone_number()})
    person.fills({"居住社区": "台西社区"}).ticks("陪伴聊天", "照料", within="能做什么")
    person.ticks("周一上午").presses("周六")
    _choose_account(person, sign_in_name)
    person.ticks(CONSENT).presses("提交登记").sees("社区")


def approve(staff: Person, register: str, name: str) -> None:
    """Go from the register's hint to whoever waits, and let them in."""
    staff.turns_to(register).follows("去审核").follows(name)
    staff.presses("通过").sees("已通过")


def _choose_account(person: Person, sign_in_name: str) -> None:
    person.fills({"登录名": sign_in_name, "密码": CHOSEN, "再输一次密码": CHOSEN})
