"""What a volunteer did and what a company pledged, without a word about the households."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from pairing.areas.models import Area
from pairing.enterprises.models import Enterprise
from pairing.matching.models import Proposal
from pairing.pairings.models import Pairing
from pairing.subject_requests.queries.sections import Section
from pairing.values.money import format_money
from pairing.visits.models import Visit, VisitReport
from pairing.volunteers.models import Volunteer
from pairing.wording import _


def volunteer_pairings(session: Session, row: Volunteer) -> Section:
    """Return where and since when the volunteer helps."""
    found = select(Pairing, Area.name).join(Area, Area.code == Pairing.area_code)
    mine = found.where(Pairing.volunteer_id == row.id).order_by(Pairing.id)
    lines = [
        (
            name,
            pairing.started_on,
            pairing.ended_on or "",
            pairing.end_reason.label if pairing.end_reason else "",
        )
        for pairing, name in session.execute(mine)
    ]
    return Section(_("结对"), (_("社区"), _("开始"), _("结束"), _("结束原因")), lines)


def volunteer_proposals(session: Session, row: Volunteer) -> Section:
    """Return what was proposed, and what the volunteer said."""
    mine = select(Proposal).where(Proposal.volunteer_id == row.id).order_by(Proposal.id)
    lines = [
        (
            one.created_at,
            one.points,
            one.status.label,
            one.decline_reason.label if one.decline_reason else "",
            one.decline_note,
        )
        for one in session.scalars(mine)
    ]
    columns = (_("时间"), _("匹配分"), _("状态"), _("谢绝原因"), _("说明"))
    return Section(_("结对建议"), columns, lines)


def volunteer_visits(session: Session, row: Volunteer) -> Section:
    """Return visits and hours; what a report says is about the household, so it stays out."""
    found = select(Visit, VisitReport.minutes).outerjoin(VisitReport, VisitReport.visit_id == Visit.id)
    mine = found.where(Visit.volunteer_id == row.id).order_by(Visit.starts_at.desc())
    lines = [(visit.starts_at, visit.status.label, minutes or "") for visit, minutes in session.execute(mine)]
    return Section(_("走访"), (_("时间"), _("状态"), _("分钟")), lines)


def company_pledges(row: Enterprise) -> Section:
    """Return what the company has pledged."""
    lines = [
        (pledge.created_at, format_money(pledge.amount_fen), pledge.status.label, pledge.note)
        for pledge in row.pledges
    ]
    return Section(_("认捐"), (_("登记时间"), _("金额"), _("状态"), _("说明")), lines)
