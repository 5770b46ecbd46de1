"""Finding households."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from pairing.accounts.models import User
from pairing.accounts.queries import scoped
from pairing.db import in_parts
from pairing.errors import BadValue, NotFound
from pairing.households.models import Category, Household, HouseholdStatus, Member, Need, Urgency
from pairing.households.rules import FILE_NUMBERS, file_number, serial_of
from pairing.privacy.keys import blind_index, identity_index, phone_index
from pairing.privacy.masking import mask_address, mask_identity, mask_phone
from pairing.privacy.pinyin import query_key
from pairing.readers import everywhere
from pairing.values.identity import age_on
from pairing.values.people import Gender
from pairing.values.phone import format_phone, read_phone
from pairing.values.text import fold, plain

FILE_NO = re.compile(r"[0-9]{9}-[0-9]{4}-[0-9]{1,6}")
IDENTITY = re.compile(r"[0-9]{17}[0-9X]")
ORDER = {urgency: place for place, urgency in enumerate(Urgency)}
SORTS: dict[str, tuple[Any, ...]] = {
    "newest": (Household.registered_on.desc(), Household.id.desc()),
    "waiting": (Household.registered_on, Household.id),
    "urgency": (case(ORDER, value=Household.urgency), Household.registered_on, Household.id),
    "name": (Household.head_pinyin, Household.id),
}


@dataclass(frozen=True)
class HouseholdFilter:
    """What a list of households is narrowed to; an empty part narrows nothing."""

    area_code: str = ""
    category: Category | None = None
    urgency: Urgency | None = None
    status: HouseholdStatus | None = HouseholdStatus.OPEN
    term: str = ""
    sort: str = "newest"


def list_households(by: User, narrow: HouseholdFilter) -> Select[Household]:
    """Return the statement for the households in the scope of *by*, narrowed and sorted."""
    found = scoped(select(Household), Household, by).where(Household.anonymised_at.is_(None))
    if narrow.area_code:
        found = found.where(Household.area_code.startswith(narrow.area_code, autoescape=True))
    columns = {Household.category: narrow.category, Household.urgency: narrow.urgency}
    for column, wanted in {**columns, Household.status: narrow.status}.items():
        if wanted:
            found = found.where(column == wanted)
    if narrow.term.strip():
        found = found.where(_fits(narrow.term))
    return found.order_by(*SORTS.get(narrow.sort, SORTS["newest"]))


def _fits(term: str) -> ColumnElement[bool]:
    """Look by file number, identity number or telephone, each exact, or by name and its pinyin."""
    number = fold(term).upper()
    if FILE_NO.fullmatch(number):
        return Household.file_no == file_number(number[:15], serial_of(number))
    if IDENTITY.fullmatch(number):
        heads = select(Member.household_id).where(Member.identity_index == identity_index(number))
        return Household.id.in_(heads)
    try:
        return Household.phone_index == phone_index(read_phone(term))
    except BadValue:
        by_sound = Household.head_pinyin.contains(f" {query_key(term)}", autoescape=True)
        return Household.head_name.contains(plain(term).replace(" ", ""), autoescape=True) | by_sound


def known_heads(session: Session, identities: Iterable[str]) -> set[str]:
    """Return those of *identities* whose holders are the head of a file already, anywhere."""
    by_index = {identity_index(identity): identity for identity in identities}
    heads = select(Member.identity_index).where(Member.is_head)
    with everywhere(session, "whether a number is in a register, wherever"):
        found = (session.scalars(heads.where(Member.identity_index.in_(part))) for part in in_parts(by_index))
        return {by_index[bytes(index)] for part in found for index in part}


def last_serial(session: Session, prefix: str) -> int:
    """Return the highest number given under a prefix of file numbers, 0 if none."""
    first, last = file_number(prefix, 0), file_number(prefix, FILE_NUMBERS)
    given = select(func.max(Household.file_no)).where(Household.file_no.between(first, last))
    with everywhere(session, "the next file number of a subdistrict"):
        highest = session.scalar(given)
    return serial_of(highest) if highest else 0


def get_need(session: Session, household: Household, need_id: int) -> Need:
    """Return a need of this household, locked for change; NotFound if it has no such need."""
    found = select(Need).where(Need.id == need_id, Need.household_id == household.id).with_for_update()
    need = session.scalars(found).one_or_none()
    if need is None:
        raise NotFound
    return need


@dataclass(frozen=True)
class ShownMember:
    """A person of a file as the page says it: the number masked, the age instead of the birthday."""

    name: str
    relation: str
    gender: Gender
    age: int
    number: str


@dataclass(frozen=True)
class ShownHousehold:
    """What of a file is masked, unless it is the reader's duty to know it."""

    address: str
    phone: str
    members: list[ShownMember]


def shown_of(household: Household, is_open_book: bool, today: date) -> ShownHousehold:
    """Return the personal facts of a file as they may be shown; identity numbers are never whole."""
    phone, address = household.phone or "", household.address
    members = [
        ShownMember(
            row.name,
            row.relation,
            row.gender,
            age_on(row.birth_on, today),
            mask_identity(row.identity_number),
        )
        for row in sorted(household.members, key=lambda row: (not row.is_head, row.id))
    ]
    if is_open_book:
        return ShownHousehold(address, format_phone(phone) if phone else "", members)
    return ShownHousehold(mask_address(address), mask_phone(phone), members)


def masked_facts(household: Household, is_open_book: bool) -> dict[str, str]:
    """Return what a form may say of what it hides: numbers by member id and "head", phone and address."""
    rows = household.members
    facts = {"head" if row.is_head else str(row.id): mask_identity(row.identity_number) for row in rows}
    if not is_open_book:
        facts |= {"phone": mask_phone(household.phone or ""), "address": mask_address(household.address)}
    return facts


def hidden_facts(household: Household, is_open_book: bool) -> dict[str, tuple[str, str]]:
    """Return what a form hides, by its field or by the member's id: masked words, and a mark of the value."""
    known, rows = masked_facts(household, is_open_book), household.members
    marks = {"head" if row.is_head else str(row.id): bytes(row.identity_index).hex() for row in rows}
    marks |= {"phone": _mark("phone", household.phone), "address": _mark("address", household.address)}
    names = {"head": "head_identity"}
    return {names.get(name, name): (words, marks[name]) for name, words in known.items()}


def _mark(place: str, value: str | None) -> str:
    return blind_index(f"household.{place}", value or "").hex()
