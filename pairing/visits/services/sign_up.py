"""Visits that anyone near may take."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from pairing.accounts.models import User
from pairing.audit.services import record
from pairing.db import LOCK
from pairing.errors import RuleBroken
from pairing.households.models import GenderWish, Household, HouseholdStatus
from pairing.readers import everywhere
from pairing.visits import rules
from pairing.visits.models import Visit, VisitStatus
from pairing.visits.queries.own import WISH
from pairing.visits.services.reminders import settle_reminders
from pairing.visits.services.visits import check_day, lock_visit
from pairing.volunteers.models import Volunteer, VolunteerStatus
from pairing.wording import _


def open_visit(
    session: Session,
    household: Household,
    planned_on: date,
    half_day: int,
    purpose: str,
    by: User,
    now: datetime,
) -> Visit:
    """Offer a visit for sign-up; RuleBroken for a closed file or a day in the past."""
    if household.status is not HouseholdStatus.OPEN:
        raise RuleBroken(_("该家庭档案已关闭"), "household_closed")
    check_day(planned_on, now)
    visit = Visit(
        household_id=household.id,
        area_code=household.area_code,
        status=VisitStatus.OPEN,
        planned_on=planned_on,
        starts_at=rules.start_of(planned_on, half_day),
        purpose=purpose,
        created_at=now,
    )
    session.add(visit)
    record(session, by, "open_visit", visit, now)
    return visit


def sign_up(session: Session, visit: Visit, volunteer: Volunteer, by: User, now: datetime) -> None:
    """Give an open visit to the first volunteer who asks.

    Raises
    ------
    RuleBroken : somebody else was faster, the time is over, the volunteer is busy then, not active, or not
        whom the household asked for.
    """
    lock_visit(session, visit)
    session.refresh(volunteer, with_for_update=LOCK)
    if visit.status is not VisitStatus.OPEN:
        raise RuleBroken(_("这次走访刚刚已有人报名,谢谢您的热心"), "already_taken")
    if visit.starts_at <= now:
        raise RuleBroken(_("这次走访的时间已过"), "visit_in_past")
    _check_volunteer(session, visit, volunteer)
    visit.status, visit.volunteer_id = VisitStatus.PLANNED, volunteer.id
    session.flush()
    settle_reminders(session, [visit], now)
    record(session, by, "sign_up", visit, now, {"volunteer": volunteer.id})


def withdraw_sign_up(session: Session, visit: Visit, by: User, now: datetime) -> None:
    """Give a visit back that was taken by sign-up; it is open again for others."""
    lock_visit(session, visit)
    if visit.status is not VisitStatus.PLANNED or visit.pairing_id is not None:
        raise RuleBroken(_("这次走访不能退出报名,请联系社区改期"), "not_signed_up")
    if visit.starts_at <= now:
        raise RuleBroken(_("走访时间已到,请填写走访记录"), "visit_in_past")
    with everywhere(session, "a visit is given back, perhaps out of reach"):
        visit.status, visit.volunteer_id = VisitStatus.OPEN, None
    settle_reminders(session, [visit], now)
    record(session, by, "withdraw_sign_up", visit, now)


def _check_volunteer(session: Session, visit: Visit, volunteer: Volunteer) -> None:
    if volunteer.status is not VolunteerStatus.ACTIVE:
        raise RuleBroken(_("您的志愿者状态不是“可结对”,暂时不能报名"), "volunteer_not_active")
    if _is_busy(session, visit, volunteer):
        raise RuleBroken(_("您在这个时间已有另一次走访"), "busy")
    with everywhere(session, WISH):
        wish = session.get_one(Household, visit.household_id).gender_wish
    if wish is not GenderWish.ANY and wish.value != volunteer.gender.value:
        raise RuleBroken(_("该家庭对志愿者性别有要求,感谢您的理解"), "gender_wish")


def _is_busy(session: Session, visit: Visit, volunteer: Volunteer) -> bool:
    same_time = select(Visit.id).where(
        Visit.volunteer_id == volunteer.id,
        Visit.status == VisitStatus.PLANNED,
        Visit.starts_at == visit.starts_at,
    )
    return session.scalars(same_time.limit(1)).first() is not None
