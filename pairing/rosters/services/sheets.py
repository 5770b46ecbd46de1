"""Workbooks that go out: refused rows to be corrected, empty rosters to be filled in."""

from collections.abc import Sequence
from typing import Any

from pairing.households.models import HardshipCause, Urgency
from pairing.rosters.models import RosterKind
from pairing.rosters.services import enterprises, households, volunteers
from pairing.rosters.services.verdicts import Reading
from pairing.values.needs import Category
from pairing.values.people import Gender
from pairing.volunteers.models import PoliticalStatus, Reach
from pairing.wording import Labelled
from pairing.workbooks.plans import Column, SheetPlan
from pairing.workbooks.writing import write_workbook

REASON = "未导入原因"
ROW = "原行号"
LONG_NUMBERS = ("身份证", "信用代码", "电话")
WIDE = (
    "身份证",
    "信用代码",
    "住址",
    "单位名称",
    "需求",
    "服务技能",
    "可服务时间",
    "方便时间",
    "备注",
    REASON,
)
COLUMNS: dict[RosterKind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    RosterKind.HOUSEHOLDS: (households.REQUIRED, households.OPTIONAL),
    RosterKind.VOLUNTEERS: (volunteers.REQUIRED, volunteers.OPTIONAL),
    RosterKind.ENTERPRISES: (enterprises.REQUIRED, enterprises.OPTIONAL),
}
LISTS: dict[str, type[Labelled]] = {
    "家庭类别": Category,
    "致困原因": HardshipCause,
    "紧急程度": Urgency,
    "性别": Gender,
    "政治面貌": PoliticalStatus,
    "服务范围": Reach,
}
SAMPLES: dict[str, object] = {
    "户主姓名": "张某某",
    "姓名": "张某某",
    "成员姓名": "张小某",
    "单位名称": "示例商贸有限公司",
    "户主身份证号": "370299195601010028",
    "身份证号": "370299198511113051",
    "成员身份证号": "370299201209082033",
    "统一社会信用代码": "91370299MA00DEM01K",
    "联系人": "李某某",
    "联系电话": "10000000001",
    "家庭住址": "示例路 1 号 2 单元 301 室",
    "家庭人口": 2,
    "需求": "就医、陪伴",
    "登记日期": "2026-11-23",
    "月人均收入": "1250元",
    "方便时间": "周六上午、周三下午",
    "可服务时间": "周六上午、周三下午",
    "走访人数": 1,
    "可结对户数": 1,
    "服务技能": "陪伴聊天、水电维修",
    "所属党组织": "示例第一党支部",
    "与户主关系": "子",
    "认捐金额": "2万元",
    "定向用途": "就医、照护",
    "帮扶范围": "市南区",
    "单户上限": "5000元",
    "有效期至": "2027-12-31",
    "备注": "希望女志愿者",
}
HINT = "填写说明:带*为必填;身份证号、电话请保持文本格式;灰色示例行不会导入。"


def refused_rows(kind: RosterKind, reading: Reading[Any]) -> bytes:
    """Return the refused rows as they were typed, each with the reason, ready to be sent again."""
    names = [*COLUMNS[kind][0], *COLUMNS[kind][1]]
    columns = [_column(name, kind, ()) for name in (*names, REASON, ROW)]
    rows = [
        [*(verdict.row.get(name) for name in names), str(verdict.refusal.message), verdict.number]
        for verdict in reading.verdicts
        if verdict.refusal
    ]
    return write_workbook([SheetPlan(str(kind.label), columns, rows)])


def blank_roster(kind: RosterKind, communities: Sequence[str]) -> bytes:
    """Return an empty roster with drop-down lists, a hint and a sample row."""
    names = [*COLUMNS[kind][0], *COLUMNS[kind][1]]
    number = Column("序号", width=8, sample="示例")
    columns = [number, *(_column(name, kind, communities) for name in names)]
    plans = [SheetPlan(str(kind.label), columns, title=f"{kind.label}登记表", hint=HINT, is_form=True)]
    if kind is RosterKind.HOUSEHOLDS:
        members = [number, *(_column(name, kind, ()) for name in households.MEMBER_COLUMNS)]
        plans.append(SheetPlan("家庭成员", members, title="家庭成员登记表", hint=HINT, is_form=True))
    return write_workbook(plans)


def _column(name: str, kind: RosterKind, communities: Sequence[str]) -> Column:
    choices = list(communities) if name.endswith("社区") else [str(m.label) for m in LISTS.get(name, ())]
    return Column(
        name,
        width=24 if any(part in name for part in WIDE) else 14,
        is_required=name in COLUMNS[kind][0] or name in households.MEMBER_COLUMNS,
        is_text=any(part in name for part in LONG_NUMBERS),
        choices=choices,
        sample=SAMPLES.get(name, choices[0] if choices else ""),
    )
