"""Volunteers: registered, approved, changed, paused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from pairing import clock
from pairing.accounts.models import AccountStatus, User
from pairing.accounts.queries import is_claimable
from pairing.accounts.rules import Role
from pairing.accounts.services import check_in_scope, create_user, decide_account, tell_nearest_staff
from pairing.audit.services import record, record_many
from pairing.db import add_unless_known
from pairing.errors import RuleBroken
from pairing.outbox.services import tell
from pairing.privacy.keys import identity_index, phone_index
from pairing.privacy.pinyin import search_keys
from pairing.values import identity
from pairing.volunteers.models import (
    PoliticalStatus,
    Reach,
    Skill,
    Volunteer,
    VolunteerSkill,
    VolunteerStatus,
)
from pairing.volunteers.queries import (
    find_by_identity,
    known_identities,
)
from pairing.wording import _

ONE_PERSON = ("identity_index",)  # part of the index's name on every store
PINYIN_LENGTH = 200  # of the column


@dataclass(frozen=True, kw_only=True)
class OfferValues:
    """What a volunteer offers and may change alone."""

    half_days: int
    skills: tuple[Skill, ...] = ()
    reach: Reach = Reach.SUBDISTRICT
    capacity: int = 1
    languages: str = ""


@dataclass(frozen=True, kw_only=True)
class VolunteerValues(OfferValues):
    """What is known of a volunteer, already read and checked."""

    area_code: str
    name: str
    identity_number: str  # "" keeps the number when a row is changed
    phone: str
    registered_on: date
    political_status: PoliticalStatus | None = None
    party_branch: str = ""
    note: str = ""


def register_volunteer(
    session: Session,
    values: VolunteerValues,
    by: User | None,
    now: datetime,
    user: User | None = None,
    status: VolunteerStatus = VolunteerStatus.ACTIVE,
) -> Volunteer:
    """Take a volunteer into the register; *user* is the account of one who registers alone.

    A new account of somebody who is in the register already is tied to that row, whose facts stay;
    staff decide it. Somebody refused before may apply again.

    Raises
    ------
    RuleBroken : the identity number is in the register ("already_registered").
    """
    known = find_by_identity(session, values.identity_number)
    if known is None:
        return _register_all(session, [values], by, now, user, status)[0]
    session.refresh(known, with_for_update=True)  # of many who claim it at once the first one has it
    if user is None or not is_claimable(session, known):
        raise _already_registered()
    known.user_id, known.updated_at = user.id, now
    if known.status is VolunteerStatus.REFUSED:
        _write_facts(known, values, now)
        known.status = status
    record(session, by, "claim_volunteer", known, now)
    return known


def apply_as_volunteer(
    session: Session, values: VolunteerValues, name: str, password: str, email: str | None, now: datetime
) -> Volunteer:
    """Keep somebody who registers alone, with an account; both wait, and the nearest staff hear of it."""
    user = create_user(
        session, name, password, Role.VOLUNTEER, values.area_code, values.name, now, email or None
    )
    volunteer = register_volunteer(session, values, None, now, user, VolunteerStatus.PENDING)
    subject, body = _("有志愿者登记待审核"), _("请核实本人后通过或不通过。")
    key, link = f"volunteer-waits:{user.id}", f"/volunteers/{volunteer.id}"
    tell_nearest_staff(session, volunteer.area_code, subject, body, key, now, link)
    return volunteer


def register_volunteers(
    session: Session, many: Sequence[VolunteerValues], by: User | None, now: datetime
) -> list[Volunteer]:
    """Take many volunteers into the register at once, all or none, with a handful of statements."""
    if known_identities(session, [values.identity_number for values in many]):
        raise _already_registered()
    return _register_all(session, many, by, now, None, VolunteerStatus.ACTIVE)


def update_volunteer(
    session: Session, volunteer: Volunteer, values: VolunteerValues, version: int, by: User, now: datetime
) -> None:
    """Change the facts of a volunteer; RuleBroken "edited_meanwhile" if somebody did since *version*."""
    if volunteer.version != version:
        raise RuleBroken(_("这份登记刚被别人修改过,请核对后再保存"), "edited_meanwhile")
    check_in_scope(values.area_code, by)
    _write_facts(volunteer, values, now)
    add_unless_known(session, [volunteer], ONE_PERSON, _already_registered())
    record(session, by, "update_volunteer", volunteer, now)


def update_offer(
    session: Session, volunteer: Volunteer, values: OfferValues, by: User, now: datetime
) -> None:
    """Let a volunteer change skills, half-days, reach and capacity."""
    _write_offer(volunteer, values)
    volunteer.updated_at = now
    record(session, by, "update_offer", volunteer, now)


def pause_volunteer(session: Session, volunteer: Volunteer, by: User, now: datetime) -> None:
    """Ask the volunteer for no more households; pairings go on."""
    _move(volunteer, (VolunteerStatus.ACTIVE,), VolunteerStatus.PAUSED, now)
    record(session, by, "pause_volunteer", volunteer, now)


def resume_volunteer(session: Session, volunteer: Volunteer, by: User, now: datetime) -> None:
    """Let the volunteer be asked again, after a pause or after having left."""
    _move(volunteer, (VolunteerStatus.PAUSED, VolunteerStatus.LEFT), VolunteerStatus.ACTIVE, now)
    record(session, by, "resume_volunteer", volunteer, now)


def leave_volunteer(session: Session, volunteer: Volunteer, by: User, now: datetime) -> None:
    """Note that somebody is a volunteer no longer; pairings are ended on their own pages."""
    _move(volunteer, (VolunteerStatus.ACTIVE, VolunteerStatus.PAUSED), VolunteerStatus.LEFT, now)
    record(session, by, "leave_volunteer", volunteer, now)


def decide_volunteer(session: Session, volunteer: Volunteer, by: User, approve: bool, now: datetime) -> None:
    """Staff approve or refuse who registered alone, the row and the account together.

    Refusing an account that claimed a row of the register leaves the row as it was, untied.
    """
    user = session.get(User, volunteer.user_id) if volunteer.user_id else None
    is_new = volunteer.status is VolunteerStatus.PENDING
    if not is_new and not (user and user.status is AccountStatus.PENDING):
        raise RuleBroken(_("该登记已审核过"), "already_decided")
    if is_new:
        volunteer.status = VolunteerStatus.ACTIVE if approve else VolunteerStatus.REFUSED
    elif not approve:
        volunteer.user_id = None
    volunteer.updated_at = now
    if user:
        decide_account(session, user, by, approve, now)
    if user and approve:
        subject, body = _("志愿者登记已通过审核"), _("您现在可以登录,查看结对建议和走访安排。")
        tell(session, user.id, bool(user.email), subject, body, f"approved:{user.id}", now, "/volunteers/me")
    record(session, by, "approve_volunteer" if approve else "refuse_volunteer", volunteer, now)


def _move(
    volunteer: Volunteer, before: tuple[VolunteerStatus, ...], after: VolunteerStatus, now: datetime
) -> None:
    if volunteer.status not in before:
        label = volunteer.status.label
        raise RuleBroken(_("当前状态为“%(status)s”,不能这样操作", status=label), "wrong_status")
    volunteer.status, volunteer.updated_at = after, now
    volunteer.left_on = clock.local(now).date() if after is VolunteerStatus.LEFT else None


def _register_all(
    session: Session,
    many: Sequence[VolunteerValues],
    by: User | None,
    now: datetime,
    user: User | None,
    status: VolunteerStatus,
) -> list[Volunteer]:
    rows = []
    for values in many:
        check_in_scope(values.area_code, by)
        row = Volunteer(status=status, user_id=user.id if user else None, created_at=now)
        _write_facts(row, values, now)
        rows.append(row)
    add_unless_known(session, rows, ONE_PERSON, _already_registered())
    record_many(session, by or user, "register_volunteer", rows, now)
    return rows


def _write_facts(row: Volunteer, values: VolunteerValues, now: datetime) -> None:
    row.area_code, row.registered_on, row.updated_at = values.area_code, values.registered_on, now
    row.name, row.name_pinyin = values.name, search_keys(values.name)[:PINYIN_LENGTH]
    row.phone, row.phone_index = values.phone, phone_index(values.phone)
    row.political_status, row.party_branch = values.political_status, values.party_branch
    row.note = values.note
    if values.identity_number:
        row.identity_number = values.identity_number
        row.identity_index = identity_index(values.identity_number)
        row.birth_on = identity.birth_date(values.identity_number)
        row.gender = identity.gender(values.identity_number)
    _write_offer(row, values)


def _write_offer(row: Volunteer, values: OfferValues) -> None:
    row.half_days, row.reach, row.capacity = values.half_days, values.reach, values.capacity
    row.languages = values.languages
    known = {able.skill: able for able in row.skills}
    row.skills = [known.get(skill) or VolunteerSkill(skill=skill) for skill in dict.fromkeys(values.skills)]


def _already_registered() -> RuleBroken:
    return RuleBroken(_("该身份证号已登记为志愿者"), "already_registered")
