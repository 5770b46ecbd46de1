"""Rows of 困难家庭 and 家庭成员."""

import re
from collections import defaultdict
from datetime import date

from pairing.errors import BadValue
from pairing.households.models import GenderWish, HardshipCause, Urgency
from pairing.households.services import HouseholdValues, MemberValues, NeedValues
from pairing.rosters.services.places import Gazetteer
from pairing.rosters.services.verdicts import Reading, Remark, Verdict, judge, refuse_repeats
from pairing.values import choices
from pairing.values.dates import read_date
from pairing.values.half_days import read_half_days
from pairing.values.identity import normal_identity, read_identity
from pairing.values.money import read_money
from pairing.values.needs import Category, NeedType
from pairing.values.numbers import read_count
from pairing.values.phone import read_phone
from pairing.values.text import cell_text, read_line, read_name, read_note
from pairing.wording import _
from pairing.workbooks.sheets import Sheet
from pairing.workbooks.tables import TableRow, find_table, has_table

REQUIRED = ("社区", "户主姓名", "户主身份证号", "家庭类别")
OPTIONAL = (
    "联系电话", "家庭住址", "家庭人口", "致困原因", "需求", "登记日期", "月人均收入", "备注",
    "紧急程度", "方便时间", "走访人数",
)  # fmt: skip
MEMBER_COLUMNS = ("户主身份证号", "成员姓名", "成员身份证号", "与户主关系")
CATEGORIES = choices.table(
    Category,
    {
        "低保": Category.DIBAO,
        "低保户": Category.DIBAO,
        "低保家庭": Category.DIBAO,
        "城市低保": Category.DIBAO,
        "农村低保": Category.DIBAO,
        "特困": Category.TEKUN,
        "特困供养": Category.TEKUN,
        "特困户": Category.TEKUN,
        "低保边缘": Category.DIBAO_MARGINAL,
        "边缘户": Category.DIBAO_MARGINAL,
        "支出型困难家庭": Category.EXPENDITURE_POOR,
        "大病": Category.MAJOR_ILLNESS,
        "重大疾病": Category.MAJOR_ILLNESS,
        "残疾": Category.DISABLED,
        "失独": Category.FAMILY_PLANNING_SPECIAL,
        "独居": Category.LIVING_ALONE,
        "孤寡": Category.LONELY_ELDER,
        "其他": Category.OTHER_LOW_INCOME,
    },
)
CAUSES = choices.table(HardshipCause, {"意外": HardshipCause.ACCIDENT, "因灾": HardshipCause.DISASTER})
URGENCIES = choices.table(Urgency, {"红": Urgency.RED, "黄": Urgency.YELLOW, "蓝": Urgency.BLUE})
NEEDS = choices.table(
    NeedType,
    {
        "看病": NeedType.MEDICAL,
        "照料": NeedType.CARE,
        "陪伴聊天": NeedType.COMPANIONSHIP,
        "法律咨询": NeedType.LEGAL,
    },
)
LANGUAGE = re.compile(r"[说讲会懂]([\u4e00-\u9fff]{1,4}话)")


def read_households(
    sheets: list[Sheet], places: Gazetteer, scope: str, today: date
) -> Reading[HouseholdValues]:
    """Judge every row of the register; members hang on their head, whose own row decides."""
    members, remarks = _members(sheets, today)
    rows = find_table(sheets, REQUIRED, OPTIONAL).rows

    def read(row: TableRow) -> HouseholdValues:
        return _household(row, places, scope, today, members)

    verdicts = [judge(row, lambda r: normal_identity(r.get("户主身份证号")), read) for row in rows]
    refuse_repeats(verdicts)
    for verdict in verdicts:
        _compare_count(verdict)
    return Reading(verdicts, remarks)


def _household(
    row: TableRow, places: Gazetteer, scope: str, today: date, members: dict[str, list[MemberValues]]
) -> HouseholdValues:
    name = read_name(row.get("户主姓名"))
    area_code = places.community(row.get("社区"), scope)
    identity = read_identity(row.get("户主身份证号"), today)
    note = read_note(row.get("备注"))
    return HouseholdValues(
        area_code=area_code,
        head_name=name,
        head_identity=identity,
        category=choices.read_choice(row.get("家庭类别"), CATEGORIES, "unknown_category"),
        registered_on=_registered_on(row, today),
        urgency=_optional(row, "紧急程度", URGENCIES, "unknown_urgency") or Urgency.NONE,
        cause=_optional(row, "致困原因", CAUSES, "unknown_cause"),
        member_count=read_count(row.get("家庭人口"), 1 + len(members[identity]), least=1, most=30),
        monthly_income_fen=read_money(row.get("月人均收入")) if _filled(row, "月人均收入") else None,
        address=read_line(row.get("家庭住址")),
        phone=read_phone(row.get("联系电话")) if _filled(row, "联系电话") else None,
        visitors_wanted=read_count(row.get("走访人数"), 1, least=1, most=2),
        half_days=read_half_days(row.get("方便时间")),
        gender_wish=gender_wish(note),
        language_wish=language(note),
        note=note,
        members=tuple(members[identity]),
        needs=tuple(map(NeedValues, choices.read_choices(row.get("需求"), NEEDS, "unknown_need"))),
    )


def gender_wish(note: str) -> GenderWish:
    """Read 希望女志愿者 or 希望男志愿者 out of a remark."""
    for wish in (GenderWish.FEMALE, GenderWish.MALE):
        if str(wish.label) in note:
            return wish
    return GenderWish.ANY


def language(note: str) -> str:
    """Read 说胶东话 or 会胶东话 out of a remark: 胶东话."""
    found = LANGUAGE.search(note)
    return found[1] if found else ""


def _filled(row: TableRow, column: str) -> bool:
    return bool(cell_text(row.get(column)).strip())


def _optional(row: TableRow, column: str, spellings: dict[str, choices.M], code: str) -> choices.M | None:
    return choices.read_choice(row.get(column), spellings, code) if _filled(row, column) else None


def _registered_on(row: TableRow, today: date) -> date:
    registered_on = read_date(row.get("登记日期")) if _filled(row, "登记日期") else today
    if registered_on > today:
        raise BadValue("date_in_future", _("登记日期在今天之后"))
    return registered_on


def _members(sheets: list[Sheet], today: date) -> tuple[dict[str, list[MemberValues]], list[Remark]]:
    """Read the sheet of members by their head's number; what cannot be read is a remark, not a refusal."""
    found: dict[str, list[MemberValues]] = defaultdict(list)
    remarks: list[Remark] = []
    if not has_table(sheets, MEMBER_COLUMNS):
        return found, remarks
    for row in find_table(sheets, MEMBER_COLUMNS).rows:
        try:
            found[normal_identity(row.get("户主身份证号"))].append(_member(row, today))
        except BadValue as bad:
            words = _("家庭成员第 %(row)d 行未导入:%(why)s", row=row.number, why=bad.message)
            remarks.append(Remark(row.number, f"member_{bad.code}", words))
    return found, remarks


def _member(row: TableRow, today: date) -> MemberValues:
    name = read_name(row.get("成员姓名"))
    identity = read_identity(row.get("成员身份证号"), today)
    return MemberValues(name, read_line(row.get("与户主关系"), 20), identity)


def _compare_count(verdict: Verdict[HouseholdValues]) -> None:
    values = verdict.values
    if verdict.refusal or values is None or values.member_count == 1 + len(values.members):
        return
    words = _(
        "家庭人口填 %(said)d,家庭成员表连户主共 %(found)d 人",
        said=values.member_count or 0,
        found=1 + len(values.members),
    )
    verdict.warnings.append(Remark(verdict.number, "member_count_differs", words))
