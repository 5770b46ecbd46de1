"""What staff do in the four steps of matching, and afterwards with the answers."""

from tests.browser.person import Person


def match_people(staff: Person) -> None:
    """Choose whom and by which rules, look at the numbers, look at the pairs, propose them."""
    staff.turns_to("匹配").follows("匹配志愿者").sees("为谁匹配", "按什么规则")
    staff.presses("看预览").sees("匹配预览", "可以安排", "平均契合")
    staff.follows("可以安排").sees("匹配建议", "分")
    staff.presses_and_agrees("提出建议").sees("条建议")


def note_answer(staff: Person) -> None:
    """Write down that the volunteer on the page said yes on the phone, having no account."""
    staff.ticks("同意", within="答复").ticks("电话", within="怎样得知").presses("记录答复").sees(
        "征求家庭意见"
    )


def note_consent(staff: Person) -> None:
    """Write down for the proposal on the page that the household agrees, as a daughter signed for it."""
    staff.fills({"谁同意的": "其他人", "姓名": "王芳", "与户主关系": "女儿"})
    staff.ticks("签了纸质同意书", within="怎样同意的").presses("家庭同意").sees("确认结对")


def confirm(staff: Person, first_visit_on: str) -> None:
    """Confirm the proposal on the page, with a first visit on a day whose hour is still open."""
    staff.fills({"首次走访日期": first_visit_on, "时间": "只约定日期,几点另外商量"})
    staff.presses("确认结对").sees("结对已确认")
