"""Finding households."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from pairing.accounts.models import User
from pairing.accounts.queries import within_scope
from pairing.errors import BadValue
from pairing.households.models import Category, Household, HouseholdStatus, Member, Urgency
from pairing.households.rules import FILE_NUMBERS, file_number, serial_of
from pairing.privacy.keys import blind_index
from pairing.privacy.pinyin import query_key
from pairing.values.phone import read_phone
from pairing.values.text import fold, plain

FILE_NO = re.compile(r"[0-9]{9}-[0-9]{4}-[0-9]{1,6}")
IDENTITY = re.compile(r"[0-9]{17}[0-9X]")
AT_ONCE = 500  # values in one IN (...)
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


def identity_index(number: str) -> bytes:
    """Return the fingerprint by which a person is found in every register."""
    return blind_index("identity", number)


def phone_index(number: str) -> bytes:
    """Return the fingerprint of a telephone number (E.164), the same in every register."""
    return blind_index("phone", number)


def list_households(by: User, narrow: HouseholdFilter) -> Select[Household]:
    """Return the statement for the households in the scope of *by*, narrowed and sorted."""
    found = within_scope(select(Household), Household.area_code, by)
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
    indexes = list(by_index)
    known: set[str] = set()
    for start in range(0, len(indexes), AT_ONCE):
        part = indexes[start : start + AT_ONCE]
        found = session.scalars(
            select(Member.identity_index).where(Member.is_head, Member.identity_index.in_(part))
        )
        known |= {by_index[bytes(index)] for index in found}
    return known


def last_serial(session: Session, prefix: str) -> int:
    """Return the highest number given under a prefix of file numbers, 0 if none."""
    first, last = file_number(prefix, 0), file_number(prefix, FILE_NUMBERS)
    highest = session.scalar(
        select(func.max(Household.file_no)).where(Household.file_no.between(first, last))
    )
    return serial_of(highest) if highest else 0


def list_by_ids(session: Session, ids: Sequence[int]) -> dict[int, Household]:
    """Return households by id."""
    return {row.id: row for row in session.scalars(select(Household).where(Household.id.in_(ids)))}
