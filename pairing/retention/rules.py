"""What is kept how long, and why: one table, which the settings may change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pairing.settings import BadSettings
from pairing.wording import Wording, _

AGES_IN_A_BAND = 10
SMALL_CELL = 5  # fewer households of one kind in one community could be told apart by their neighbours
INCOME_STEP_FEN = 50_000  # what is left of an income is a figure rounded to 500 yuan


@dataclass(frozen=True)
class RetentionRule:
    """One kind of thing: after *days* what is personal in it goes; *elsewhere* another job sees to it."""

    code: str  # also the name of its setting in PAIRING_KEEP_DAYS
    what: Wording
    deed: Wording
    basis: Wording
    days: int
    least: int = 1  # no setting goes below
    elsewhere: bool = False


MINIMAL = _("个人信息保护法第十九条:实现目的所必要的最短时间")
RULES = (
    RetentionRule(
        "closed_households",
        _("已退出家庭的档案"),
        _("退出后到期匿名化,只留统计所需"),
        _("救助档案保管期限(以当地档案规定为准,默认 5 年)"),
        1826,
        least=365,
    ),
    RetentionRule("visit_reports", _("走访记录中的文字"), _("删除文字,保留次数和时长"), MINIMAL, 730, 90),
    RetentionRule("stored_files", _("走访照片和附件"), _("删除文件"), MINIMAL, 0, 0),  # each says till when
    RetentionRule("applications", _("未通过或一直未审核的申请"), _("匿名化"), MINIMAL, 180, 30),
    RetentionRule(
        "left_volunteers",
        _("已退出的志愿者"),
        _("匿名化,服务次数和时长保留"),
        _("志愿服务条例:服务记录的查询与证明"),
        730,
        least=90,
    ),
    RetentionRule("messages", _("站内消息和邮件的正文"), _("删除正文,保留时间和主题"), MINIMAL, 365, 30),
    RetentionRule("sign_in_failures", _("登录失败次数"), _("删除"), MINIMAL, 90),
    RetentionRule("tokens", _("用过或过期的邀请链接"), _("删除"), MINIMAL, 1, elsewhere=True),
    RetentionRule("exports", _("导出的文件"), _("删除文件,保留导出记录"), MINIMAL, 7, elsewhere=True),
    RetentionRule("rosters", _("导入的名册原件"), _("删除原件,保留结果数字"), MINIMAL, 7, elsewhere=True),
    RetentionRule("requests", _("个人信息请求的文字"), _("办结后到期删除"), MINIMAL, 1095, elsewhere=True),
    RetentionRule(
        "audit",
        _("操作记录"),
        _("本平台不删除"),
        _("网络安全法第二十三条:日志留存不少于六个月"),
        185,
        least=185,
        elsewhere=True,
    ),
)
BY_CODE: Mapping[str, RetentionRule] = {rule.code: rule for rule in RULES}
OWN = tuple(rule for rule in RULES if not rule.elsewhere)
SETTABLE = frozenset({*(rule.code for rule in OWN if rule.days), "requests"})


def check_settings(settings: Mapping[str, int]) -> None:
    """Refuse a setting that names no rule, or fewer days than the rule must wait.

    Raises
    ------
    BadSettings : PAIRING_KEEP_DAYS is wrong; nothing is forgotten too early by a slip of the pen.
    """
    for code, days in settings.items():
        if code not in SETTABLE:
            raise BadSettings(f"PAIRING_KEEP_DAYS names no rule {code!r}; there are {sorted(SETTABLE)}")
        if days < BY_CODE[code].least:
            raise BadSettings(f"PAIRING_KEEP_DAYS keeps {code} at least {BY_CODE[code].least} days")


def days_of(rule: RetentionRule, settings: Mapping[str, int]) -> int:
    """Return how many days the rule waits: what the office has set, never less than its least."""
    return max(rule.least, settings.get(rule.code, rule.days))


def age_band(birth_on: date, on: date) -> str:
    """Return the ten years of age in which somebody was: 60-69."""
    age = on.year - birth_on.year - ((on.month, on.day) < (birth_on.month, birth_on.day))
    first = max(age, 0) // AGES_IN_A_BAND * AGES_IN_A_BAND
    return f"{first}-{first + AGES_IN_A_BAND - 1}"


def month_of(day: date) -> date:
    """Return the first day of the month: what is left of a date."""
    return day.replace(day=1)


def decade_of(day: date) -> date:
    """Return the first day of the ten years of a birth: 1956-03-08 becomes 1950-01-01."""
    return date(day.year // AGES_IN_A_BAND * AGES_IN_A_BAND, 1, 1)


def rounded_income(fen: int | None) -> int | None:
    """Return an income rounded to 500 yuan."""
    return None if fen is None else round(fen / INCOME_STEP_FEN) * INCOME_STEP_FEN
