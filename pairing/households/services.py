"""Households: registered, changed, closed; what they lack."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from pairing import clock
from pairing.accounts.models import User
from pairing.accounts.services import check_in_scope
from pairing.areas.models import Area
from pairing.areas.services import move_along
from pairing.audit.services import record, record_many
from pairing.db import add_unless_known
from pairing.errors import RuleBroken
from pairing.households.models import (
    Category,
    GenderWish,
    HardshipCause,
    Household,
    HouseholdStatus,
    Member,
    Need,
    NeedStatus,
    NeedType,
    Urgency,
)
from pairing.households.queries import known_heads, last_serial
from pairing.households.rules import file_number, file_prefix
from pairing.privacy.keys import identity_index, phone_index
from pairing.privacy.pinyin import search_keys
from pairing.values import identity
from pairing.wording import _

HEAD = "户主"
ONE_FILE = ("one_file_per_head", "member.identity_index")  # as PostgreSQL and SQLite name it
PINYIN_LENGTH = 200  # of the column


@dataclass(frozen=True)
class MemberValues:
    """Somebody who lives with the head; *id* and no number: a known member whose number stays."""

    name: str
    relation: str
    identity_number: str = ""
    id: int | None = None


@dataclass(frozen=True)
class NeedValues:
    """Something the household lacks; with an amount it can be paid for from a pledge."""

    need_type: NeedType
    amount_fen: int | None = None
    is_splittable: bool = True
    note: str = ""


@dataclass(frozen=True)
class HouseholdValues:
    """What is known of a household, already read and checked; *members* are all but the head."""

    area_code: str
    head_name: str
    head_identity: str  # "" keeps the number when a file is changed
    category: Category
    registered_on: date
    urgency: Urgency = Urgency.NONE
    cause: HardshipCause | None = None
    member_count: int | None = None  # None: the head and the members listed
    monthly_income_fen: int | None = None
    address: str = ""
    phone: str | None = None
    visitors_wanted: int = 1
    half_days: int = 0
    gender_wish: GenderWish = GenderWish.ANY
    language_wish: str = ""
    note: str = ""
    members: tuple[MemberValues, ...] = ()
    needs: tuple[NeedValues, ...] = ()


def register_household(
    session: Session, values: HouseholdValues, by: User | None, now: datetime
) -> Household:
    """Open the file of a household; RuleBroken "already_registered" if its head has one."""
    return register_households(session, [values], by, now)[0]


def register_households(
    session: Session, many: Sequence[HouseholdValues], by: User | None, now: datetime
) -> list[Household]:
    """Open the files of many households at once, all or none, with a handful of statements."""
    for values in many:
        check_in_scope(values.area_code, by)
    _take_turn(session, many)
    if known_heads(session, [values.head_identity for values in many]):
        raise _already_registered()
    numbers = {
        prefix: count(last_serial(session, prefix) + 1) for prefix in sorted({_prefix(v) for v in many})
    }
    rows = [_new_household(values, next(numbers[_prefix(values)]), now) for values in many]
    add_unless_known(session, rows, ONE_FILE, _already_registered())
    record_many(session, by, "register_household", rows, now)
    return rows


def update_household(
    session: Session, household: Household, values: HouseholdValues, version: int, by: User, now: datetime
) -> None:
    """Change the facts of a file, not its number nor its needs.

    Raises
    ------
    RuleBroken : somebody else changed the file since *version* was read ("edited_meanwhile").
    """
    check_living(household)
    if household.version != version:
        raise _edited_meanwhile()
    check_in_scope(values.area_code, by)
    is_moving = household.area_code != values.area_code
    _write_facts(household, values, now)
    _write_members(household, values)
    add_unless_known(session, [household], ONE_FILE, _already_registered())
    if is_moving:
        move_along(session, household)
    record(session, by, "update_household", household, now)


def add_need(session: Session, household: Household, values: NeedValues, by: User, now: datetime) -> Need:
    """Write down one more thing that the household lacks."""
    if household.status is not HouseholdStatus.OPEN:
        raise RuleBroken(_("该户已退出,不能再登记需求"), "household_closed")
    need = _new_need(values, now)
    household.needs.append(need)
    household.updated_at = now
    record(session, by, "add_need", household, now, {"need_type": values.need_type.value})
    return need


def settle_need(session: Session, need: Need, status: NeedStatus, by: User, now: datetime) -> None:
    """Note that a need is met, or asked for no longer; RuleBroken if that was noted already."""
    if need.status is not NeedStatus.OPEN:
        raise RuleBroken(_("该需求已处理"), "already_settled")
    household = session.get_one(Household, need.household_id)
    check_living(household)
    need.status = status
    household.updated_at = now
    detail = {"need_type": need.need_type.value, "status": status.value}
    record(session, by, "settle_need", household, now, detail)


def close_household(
    session: Session, household: Household, by: User, now: datetime, reason: str = ""
) -> None:
    """Close the file: no help is looked for any longer; RuleBroken if it is closed."""
    if household.status is not HouseholdStatus.OPEN:
        raise RuleBroken(_("该户已退出"), "household_closed")
    household.status = HouseholdStatus.CLOSED
    household.closed_on, household.updated_at = clock.local(now).date(), now
    if reason:
        household.note = "\n".join(filter(None, [household.note, f"退出:{reason}"]))
    record(session, by, "close_household", household, now)


def check_living(household: Household) -> None:
    """Raise RuleBroken for a file whose time is over: it says no longer whose it was."""
    if household.anonymised_at is not None:
        raise RuleBroken(_("这份档案保存期满,已匿名化,不再是某一户的档案"), "anonymised")


def _take_turn(session: Session, many: Sequence[HouseholdValues]) -> None:
    """Wait until nobody else opens files in these districts, so that numbers and heads stay unique."""
    districts = {values.area_code[:6] for values in many}
    rows = select(Area.code).where(Area.code.in_(districts)).order_by(Area.code)
    session.execute(rows.with_for_update(key_share=True)).all()


def _prefix(values: HouseholdValues) -> str:
    return file_prefix(values.area_code, values.registered_on.year)


def _new_household(values: HouseholdValues, number: int, now: datetime) -> Household:
    household = Household(
        file_no=file_number(_prefix(values), number), status=HouseholdStatus.OPEN, created_at=now
    )
    _write_facts(household, values, now)
    _write_members(household, values)
    household.needs = [_new_need(need, now) for need in values.needs]
    return household


def _write_facts(household: Household, values: HouseholdValues, now: datetime) -> None:
    household.area_code, household.registered_on = values.area_code, values.registered_on
    household.head_name, household.head_pinyin = (
        values.head_name,
        search_keys(values.head_name)[:PINYIN_LENGTH],
    )
    household.category, household.cause, household.urgency = values.category, values.cause, values.urgency
    household.member_count = values.member_count or 1 + len(values.members)
    household.monthly_income_fen, household.address = values.monthly_income_fen, values.address
    household.phone = values.phone
    household.phone_index = phone_index(values.phone) if values.phone else None
    household.visitors_wanted, household.half_days = values.visitors_wanted, values.half_days
    household.gender_wish, household.language_wish = values.gender_wish, values.language_wish
    household.note, household.updated_at = values.note, now


def _write_members(household: Household, values: HouseholdValues) -> None:
    """Keep the head and the members that are named by id, add the new ones, drop the others."""
    known = {member.id: member for member in household.members if not member.is_head}
    head = next((member for member in household.members if member.is_head), None) or Member(is_head=True)
    kept = [_written(head, MemberValues(values.head_name, HEAD, values.head_identity))]
    for member in values.members:
        row = known.pop(member.id, None) if member.id else None
        if row is None and not member.identity_number:
            raise _edited_meanwhile()
        kept.append(_written(row or Member(is_head=False), member))
    household.members = kept


def _written(row: Member, values: MemberValues) -> Member:
    row.name, row.relation = values.name, values.relation
    if values.identity_number:
        row.identity_number = values.identity_number
        row.identity_index = identity_index(values.identity_number)
        row.birth_on = identity.birth_date(values.identity_number)
        row.gender = identity.gender(values.identity_number)
    return row


def _new_need(values: NeedValues, now: datetime) -> Need:
    return Need(
        need_type=values.need_type,
        status=NeedStatus.OPEN,
        amount_fen=values.amount_fen,
        is_splittable=values.is_splittable,
        note=values.note,
        created_at=now,
    )


def _already_registered() -> RuleBroken:
    return RuleBroken(_("该户主已有档案,不能重复建档"), "already_registered")


def _edited_meanwhile() -> RuleBroken:
    return RuleBroken(_("这份档案刚被别人修改过,请核对后再保存"), "edited_meanwhile")
