"""Companies: registered, approved, changed; what they pledge."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from pairing.accounts.models import User
from pairing.accounts.rules import Role
from pairing.accounts.services import (
    NewAccount,
    check_in_scope,
    decide_account,
    follow_row,
    is_claimable,
    make_applicant,
    tell_nearest_staff,
    tell_of_attempt,
    tie_claimant,
)
from pairing.areas.services import move_along
from pairing.audit.services import record
from pairing.db import add_unless_known
from pairing.enterprises.models import Enterprise, EnterpriseStatus, Pledge, PledgeStatus
from pairing.enterprises.queries import find_by_uscc
from pairing.errors import RuleBroken
from pairing.outbox.services import tell
from pairing.privacy.keys import phone_index
from pairing.privacy.pinyin import search_keys
from pairing.readers import everywhere
from pairing.values.needs import Category, NeedType
from pairing.wording import _

ONE_ROW = "one person or company has one row, wherever it lies"
ONE_CODE = ("uscc",)  # part of the index's name on every store
PINYIN_LENGTH = 400  # of the column
PLEDGES_PAGE = "/enterprises/pledges"


@dataclass(frozen=True)
class EnterpriseValues:
    """What is known of a company, already read and checked."""

    area_code: str  # the area that looks after it: 6, 9 or 12 digits
    name: str
    uscc: str
    contact_name: str
    contact_phone: str
    registered_on: date
    note: str = ""


@dataclass(frozen=True)
class PledgeValues:
    """What a company means to give, and on which conditions; an empty condition means any."""

    amount_fen: int
    area_code: str  # where it may be used: 6, 9 or 12 digits
    purposes: tuple[NeedType, ...] = ()
    categories: tuple[Category, ...] = ()
    ceiling_fen: int | None = None
    household_limit: int | None = None
    expires_on: date | None = None
    note: str = ""


def register_enterprise(
    session: Session,
    values: EnterpriseValues,
    by: User | None,
    now: datetime,
    user: User | None = None,
    status: EnterpriseStatus = EnterpriseStatus.ACTIVE,
) -> Enterprise:
    """Take a company into the register; *user* is the account of one that registers alone.

    Raises
    ------
    RuleBroken : it is in the register ("already_registered").
    """
    with everywhere(session, ONE_ROW):
        if find_by_uscc(session, values.uscc):
            raise _already_registered()
        return _register(session, values, by, now, user, status)


def apply_as_enterprise(
    session: Session, values: EnterpriseValues, account: NewAccount, now: datetime
) -> Enterprise | None:
    """Keep a company that registers alone, with an account; both wait, and the nearest staff hear of it.

    Somebody who is in the register without an account only asks for that row; staff tie the two when
    they approve. Where there is an account already nothing is made (None), and its owner hears of it.
    """
    with everywhere(session, ONE_ROW):
        known = find_by_uscc(session, values.uscc)
        if known is not None:
            session.refresh(known, with_for_update=True)  # of many who ask at once the first one is heard
            if not is_claimable(session, known):
                tell_of_attempt(session, known, f"/enterprises/{known.id}", now)
                return None
        try:
            with session.begin_nested():
                return _apply(session, values, account, known, now)
        except RuleBroken:  # somebody registered the same one at this moment
            return apply_as_enterprise(session, values, account, now)


def _apply(
    session: Session, values: EnterpriseValues, account: NewAccount, known: Enterprise | None, now: datetime
) -> Enterprise:
    user = make_applicant(session, account, Role.COMPANY, values.area_code, values.name, now)
    row = known or _register(session, values, None, now, user, EnterpriseStatus.PENDING)
    if known and user:
        _ask_for(session, known, values, user, now)
    subject, body = _("有企业登记待审核"), _("请核实后通过或不通过。")
    key = f"enterprise-waits:{user.id if user else 0}:{row.id}"
    tell_nearest_staff(session, row.area_code, subject, body, key, now, f"/enterprises/{row.id}")
    return row


def _ask_for(
    session: Session, known: Enterprise, values: EnterpriseValues, user: User, now: datetime
) -> None:
    """Let an account wait for a row whose facts stay; one that was refused is applied for anew."""
    known.updated_at = now
    if known.status is EnterpriseStatus.REFUSED:
        known.user_id, known.status = user.id, EnterpriseStatus.PENDING
        _write_facts(known, values, now)
    else:
        known.claimed_by_id = user.id
    record(session, None, "claim_enterprise", known, now)


def update_enterprise(
    session: Session, enterprise: Enterprise, values: EnterpriseValues, version: int, by: User, now: datetime
) -> None:
    """Change the facts of a company; RuleBroken "edited_meanwhile" if somebody did since *version*."""
    if enterprise.version != version:
        raise RuleBroken(_("这份登记刚被别人修改过,请核对后再保存"), "edited_meanwhile")
    check_in_scope(values.area_code, by)
    _write_facts(enterprise, values, now)
    add_unless_known(session, [enterprise], ONE_CODE, _already_registered())
    follow_row(session, enterprise, now)
    move_along(session, enterprise)
    record(session, by, "update_enterprise", enterprise, now)


def update_contact(
    session: Session, enterprise: Enterprise, contact_name: str, contact_phone: str, by: User, now: datetime
) -> None:
    """Let a company say whom to call."""
    enterprise.contact_name, enterprise.contact_phone = contact_name, contact_phone
    enterprise.contact_phone_index, enterprise.updated_at = phone_index(contact_phone), now
    enterprise.anonymised_at = None  # somebody speaks for it again
    record(session, by, "update_contact", enterprise, now)


def decide_enterprise(
    session: Session, enterprise: Enterprise, by: User, approve: bool, now: datetime
) -> None:
    """Staff approve or refuse a company that registered alone, the row and the account together.

    An account that asks for a known row is tied to it here and not before; refused, it leaves the
    row as it was.
    """
    claimant = tie_claimant(session, enterprise, approve)
    is_new = enterprise.status is EnterpriseStatus.PENDING
    if not is_new and claimant is None:
        raise RuleBroken(_("该登记已审核过"), "already_decided")
    if is_new:
        enterprise.status = EnterpriseStatus.ACTIVE if approve else EnterpriseStatus.REFUSED
    user = claimant or (session.get(User, enterprise.user_id) if enterprise.user_id else None)
    enterprise.updated_at = now
    if user:
        decide_account(session, user, by, approve, now)
    if user and approve:
        subject, body = _("企业登记已通过审核"), _("您现在可以登录并登记认捐。")
        tell(session, user.id, bool(user.email), subject, body, f"approved:{user.id}", now, PLEDGES_PAGE)
    record(session, by, "approve_enterprise" if approve else "refuse_enterprise", enterprise, now)


def add_pledge(
    session: Session, enterprise: Enterprise, values: PledgeValues, by: User | None, now: datetime
) -> Pledge:
    """Write down what an approved company means to give; RuleBroken "enterprise_not_approved" else."""
    if enterprise.status is not EnterpriseStatus.ACTIVE:
        raise RuleBroken(_("企业登记通过审核后才能认捐"), "enterprise_not_approved")
    pledge = Pledge(
        enterprise_id=enterprise.id,
        status=PledgeStatus.ACTIVE,
        area_code=values.area_code,
        amount_fen=values.amount_fen,
        purposes=[purpose.value for purpose in values.purposes],
        categories=[category.value for category in values.categories],
        ceiling_fen=values.ceiling_fen,
        household_limit=values.household_limit,
        expires_on=values.expires_on,
        note=values.note,
        created_at=now,
    )
    session.add(pledge)
    record(session, by, "add_pledge", pledge, now, {"amount_fen": values.amount_fen})
    return pledge


def close_pledge(session: Session, pledge: Pledge, by: User, now: datetime) -> None:
    """Take no more from a pledge; what is reserved stays. RuleBroken if it is closed."""
    if pledge.status is not PledgeStatus.ACTIVE:
        raise RuleBroken(_("这笔认捐已结束"), "pledge_closed")
    pledge.status = PledgeStatus.CLOSED
    record(session, by, "close_pledge", pledge, now)


def _register(
    session: Session,
    values: EnterpriseValues,
    by: User | None,
    now: datetime,
    user: User | None,
    status: EnterpriseStatus,
) -> Enterprise:
    check_in_scope(values.area_code, by)
    row = Enterprise(status=status, user_id=user.id if user else None, created_at=now)
    _write_facts(row, values, now)
    add_unless_known(session, [row], ONE_CODE, _already_registered())
    record(session, by or user, "register_enterprise", row, now)
    return row


def _write_facts(row: Enterprise, values: EnterpriseValues, now: datetime) -> None:
    row.area_code, row.registered_on, row.updated_at = values.area_code, values.registered_on, now
    row.name, row.name_pinyin, row.uscc = values.name, search_keys(values.name)[:PINYIN_LENGTH], values.uscc
    row.contact_name, row.contact_phone = values.contact_name, values.contact_phone
    row.contact_phone_index, row.note = phone_index(values.contact_phone), values.note
    row.anonymised_at = None  # somebody speaks for it again


def _already_registered() -> RuleBroken:
    return RuleBroken(_("该统一社会信用代码已登记"), "already_registered")
