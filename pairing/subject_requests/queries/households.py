"""The file of a household, as the household may have it: helpers and companies stay masked."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from pairing.areas.queries import area_path
from pairing.consents.models import Consent
from pairing.funds.models import Reservation
from pairing.households.models import Household
from pairing.pairings.models import Pairing
from pairing.privacy.masking import mask_address, mask_identity, mask_name, mask_phone
from pairing.subject_requests.queries.sections import Section, facts
from pairing.values.half_days import labels
from pairing.values.money import format_money
from pairing.values.phone import format_phone
from pairing.visits.models import Visit, VisitReport
from pairing.volunteers.models import Volunteer
from pairing.wording import _


def household_sections(session: Session, row: Household, is_whole: bool) -> list[Section]:
    """Return every part of the file."""
    return [
        _own(session, row, is_whole),
        _members(row, is_whole),
        _needs(row),
        _pairings(session, row),
        _visits(session, row, is_whole),
        _money(session, row),
        _consents(session, row, is_whole),
    ]


def _own(session: Session, row: Household, is_whole: bool) -> Section:
    phone = row.phone or ""
    income = format_money(row.monthly_income_fen) if row.monthly_income_fen is not None else ""
    return facts(
        _("家庭情况"),
        [
            (_("档案号"), row.file_no),
            (_("户主"), row.head_name if is_whole else mask_name(row.head_name)),
            (_("所在区域"), " › ".join(area.name for area in area_path(session, row.area_code))),
            (_("住址"), row.address if is_whole else mask_address(row.address)),
            (_("联系电话"), (format_phone(phone) if is_whole else mask_phone(phone)) if phone else ""),
            (_("家庭类别"), row.category.label),
            (_("致困原因"), row.cause.label if row.cause else ""),
            (_("紧急程度"), row.urgency.label),
            (_("家庭人口"), row.member_count),
            (_("月人均收入"), income),
            (_("需要志愿者"), row.visitors_wanted),
            (_("方便的时间"), "、".join(map(str, labels(row.half_days)))),
            (_("对志愿者"), row.gender_wish.label),
            (_("语言"), row.language_wish),
            (_("备注"), row.note),
            (_("登记日期"), row.registered_on),
            (_("状态"), row.status.label),
            (_("退出日期"), row.closed_on),
        ],
    )


def _members(row: Household, is_whole: bool) -> Section:
    lines = [
        (
            one.name if is_whole else mask_name(one.name),
            one.relation,
            one.gender.label,
            one.birth_on if is_whole else one.birth_on.year,
            one.identity_number if is_whole else mask_identity(one.identity_number),
        )
        for one in row.members
    ]
    columns = (_("姓名"), _("关系"), _("性别"), _("出生日期"), _("身份证号"))
    return Section(_("家庭成员"), columns, lines)


def _needs(row: Household) -> Section:
    lines = [
        (
            one.created_at,
            one.need_type.label,
            format_money(one.amount_fen) if one.amount_fen else "",
            one.status.label,
            one.note,
        )
        for one in row.needs
    ]
    columns = (_("登记时间"), _("需求"), _("金额"), _("状态"), _("说明"))
    return Section(_("需求"), columns, lines)


def _pairings(session: Session, row: Household) -> Section:
    found = select(Pairing, Volunteer.name).join(Volunteer, Volunteer.id == Pairing.volunteer_id)
    mine = found.where(Pairing.household_id == row.id).order_by(Pairing.id)
    lines = [(mask_name(name), one.started_on, one.ended_on or "") for one, name in session.execute(mine)]
    return Section(_("结对"), (_("志愿者"), _("开始"), _("结束")), lines)


def _visits(session: Session, row: Household, is_whole: bool) -> Section:
    found = select(Visit, VisitReport).outerjoin(VisitReport, VisitReport.visit_id == Visit.id)
    mine = found.where(Visit.household_id == row.id).order_by(Visit.starts_at.desc())
    lines = []
    for visit, report in session.execute(mine):
        words = report.note if report and is_whole else ""
        lines.append((visit.starts_at, visit.status.label, report.minutes if report else "", words))
    return Section(_("走访"), (_("时间"), _("状态"), _("分钟"), _("记录")), lines)


def _money(session: Session, row: Household) -> Section:
    mine = select(Reservation).where(Reservation.household_id == row.id).order_by(Reservation.id)
    lines = [
        (one.reserved_at, format_money(one.amount_fen), one.status.label) for one in session.scalars(mine)
    ]
    return Section(_("资金安排"), (_("时间"), _("金额"), _("状态")), lines)


def _consents(session: Session, row: Household, is_whole: bool) -> Section:
    mine = select(Consent).where(Consent.household_id == row.id).order_by(Consent.id)
    lines = [
        (
            one.purpose.label,
            one.text_version,
            one.given_on,
            one.giver_name if is_whole else mask_name(one.giver_name),
            one.withdrawn_on or "",
        )
        for one in session.scalars(mine)
    ]
    columns = (_("事项"), _("文本版本"), _("同意日期"), _("同意人"), _("撤回日期"))
    return Section(_("同意记录"), columns, lines)
