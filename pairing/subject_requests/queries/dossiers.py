"""Everything that is kept about one person or household, with nothing about anybody else."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pairing.accounts.models import User
from pairing.areas.queries import area_path
from pairing.audit.models import AuditEntry
from pairing.audit.rules import ACTIONS
from pairing.enterprises.models import Enterprise
from pairing.outbox.models import Message
from pairing.privacy.masking import mask_identity, mask_phone
from pairing.readers import everywhere
from pairing.subject_requests.models import About, SubjectRequest
from pairing.subject_requests.queries.deeds import (
    company_pledges,
    volunteer_pairings,
    volunteer_proposals,
    volunteer_visits,
)
from pairing.subject_requests.queries.households import household_sections
from pairing.subject_requests.queries.sections import Section, facts
from pairing.values.half_days import labels
from pairing.values.phone import format_phone
from pairing.volunteers.models import Volunteer
from pairing.wording import Wording, _

LOOKS = ("reveal_household", "reveal_volunteer", "reveal_enterprise", "export_file_copy", "read_file")


def dossier_of(session: Session, about: About, row: Any, is_whole: bool) -> list[Section]:  # noqa: ANN401
    """Return all sections of whom a request is about.

    *is_whole*: for the person's own copy; else numbers are masked, as on every page.
    """
    return [*SECTIONS[about](session, row, is_whole), _requests(session, about, row), _looks(session, row)]


def _household(session: Session, row: Any, is_whole: bool) -> list[Section]:  # noqa: ANN401
    return household_sections(session, row, is_whole)


def _volunteer(session: Session, row: Volunteer, is_whole: bool) -> list[Section]:
    number = row.identity_number if is_whole else mask_identity(row.identity_number)
    own = facts(
        _("志愿者登记"),
        [
            (_("姓名"), row.name),
            (_("性别"), row.gender.label),
            (_("出生日期"), row.birth_on if is_whole else row.birth_on.year),
            (_("身份证号"), number),
            (_("联系电话"), format_phone(row.phone) if is_whole else mask_phone(row.phone)),
            (_("居住社区"), _place(session, row.area_code)),
            (_("政治面貌"), row.political_status.label if row.political_status else ""),
            (_("所在党支部"), row.party_branch),
            (_("特长"), "、".join(able.skill.label for able in row.skills)),
            (_("有空的半天"), "、".join(map(str, labels(row.half_days)))),
            (_("愿意走多远"), row.reach.label),
            (_("可同时帮扶(户)"), row.capacity),
            (_("语言"), row.languages),
            (_("备注"), row.note),
            (_("登记日期"), row.registered_on),
            (_("状态"), row.status.label),
        ],
    )
    deeds = [
        volunteer_pairings(session, row),
        volunteer_proposals(session, row),
        volunteer_visits(session, row),
    ]
    return [own, *deeds, *_of_account(session, row.user_id, is_whole)]


def _enterprise(session: Session, row: Enterprise, is_whole: bool) -> list[Section]:
    phone = format_phone(row.contact_phone) if is_whole else mask_phone(row.contact_phone)
    own = facts(
        _("企业登记"),
        [
            (_("企业名称"), row.name),
            (_("统一社会信用代码"), row.uscc),
            (_("联系人"), row.contact_name),
            (_("联系电话"), phone),
            (_("备注"), row.note),
            (_("登记日期"), row.registered_on),
            (_("状态"), row.status.label),
        ],
    )
    return [own, company_pledges(row), *_of_account(session, row.user_id, is_whole)]


def _of_account(session: Session, user_id: int | None, is_whole: bool) -> list[Section]:
    user = session.get(User, user_id) if user_id else None
    return _account(session, user, is_whole) if user else []


def _account(session: Session, row: User, _is_whole: bool) -> list[Section]:
    own = facts(
        _("账号"),
        [
            (_("姓名"), row.display_name),
            (_("登录名"), row.sign_in_name),
            (_("电子邮箱"), row.email),
            (_("角色"), row.role.label),
            (_("所在区域"), _place(session, row.scope_code)),
            (_("建立时间"), row.created_at),
            (_("上次登录"), row.last_sign_in_at),
        ],
    )
    mine = select(Message).where(Message.user_id == row.id).order_by(Message.id.desc())
    lines = [(letter.created_at, letter.channel.label, letter.subject) for letter in session.scalars(mine)]
    return [own, Section(_("收到的消息"), (_("时间"), _("方式"), _("主题")), lines)]


def _requests(session: Session, about: About, row: Any) -> Section:  # noqa: ANN401 - any of the four
    mine = SubjectRequest.about == about, SubjectRequest.about_id == row.id
    found = session.scalars(select(SubjectRequest).where(*mine).order_by(SubjectRequest.id))
    lines = [
        (one.received_on, one.kind.label, one.words or "", one.status.label, one.answer or "")
        for one in found
    ]
    columns = (_("收到日期"), _("请求"), _("内容"), _("状态"), _("答复"))
    return Section(_("个人信息请求"), columns, lines)


def _looks(session: Session, row: Any) -> Section:  # noqa: ANN401 - any of the four
    """Say when somebody looked at what is masked; who it was is told on request, by the office."""
    mine = AuditEntry.subject_type == type(row).__name__, AuditEntry.subject_id == str(row.id)
    looks = select(AuditEntry).where(*mine, AuditEntry.action.in_(LOOKS)).order_by(AuditEntry.id)
    with everywhere(session, "people learn when somebody looked at their data"):
        found = list(session.scalars(looks))
    lines = [(entry.at, ACTIONS.get(entry.action, Wording(entry.action))) for entry in found]
    return Section(_("查看完整信息的记录"), (_("时间"), _("操作")), lines)


def _place(session: Session, area_code: str) -> str:
    return " › ".join(area.name for area in area_path(session, area_code))


SECTIONS: dict[About, Callable[[Session, Any, bool], list[Section]]] = {
    About.HOUSEHOLD: _household,
    About.VOLUNTEER: _volunteer,
    About.ENTERPRISE: _enterprise,
    About.ACCOUNT: _account,
}
