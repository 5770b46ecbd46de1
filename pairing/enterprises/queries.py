"""Finding companies and what they pledge."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from pairing.accounts.models import User
from pairing.accounts.queries import in_area, relate, scoped
from pairing.accounts.rules import STAFF, Role
from pairing.areas.queries import place_names
from pairing.db import in_parts
from pairing.enterprises.models import Enterprise, EnterpriseStatus, Pledge, PledgeStatus
from pairing.privacy.masking import mask_phone
from pairing.privacy.pinyin import query_key
from pairing.readers import everywhere
from pairing.values.needs import Category, NeedType
from pairing.values.phone import format_phone
from pairing.values.text import plain


@dataclass(frozen=True)
class EnterpriseFilter:
    """What a list of companies is narrowed to; an empty part narrows nothing."""

    area_code: str = ""
    status: EnterpriseStatus | None = None
    term: str = ""  # of the name, or the whole code: neither is personal


def list_enterprises(by: User, narrow: EnterpriseFilter) -> Select[Enterprise]:
    """Return the statement for the companies in the scope of *by*, narrowed, by name."""
    found = scoped(select(Enterprise), Enterprise, by)
    if narrow.area_code:
        found = found.where(Enterprise.area_code.startswith(narrow.area_code, autoescape=True))
    if narrow.status:
        found = found.where(_has_status(narrow.status))
    if term := plain(narrow.term).replace(" ", ""):
        by_sound = Enterprise.name_pinyin.contains(f" {query_key(term)}", autoescape=True)
        by_name = Enterprise.name.contains(term, autoescape=True)
        found = found.where(or_(by_name, by_sound, Enterprise.uscc == term.upper()))
    return found.order_by(Enterprise.name_pinyin, Enterprise.id)


def _has_status(status: EnterpriseStatus) -> ColumnElement[bool]:
    """Look for a status; those that wait are also known companies whose account waits."""
    if status is not EnterpriseStatus.PENDING:
        return Enterprise.status == status
    return or_(Enterprise.status == status, Enterprise.claimed_by_id.is_not(None))


@relate(Enterprise, Role.COMPANY)
def _own_row(user: User) -> ColumnElement[bool]:
    return Enterprise.user_id == user.id


@relate(Pledge, Role.COMPANY)
def _of_own_company(user: User) -> ColumnElement[bool]:
    return Pledge.enterprise_id.in_(select(Enterprise.id).where(Enterprise.user_id == user.id))


@relate(Pledge, *STAFF)
def _of_company_in_area(user: User) -> ColumnElement[bool]:
    """A pledge names where it may be used; it belongs to the place of its company."""
    return Pledge.enterprise_id.in_(select(Enterprise.id).where(in_area(Enterprise.area_code, user)))


def own_pledge_ids(user: User) -> Select[int]:
    """Return the statement for the pledges of the company that signs in as *user*."""
    return select(Pledge.id).where(_of_own_company(user))


def find_by_uscc(session: Session, uscc: str) -> Enterprise | None:
    """Return the company with this code, anywhere."""
    return session.scalars(select(Enterprise).where(Enterprise.uscc == uscc)).one_or_none()


def known_usccs(session: Session, codes: Iterable[str]) -> set[str]:
    """Return those of *codes* that are in the register already, anywhere."""
    known = select(Enterprise.uscc)
    with everywhere(session, "whether a number is in a register, wherever"):
        found = (session.scalars(known.where(Enterprise.uscc.in_(part))) for part in in_parts(codes))
        return {code for part in found for code in part}


def list_pledges(session: Session, enterprise_id: int) -> list[Pledge]:
    """Return the pledges of a company, newest first."""
    found = select(Pledge).where(Pledge.enterprise_id == enterprise_id)
    return list(session.scalars(found.order_by(Pledge.id.desc())))


def pledged_by_enterprise(session: Session, ids: Iterable[int]) -> dict[int, int]:
    """Return company id -> sum of its living pledges in fen."""
    living = select(Pledge.enterprise_id, func.sum(Pledge.amount_fen)).where(
        Pledge.enterprise_id.in_(list(ids)), Pledge.status == PledgeStatus.ACTIVE
    )
    return {key: int(total) for key, total in session.execute(living.group_by(Pledge.enterprise_id))}


def list_pending_enterprises(by: User) -> Select[Enterprise]:
    """Return the statement for those in the scope of *by* that wait: new ones, and accounts of known ones."""
    found = select(Enterprise).where(_has_status(EnterpriseStatus.PENDING))
    return scoped(found, Enterprise, by).order_by(Enterprise.created_at, Enterprise.id)


def count_pending_enterprises(session: Session, by: User) -> int:
    """Return how many wait in the scope of *by*."""
    waiting = list_pending_enterprises(by).order_by(None).subquery()
    return session.scalar(select(func.count()).select_from(waiting)) or 0


@dataclass(frozen=True)
class ShownPledge:
    """A pledge with its conditions in words."""

    row: Pledge
    purposes: list[NeedType]
    categories: list[Category]
    area_name: str


def list_shown_pledges(session: Session, enterprise_id: int) -> list[ShownPledge]:
    """Return the pledges of a company, newest first, with their conditions in words."""
    by_code = {member.value: member for member in NeedType}
    kinds = {member.value: member for member in Category}
    rows = list_pledges(session, enterprise_id)
    names = place_names(session, (row.area_code for row in rows))
    return [
        ShownPledge(
            row,
            [by_code[code] for code in row.purposes if code in by_code],
            [kinds[code] for code in row.categories if code in kinds],
            names.get(row.area_code, row.area_code),
        )
        for row in rows
    ]


def shown_phone(enterprise: Enterprise, is_open_book: bool) -> str:
    """Return the telephone of the contact; masked unless it is the reader's duty or own."""
    phone = enterprise.contact_phone
    return format_phone(phone) if is_open_book else mask_phone(phone)


def hidden_facts(enterprise: Enterprise, is_open_book: bool) -> dict[str, tuple[str, str]]:
    """Return what a form hides, by its field: masked words, and a mark of the value."""
    if is_open_book:
        return {}
    mark = bytes(enterprise.contact_phone_index).hex()
    return {"contact_phone": (mask_phone(enterprise.contact_phone), mark)}
