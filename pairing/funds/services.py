"""Keeping pledged money for a need, and letting it go again."""

from datetime import datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from pairing import clock
from pairing.accounts.models import User
from pairing.areas.services import follow
from pairing.audit.services import record
from pairing.db import LOCK
from pairing.enterprises.models import Enterprise, EnterpriseStatus, Pledge, PledgeStatus
from pairing.errors import NotFound, RuleBroken
from pairing.funds import queries
from pairing.funds.models import Reservation, ReservationStatus
from pairing.households.models import Household, HouseholdStatus, Need, NeedStatus
from pairing.wording import _

follow(Household, lambda home: select(Reservation).where(Reservation.household_id == home))

PartyT = TypeVar("PartyT", Pledge, Need)


def reserve(
    session: Session, pledge_id: int, need_id: int, amount_fen: int, by: User, now: datetime
) -> Reservation:
    """Keep *amount_fen* of a pledge for a need; pledge and need stay locked, in this order, until the commit.

    Raises
    ------
    RuleBroken : the pledge is over, spent or bound to other conditions, or the need does not want the money.
    """
    pledge = _locked(session, Pledge, pledge_id)
    need = _locked(session, Need, need_id)
    household = session.get_one(Household, need.household_id)
    _check_pledge(session, pledge, amount_fen, now)
    _check_conditions(pledge, need, household)
    _check_household_share(session, pledge, household, amount_fen)
    _check_need(session, need, household, amount_fen)
    reservation = Reservation(
        pledge_id=pledge.id,
        need_id=need.id,
        household_id=household.id,
        area_code=household.area_code,
        status=ReservationStatus.RESERVED,
        amount_fen=amount_fen,
        reserved_by_id=by.id,
        reserved_at=now,
    )
    session.add(reservation)
    detail = {"pledge_id": pledge.id, "need_id": need.id, "amount_fen": amount_fen}
    record(session, by, "reserve_money", reservation, now, detail)
    return reservation


def _locked(session: Session, model: type[PartyT], row_id: int) -> PartyT:
    found = select(model).where(model.id == row_id).with_for_update(key_share=True)
    row = session.scalars(found.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        raise NotFound
    return row


def _check_pledge(session: Session, pledge: Pledge, amount_fen: int, now: datetime) -> None:
    if amount_fen <= 0:
        raise RuleBroken(_("金额须大于 0"), "amount_not_positive")
    if pledge.status is not PledgeStatus.ACTIVE:
        raise RuleBroken(_("该认捐已结束"), "pledge_closed")
    if session.get_one(Enterprise, pledge.enterprise_id).status is not EnterpriseStatus.ACTIVE:
        raise RuleBroken(_("该企业尚未通过审核"), "enterprise_not_active")
    if pledge.expires_on and pledge.expires_on < clock.local(now).date():
        raise RuleBroken(_("该认捐已过有效期"), "pledge_expired")
    reserved = queries.reserved_fen_by_pledge(session, [pledge.id]).get(pledge.id, 0)
    if reserved + amount_fen > pledge.amount_fen:
        raise RuleBroken(_("该认捐余额不足"), "pledge_spent")


def _check_conditions(pledge: Pledge, need: Need, household: Household) -> None:
    if pledge.purposes and need.need_type.value not in pledge.purposes:
        raise RuleBroken(_("该需求不在企业限定的用途内"), "wrong_purpose")
    if pledge.categories and household.category.value not in pledge.categories:
        raise RuleBroken(_("该户不在企业限定的家庭类别内"), "wrong_category")
    if not household.area_code.startswith(pledge.area_code):
        raise RuleBroken(_("该户不在企业限定的区域内"), "outside_area")


def _check_household_share(session: Session, pledge: Pledge, household: Household, amount_fen: int) -> None:
    shares = queries.reserved_fen_by_household(session, [pledge.id]).get(pledge.id, {})
    share = shares.get(household.id, 0)
    if pledge.ceiling_fen is not None and share + amount_fen > pledge.ceiling_fen:
        raise RuleBroken(_("超过企业限定的每户最高金额"), "over_ceiling")
    if pledge.household_limit is not None and not share and len(shares) >= pledge.household_limit:
        raise RuleBroken(_("企业限定的户数已满"), "too_many_households")


def _check_need(session: Session, need: Need, household: Household, amount_fen: int) -> None:
    if household.status is not HouseholdStatus.OPEN:
        raise RuleBroken(_("该户已退出帮扶"), "household_closed")
    if need.status is not NeedStatus.OPEN:
        raise RuleBroken(_("该需求已解决或不再需要"), "need_closed")
    if need.amount_fen is None:
        raise RuleBroken(_("该需求没有填写金额"), "need_without_amount")
    if not need.is_splittable and amount_fen != need.amount_fen:
        raise RuleBroken(_("该需求不能拆分,须一次安排全额"), "not_splittable")
    if queries.reserved_fen_by_need(session, [need.id]).get(need.id, 0) + amount_fen > need.amount_fen:
        raise RuleBroken(_("超过该需求的金额"), "over_covered")


def release(session: Session, reservation: Reservation, by: User, now: datetime) -> None:
    """Let reserved money go back to its pledge; RuleBroken if it went already."""
    session.refresh(reservation, with_for_update=LOCK)
    if reservation.status is not ReservationStatus.RESERVED:
        raise RuleBroken(_("这笔预留已释放"), "already_released")
    reservation.status, reservation.released_at = ReservationStatus.RELEASED, now
    record(session, by, "release_money", reservation, now, {"amount_fen": reservation.amount_fen})
