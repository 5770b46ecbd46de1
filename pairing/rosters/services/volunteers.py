"""Rows of 志愿者."""

from datetime import date

from pairing.errors import BadValue
from pairing.rosters.services.households import language
from pairing.rosters.services.places import Gazetteer
from pairing.rosters.services.verdicts import Reading, judge, refuse_repeats
from pairing.values import choices
from pairing.values.half_days import read_half_days
from pairing.values.identity import age_on, birth_date, gender, normal_identity, read_identity
from pairing.values.numbers import read_count
from pairing.values.people import Gender
from pairing.values.phone import read_phone
from pairing.values.text import cell_text, read_line, read_name, read_note
from pairing.volunteers.models import PoliticalStatus, Reach, Skill
from pairing.volunteers.services import VolunteerValues
from pairing.wording import _
from pairing.workbooks.sheets import Sheet
from pairing.workbooks.tables import TableRow, find_table

REQUIRED = ("姓名", "身份证号", "联系电话", "所在社区")
OPTIONAL = ("性别", "政治面貌", "所属党组织", "服务技能", "可服务时间", "可结对户数", "服务范围", "备注")
ADULT = 18
GENDERS = choices.table(Gender, {"男性": Gender.MALE, "女性": Gender.FEMALE})
POLITICAL = choices.table(
    PoliticalStatus,
    {
        "党员": PoliticalStatus.PARTY_MEMBER,
        "预备党员": PoliticalStatus.PROBATIONARY,
        "团员": PoliticalStatus.LEAGUE_MEMBER,
        "无党派": PoliticalStatus.NO_PARTY,
    },
)
SKILLS = choices.table(Skill, {"陪伴": Skill.COMPANIONSHIP, "照护": Skill.CARE, "维修": Skill.REPAIR})
REACHES = choices.table(Reach)


def read_volunteers(
    sheets: list[Sheet], places: Gazetteer, scope: str, today: date
) -> Reading[VolunteerValues]:
    """Judge every row of the register."""

    def read(row: TableRow) -> VolunteerValues:
        return _volunteer(row, places, scope, today)

    rows = find_table(sheets, REQUIRED, OPTIONAL).rows
    verdicts = [judge(row, lambda r: normal_identity(r.get("身份证号")), read) for row in rows]
    refuse_repeats(verdicts)
    return Reading(verdicts)


def _volunteer(row: TableRow, places: Gazetteer, scope: str, today: date) -> VolunteerValues:
    note = read_note(row.get("备注"))
    return VolunteerValues(
        name=read_name(row.get("姓名")),
        area_code=places.community(row.get("所在社区"), scope),
        identity_number=_identity(row, today),
        phone=read_phone(row.get("联系电话")),
        registered_on=today,
        political_status=_optional(row, "政治面貌", POLITICAL, "unknown_political_status"),
        party_branch=read_line(row.get("所属党组织"), 100),
        half_days=read_half_days(row.get("可服务时间")),
        skills=tuple(choices.read_choices(row.get("服务技能"), SKILLS, "unknown_skill")),
        reach=_optional(row, "服务范围", REACHES, "unknown_reach") or Reach.SUBDISTRICT,
        capacity=read_count(row.get("可结对户数"), 1, least=0, most=20),
        languages=language(note),
        note=note,
    )


def _identity(row: TableRow, today: date) -> str:
    number = read_identity(row.get("身份证号"), today)
    if age_on(birth_date(number), today) < ADULT:
        raise BadValue("under_age", _("未满 18 周岁"))
    said = _optional(row, "性别", GENDERS, "unknown_gender")
    if said and said is not gender(number):
        raise BadValue("gender_differs_from_id", _("性别与身份证号不符"))
    return number


def _optional(row: TableRow, column: str, spellings: dict[str, choices.M], code: str) -> choices.M | None:
    cell = row.get(column)
    return choices.read_choice(cell, spellings, code) if cell_text(cell).strip() else None
