"""Counting what waits and what was reached, inside a scope."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, distinct, func, select
from sqlalchemy.orm import Session

from pairing.accounts.models import User
from pairing.accounts.queries import scoped
from pairing.areas.models import Area, AreaLevel
from pairing.areas.queries import list_areas
from pairing.audit.models import AuditEntry, EntryKind
from pairing.audit.queries import Wanted, narrow
from pairing.enterprises.models import Enterprise, EnterpriseStatus, Pledge, PledgeStatus
from pairing.funds.models import Reservation, ReservationStatus
from pairing.households.models import Household, HouseholdStatus
from pairing.insight.rules import Coverage, Todo
from pairing.matching.models import Grant, GrantStatus, Proposal, ProposalStatus
from pairing.outbox.models import Heartbeat
from pairing.pairings.models import Pairing, PairingStatus
from pairing.readers import everywhere
from pairing.review.queries.consents import count_to_end
from pairing.subject_requests.queries import count_open
from pairing.visits.models import Visit, VisitStatus
from pairing.volunteers.models import Volunteer, VolunteerStatus
from pairing.wording import _

MONTH = timedelta(days=30)


def _count(session: Session, by: User, model: type[Any], *where: ColumnElement[bool]) -> int:
    return session.scalar(scoped(select(func.count()).where(*where), model, by)) or 0


def list_staff_todos(session: Session, by: User, today: date) -> list[Todo]:
    """Return what waits for a member of staff, the overdue first; lines with nothing are left out."""
    dated = [*_visit_todos(session, by, today), *_request_todos(session, by, today)]
    todos = [*dated, *_decision_todos(session, by), *_account_todos(session, by)]
    return [todo for todo in sorted(todos, key=lambda todo: todo.tone != "red") if todo.count]


def _visit_todos(session: Session, by: User, today: date) -> list[Todo]:
    planned = Visit.status == VisitStatus.PLANNED
    overdue = _count(session, by, Visit, planned, Visit.planned_on < today)
    due = _count(session, by, Visit, planned, Visit.planned_on == today)
    return [
        Todo(_("走访已过期未填报"), overdue, "red", "visits.list_visits", {}, _("请联系志愿者补填或改期")),
        Todo(_("今天的走访"), due, "calm", "visits.list_visits", {}, _("走访后当天填报")),
    ]


def _decision_todos(session: Session, by: User) -> list[Todo]:
    accepted = Proposal.status == ProposalStatus.ACCEPTED
    consent = _count(session, by, Proposal, accepted, Proposal.consent_at.is_(None))
    ready = _count(session, by, Proposal, accepted, Proposal.consent_at.is_not(None))
    grants = _count(session, by, Grant, Grant.status == GrantStatus.AGREED)
    asked = _count(session, by, Proposal, Proposal.status == ProposalStatus.PROPOSED)
    to_review, to_end = "review.list_proposals", "review.list_withdrawn"
    over, why = count_to_end(session, by), _("请结束结对、撤回建议")
    return [
        Todo(_("家庭撤回了同意,待结束"), over, "amber", to_end, {}, why),
        Todo(_("待确认的结对"), ready, "amber", to_review, {"tab": "ready"}, _("志愿者和家庭都已同意")),
        Todo(_("待征求家庭同意"), consent, "amber", to_review, {"tab": "consent"}, _("请电话或上门征求意见")),
        Todo(_("待确认的资金安排"), grants, "amber", "review.list_grants", {}, _("企业已同意,确认后预留")),
        Todo(_("待志愿者答复"), asked, "calm", to_review, {"tab": "asked"}, _("7 天内未答复自动失效")),
    ]


def _request_todos(session: Session, by: User, today: date) -> list[Todo]:
    total, late = count_open(session, by, today)
    page, hint = "subject_requests.list_requests", _("15 个工作日内答复本人")
    return [
        Todo(_("个人信息请求已超期"), late, "red", page, {"status": "open"}, hint),
        Todo(_("待答复的个人信息请求"), total - late, "amber", page, {"status": "open"}, hint),
    ]


def _account_todos(session: Session, by: User) -> list[Todo]:
    volunteers = _count(session, by, Volunteer, Volunteer.status == VolunteerStatus.PENDING)
    companies = _count(session, by, Enterprise, Enterprise.status == EnterpriseStatus.PENDING)
    pending = {"status": "pending"}
    hint = _("核实后通过,才能登录和结对")
    return [
        Todo(_("待审核的志愿者"), volunteers, "amber", "volunteers.list_volunteers", pending, hint),
        Todo(_("待审核的企业"), companies, "amber", "enterprises.list_enterprises", pending, hint),
    ]


def list_coverage(session: Session, by: User, today: date) -> list[Coverage]:
    """Return the figures of the areas one level under the scope (a community shows itself)."""
    areas = _areas_under(session, by.scope_code)
    width = len(areas[0].code) if areas else 12
    open_ones = Household.status == HouseholdStatus.OPEN
    households = _by_area(session, by, Household, width, func.count(), open_ones)
    active = Pairing.status == PairingStatus.ACTIVE
    paired = _by_area(session, by, Pairing, width, func.count(distinct(Pairing.household_id)), active)
    done = (Visit.status == VisitStatus.DONE, Visit.planned_on > today - MONTH)
    visited = _by_area(session, by, Visit, width, func.count(), *done)
    return [
        Coverage(a.code, a.name, households.get(a.code, 0), paired.get(a.code, 0), visited.get(a.code, 0))
        for a in areas
    ]


def _areas_under(session: Session, scope: str) -> list[Area]:
    level = {6: AreaLevel.SUBDISTRICT, 4: AreaLevel.DISTRICT}.get(len(scope), AreaLevel.COMMUNITY)
    return list_areas(session, scope, level)


def _by_area(
    session: Session,
    by: User,
    model: type[Any],
    width: int,
    figure: ColumnElement[int],
    *where: ColumnElement[bool],
) -> dict[str, int]:
    code = func.substr(model.area_code, 1, width)
    found: Select[Any] = scoped(select(code, figure).where(*where).group_by(code), model, by)
    return {row[0]: row[1] for row in session.execute(found)}


def public_figures(session: Session, today: date) -> dict[str, int]:
    """Return what has been reached, for everybody; see `rules.shown` for small counts."""
    active = select(func.count(distinct(Pairing.household_id))).where(Pairing.status == PairingStatus.ACTIVE)
    helpers = select(func.count()).where(Volunteer.status == VolunteerStatus.ACTIVE)
    visits = select(func.count()).where(Visit.status == VisitStatus.DONE, Visit.planned_on > today - MONTH)
    companies = select(func.count()).where(Enterprise.status == EnterpriseStatus.ACTIVE)
    with everywhere(session, "four counts for the public"):
        return {
            "paired": session.scalar(active) or 0,
            "volunteers": session.scalar(helpers) or 0,
            "visits": session.scalar(visits) or 0,
            "companies": session.scalar(companies) or 0,
        }


def company_figures(session: Session, user: User) -> dict[str, int]:
    """Return fen pledged and reserved and the grants that wait for the company of *user*."""
    pledged = select(func.sum(Pledge.amount_fen)).where(Pledge.status == PledgeStatus.ACTIVE)
    kept = select(func.sum(Reservation.amount_fen)).where(Reservation.status == ReservationStatus.RESERVED)
    return {
        "pledged": int(session.scalar(scoped(pledged, Pledge, user)) or 0),
        "reserved": int(session.scalar(scoped(kept, Reservation, user)) or 0),
        "asked": _count(session, user, Grant, Grant.status == GrantStatus.PROPOSED),
    }


def volunteer_figures(session: Session, user: User, today: date) -> dict[str, Any]:
    """Return what waits for the volunteer of *user*: proposals, the next visit, visits to report."""
    planned = Visit.status == VisitStatus.PLANNED
    coming = scoped(select(Visit).where(planned, Visit.planned_on >= today), Visit, user)
    return {
        "asked": _count(session, user, Proposal, Proposal.status == ProposalStatus.PROPOSED),
        "late": _count(session, user, Visit, planned, Visit.planned_on < today),
        "homes": _count(session, user, Pairing, Pairing.status == PairingStatus.ACTIVE),
        "next": session.scalars(coming.order_by(Visit.starts_at).limit(1)).one_or_none(),
    }


def list_trail(by: User, wanted: Wanted) -> Select[AuditEntry]:
    """Return the statement for the trail inside the scope of *by*, newest first."""
    return narrow(scoped(select(AuditEntry), AuditEntry, by), wanted)


def list_changes(by: User, entry: AuditEntry) -> Select[AuditEntry]:
    """Return the statement for the changes of fields in the transaction of *entry*, in their order."""
    same = AuditEntry.batch == entry.batch, AuditEntry.kind == EntryKind.CHANGE, AuditEntry.id != entry.id
    return scoped(select(AuditEntry), AuditEntry, by).where(*same).order_by(AuditEntry.id)


def list_history(by: User, entry: AuditEntry) -> Select[AuditEntry]:
    """Return the statement for everything on the thing that *entry* is about, newest first."""
    thing = AuditEntry.subject_type == entry.subject_type, AuditEntry.subject_id == entry.subject_id
    found = scoped(select(AuditEntry), AuditEntry, by).where(*thing)
    return found.order_by(AuditEntry.at.desc(), AuditEntry.id.desc())


def find_check(session: Session) -> Heartbeat | None:
    """Return when the chain of the trail was last walked, and how that ended."""
    return session.get(Heartbeat, "trail")


def list_heartbeats(session: Session) -> dict[str, datetime]:
    """Return when each job of the scheduler last ended."""
    return {beat.name: beat.at for beat in session.scalars(select(Heartbeat))}
