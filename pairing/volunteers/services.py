"""Volunteers: registered, approved, changed, paused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from pairing import clock
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
from pairing.audit.services import record, record_many
from pairing.db import add_unless_known
from pairing.errors import NotFound, RuleBroken
from pairing.outbox.services import tell
from pairing.privacy.keys import identity_index, phone_index
from pairing.privacy.pinyin import search_keys
from pairing.readers import everywhere
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

ONE_ROW = "one person or company has one row, wherever it lies"
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
    """Take a volunteer into the register; *user* is the account of one that registers alone.

    Raises
    ------
    RuleBroken : it is in the register ("already_registered").
    """
    with everywhere(session, ONE_ROW):
        if find_by_identity(session, values.identity_number):
            raise _already_registered()
        return _register_all(session, [values], by, now, user, status)[0]


def apply_as_volunteer(
    session: Session, values: VolunteerValues, account: NewAccount, now: datetime
) -> Volunteer | None:
    """Keep a volunteer that registers alone, with an account; both wait, and the nearest staff hear of it.

    Somebody who is in the register without an account only asks for that row; staff tie the two when
    they approve. Where there is an account already nothing is made (None), and its owner hears of it.
    """
    with everywhere(session, ONE_ROW):
        known = find_by_identity(session, values.identity_number)
        if known is not None:
            session.refresh(known, with_for_update=True)  # of many who ask at once the first one is heard
            if not is_claimable(session, known):
                tell_of_attempt(session, known, f"/volunteers/{known.id}", now)
                return None
        try:
            with session.begin_nested():
                return _apply(session, values, account, known, now)
        except RuleBroken:  # somebody registered the same one at this moment
            return apply_as_volunteer(session, values, account, now)


def _apply(
    session: Session, values: VolunteerValues, account: NewAccount, known: Volunteer | None, now: datetime
) -> Volunteer:
    user = make_applicant(session, account, Role.VOLUNTEER, values.area_code, values.name, now)
    row = known or _register_all(session, [values], None, now, user, VolunteerStatus.PENDING)[0]
    if known and user:
        _ask_for(session, known, values, user, now)
    subject, body = _("有志愿者登记待审核"), _("请核实本人后通过或不通过。")
    key = f"volunteer-waits:{user.id if user else 0}:{row.id}"
    tell_nearest_staff(session, row.area_code, subject, body, key, now, f"/volunteers/{row.id}")
    return row


def _ask_for(session: Session, known: Volunteer, values: VolunteerValues, user: User, now: datetime) -> None:
    """Let an account wait for a row whose facts stay; one that was refused is applied for anew."""
    known.updated_at = now
    if known.status is VolunteerStatus.REFUSED:
        known.user_id, known.status = user.id, VolunteerStatus.PENDING
        _write_facts(known, values, now)
    else:
        known.claimed_by_id = user.id
    record(session, None, "claim_volunteer", known, now)


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
    check_living(volunteer)
    if volunteer.version != version:
        raise RuleBroken(_("这份登记刚被别人修改过,请核对后再保存"), "edited_meanwhile")
    check_in_scope(values.area_code, by)
    _write_facts(volunteer, values, now)
    add_unless_known(session, [volunteer], ONE_PERSON, _already_registered())
    follow_row(session, volunteer, now)
    move_along(session, volunteer)
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


def resume_self(session: Session, volunteer: Volunteer, by: User, now: datetime) -> None:
    """Let a volunteer end the own pause; NotFound for anybody else: only staff take back who left."""
    if volunteer.status is not VolunteerStatus.PAUSED:
        raise NotFound
    resume_volunteer(session, volunteer, by, now)


def leave_volunteer(session: Session, volunteer: Volunteer, by: User, now: datetime) -> None:
    """Note that somebody is a volunteer no longer; pairings are ended on their own pages."""
    _move(volunteer, (VolunteerStatus.ACTIVE, VolunteerStatus.PAUSED), VolunteerStatus.LEFT, now)
    record(session, by, "leave_volunteer", volunteer, now)


def decide_volunteer(session: Session, volunteer: Volunteer, by: User, approve: bool, now: datetime) -> None:
    """Staff approve or refuse who registered alone, the row and the account together.

    An account that asks for a known row is tied to it here and not before; refused, it leaves the
    row as it was.
    """
    claimant = tie_claimant(session, volunteer, approve)
    is_new = volunteer.status is VolunteerStatus.PENDING
    if not is_new and claimant is None:
        raise RuleBroken(_("该登记已审核过"), "already_decided")
    if is_new:
        volunteer.status = VolunteerStatus.ACTIVE if approve else VolunteerStatus.REFUSED
    user = claimant or (session.get(User, volunteer.user_id) if volunteer.user_id else None)
    volunteer.updated_at = now
    if user:
        decide_account(session, user, by, approve, now)
    if user and approve:
        subject, body = _("志愿者登记已通过审核"), _("您现在可以登录,查看结对建议和走访安排。")
        tell(session, user.id, bool(user.email), subject, body, f"approved:{user.id}", now, "/volunteers/me")
    record(session, by, "approve_volunteer" if approve else "refuse_volunteer", volunteer, now)


def check_living(volunteer: Volunteer) -> None:
    """Raise RuleBroken for a row that says no longer who it was."""
    if volunteer.anonymised_at is not None:
        raise RuleBroken(_("这位志愿者的登记已匿名化,认不出是谁了"), "anonymised")


def _move(
    volunteer: Volunteer, before: tuple[VolunteerStatus, ...], after: VolunteerStatus, now: datetime
) -> None:
    check_living(volunteer)
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
