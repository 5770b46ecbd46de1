"""Finding companies and what they pledge."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from pairing.accounts.models import AccountStatus, User
from pairing.accounts.queries import within_scope
from pairing.enterprises.models import Enterprise, EnterpriseStatus, Pledge, PledgeStatus
from pairing.errors import NotFound
from pairing.privacy.keys import blind_index
from pairing.privacy.pinyin import query_key
from pairing.values.text import plain

AT_ONCE = 500  # values in one IN (...)


@dataclass(frozen=True)
class EnterpriseFilter:
    """What a list of companies is narrowed to; an empty part narrows nothing."""

    area_code: str = ""
    status: EnterpriseStatus | None = None
    term: str = ""  # of the name, or the whole code: neither is personal


def phone_index(number: str) -> bytes:
    """Return the fingerprint of a telephone number (E.164), the same in every register."""
    return blind_index("phone", number)


def list_enterprises(by: User, narrow: EnterpriseFilter) -> Select[Enterprise]:
    """Return the statement for the companies in the scope of *by*, narrowed, by name."""
    found = within_scope(select(Enterprise), Enterprise.area_code, by)
    if narrow.area_code:
        found = found.where(Enterprise.area_code.startswith(narrow.area_code, autoescape=True))
    if narrow.status:
        found = found.where(Enterprise.status == narrow.status)
    if term := plain(narrow.term).replace(" ", ""):
        by_sound = Enterprise.name_pinyin.contains(f" {query_key(term)}", autoescape=True)
        by_name = Enterprise.name.contains(term, autoescape=True)
        found = found.where(or_(by_name, by_sound, Enterprise.uscc == term.upper()))
    return found.order_by(Enterprise.name_pinyin, Enterprise.id)


def find_by_uscc(session: Session, uscc: str) -> Enterprise | None:
    """Return the company with this code, anywhere."""
    return session.scalars(select(Enterprise).where(Enterprise.uscc == uscc)).one_or_none()


def known_usccs(session: Session, codes: Iterable[str]) -> set[str]:
    """Return those of *codes* that are in the register already, anywhere."""
    wanted = list(dict.fromkeys(codes))
    known: set[str] = set()
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        known |= set(session.scalars(select(Enterprise.uscc).where(Enterprise.uscc.in_(part))))
    return known


def find_own(session: Session, user: User) -> Enterprise | None:
    """Return the company that signs in as *user*."""
    return session.scalars(select(Enterprise).where(Enterprise.user_id == user.id)).one_or_none()


def get_own(session: Session, user: User, lock: bool = False) -> Enterprise:
    """Return the company that signs in as *user*, locked for change if asked; NotFound if none does."""
    mine = select(Enterprise).where(Enterprise.user_id == user.id)
    if lock:
        mine = mine.with_for_update().execution_options(populate_existing=True)
    enterprise = session.scalars(mine).one_or_none()
    if enterprise is None:
        raise NotFound
    return enterprise


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


def list_open_pledges(session: Session, today: date) -> list[Pledge]:
    """Return every pledge of approved companies that is living and has not expired, by id."""
    found = select(Pledge).join(Enterprise, Enterprise.id == Pledge.enterprise_id)
    found = found.where(Enterprise.status == EnterpriseStatus.ACTIVE, Pledge.status == PledgeStatus.ACTIVE)
    valid = or_(Pledge.expires_on.is_(None), Pledge.expires_on >= today)
    return list(session.scalars(found.where(valid).order_by(Pledge.id)))


def list_pending_enterprises(by: User) -> Select[Enterprise]:
    """Return the statement for those in the scope of *by* that wait: new ones, and accounts of known ones."""
    waiting = or_(Enterprise.status == EnterpriseStatus.PENDING, User.status == AccountStatus.PENDING)
    found = select(Enterprise).outerjoin(User, User.id == Enterprise.user_id).where(waiting)
    return within_scope(found, Enterprise.area_code, by).order_by(Enterprise.created_at, Enterprise.id)


def count_pending_enterprises(session: Session, by: User) -> int:
    """Return how many wait in the scope of *by*."""
    waiting = list_pending_enterprises(by).order_by(None).subquery()
    return session.scalar(select(func.count()).select_from(waiting)) or 0
