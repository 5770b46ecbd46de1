"""Finding volunteers."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, selectinload

from pairing.accounts.models import User
from pairing.accounts.queries import relate, scoped
from pairing.accounts.rules import Role
from pairing.db import in_parts
from pairing.errors import BadValue
from pairing.privacy.keys import identity_index, phone_index
from pairing.privacy.masking import mask_identity, mask_phone
from pairing.privacy.pinyin import query_key
from pairing.readers import everywhere
from pairing.values.identity import age_on
from pairing.values.phone import format_phone, read_phone
from pairing.values.text import fold, plain
from pairing.volunteers.models import Skill, Volunteer, VolunteerSkill, VolunteerStatus

IDENTITY = re.compile(r"[0-9]{17}[0-9X]")
SORTS: dict[str, tuple[Any, ...]] = {
    "newest": (Volunteer.registered_on.desc(), Volunteer.id.desc()),
    "name": (Volunteer.name_pinyin, Volunteer.id),
    "capacity": (Volunteer.capacity.desc(), Volunteer.id),
}


@dataclass(frozen=True)
class VolunteerFilter:
    """What a list of volunteers is narrowed to; an empty part narrows nothing."""

    area_code: str = ""
    status: VolunteerStatus | None = None
    skill: Skill | None = None
    is_party_member: bool = False
    term: str = ""
    sort: str = "newest"


def list_volunteers(by: User, narrow: VolunteerFilter) -> Select[Volunteer]:
    """Return the statement for the volunteers in the scope of *by*, narrowed and sorted."""
    found = select(Volunteer).options(selectinload(Volunteer.skills))
    found = scoped(found, Volunteer, by).where(Volunteer.anonymised_at.is_(None))
    if narrow.area_code:
        found = found.where(Volunteer.area_code.startswith(narrow.area_code, autoescape=True))
    if narrow.status:
        found = found.where(_has_status(narrow.status))
    if narrow.skill:
        able = select(VolunteerSkill.volunteer_id).where(VolunteerSkill.skill == narrow.skill)
        found = found.where(Volunteer.id.in_(able))
    if narrow.is_party_member:
        found = found.where(Volunteer.political_status.in_(("01", "02")))
    if narrow.term.strip():
        found = found.where(_fits(narrow.term))
    return found.order_by(*SORTS.get(narrow.sort, SORTS["newest"]))


def _has_status(status: VolunteerStatus) -> ColumnElement[bool]:
    """Look for a status; those who wait are also known people whose account waits."""
    if status is not VolunteerStatus.PENDING:
        return Volunteer.status == status
    return or_(Volunteer.status == status, Volunteer.claimed_by_id.is_not(None))


def _fits(term: str) -> ColumnElement[bool]:
    """Look by identity number or telephone, each exact, or by name and its pinyin."""
    number = fold(term).upper()
    if IDENTITY.fullmatch(number):
        return Volunteer.identity_index == identity_index(number)
    try:
        return Volunteer.phone_index == phone_index(read_phone(term))
    except BadValue:
        by_sound = Volunteer.name_pinyin.contains(f" {query_key(term)}", autoescape=True)
        return Volunteer.name.contains(plain(term).replace(" ", ""), autoescape=True) | by_sound


@relate(Volunteer, Role.VOLUNTEER)
def _own_row(user: User) -> ColumnElement[bool]:
    return Volunteer.user_id == user.id


def own_ids(user: User) -> Select[int]:
    """Return the statement for the id of the volunteer who signs in as *user*."""
    return select(Volunteer.id).where(Volunteer.user_id == user.id)


def find_by_identity(session: Session, number: str) -> Volunteer | None:
    """Return the volunteer with this identity number, anywhere."""
    return session.scalars(
        select(Volunteer).where(Volunteer.identity_index == identity_index(number))
    ).one_or_none()


def known_identities(session: Session, identities: Iterable[str]) -> set[str]:
    """Return those of *identities* that are in the register already, anywhere."""
    by_index = {identity_index(identity): identity for identity in identities}
    column = Volunteer.identity_index
    with everywhere(session, "whether a number is in a register, wherever"):
        found = (session.scalars(select(column).where(column.in_(part))) for part in in_parts(by_index))
        return {by_index[bytes(index)] for part in found for index in part}


def list_pending_volunteers(by: User) -> Select[Volunteer]:
    """Return the statement for those in the scope of *by* who wait: new people, accounts of known ones."""
    found = select(Volunteer).where(_has_status(VolunteerStatus.PENDING))
    return scoped(found, Volunteer, by).order_by(Volunteer.created_at, Volunteer.id)


def count_pending_volunteers(session: Session, by: User) -> int:
    """Return how many wait in the scope of *by*."""
    waiting = list_pending_volunteers(by).order_by(None).subquery()
    return session.scalar(select(func.count()).select_from(waiting)) or 0


@dataclass(frozen=True)
class ShownVolunteer:
    """The personal facts of a volunteer as they may be shown."""

    number: str
    age: int
    phone: str


def shown_of(volunteer: Volunteer, is_open_book: bool, today: date) -> ShownVolunteer:
    """Return number, age and telephone; the number is never whole, the telephone only for duty."""
    phone = format_phone(volunteer.phone) if is_open_book else mask_phone(volunteer.phone)
    return ShownVolunteer(mask_identity(volunteer.identity_number), age_on(volunteer.birth_on, today), phone)


def hidden_facts(volunteer: Volunteer, is_open_book: bool) -> dict[str, tuple[str, str]]:
    """Return what a form hides, by its field: masked words, and a mark of the value."""
    number = mask_identity(volunteer.identity_number), bytes(volunteer.identity_index).hex()
    if is_open_book:
        return {"identity_number": number}
    phone = mask_phone(volunteer.phone), bytes(volunteer.phone_index).hex()
    return {"identity_number": number, "phone": phone}
