"""Finding people, and keeping everyone inside their scope."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Protocol, TypeVar

from sqlalchemy import ColumnElement, Select, false, func, inspect, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from pairing.accounts.models import AccountStatus, RecoveryCode, SignInSession, User
from pairing.accounts.rules import IDLE_FOR, STAFF, Role
from pairing.audit.models import AuditEntry
from pairing.errors import NotFound


class Owned(Protocol):
    """A model whose rows may have an account."""

    user_id: Any


RowT = TypeVar("RowT")
SelectT = TypeVar("SelectT", bound=Select[*tuple[Any, ...]])


Relation = Callable[[User], ColumnElement[bool]]
_RELATIONS: dict[tuple[type[Any], Role], list[Relation]] = defaultdict(list)


def relate(model: type[Any], *roles: Role) -> Callable[[Relation], Relation]:
    """Register what makes rows of *model* be there for people of *roles*; several reasons add up."""

    def keep(relation: Relation) -> Relation:
        for role in roles:
            _RELATIONS[model, role].append(relation)
        return relation

    return keep


def in_area(column: InstrumentedAttribute[str] | ColumnElement[str], user: User) -> ColumnElement[bool]:
    """Say that an area code begins with the scope of *user*."""
    return column.startswith(user.scope_code, autoescape=True)


def there_for(model: type[Any], user: User) -> ColumnElement[bool]:
    """Say which rows of *model* are there for *user*: by a registered relation; for staff else by area.

    Closed by default: where neither is known there are none. A child without a place of its own
    (a member, a need) goes through its parent.
    """
    if relations := _RELATIONS.get((model, user.role)):
        return or_(*(relation(user) for relation in relations))
    if user.role in STAFF and hasattr(model, "area_code"):
        return in_area(model.area_code, user)
    return false()


def scoped(stmt: SelectT, model: type[Any], user: User) -> SelectT:
    """Narrow *stmt* to the rows of *model* that are there for *user*; see `there_for`."""
    return stmt.where(there_for(model, user))


def get_scoped(session: Session, model: type[RowT], row_id: int, user: User, lock: bool = False) -> RowT:
    """Return one row of *model* that is there for *user*, locked for change if asked.

    Raises
    ------
    NotFound : there is none, or it is somebody else's; nobody learns which.
    """
    found = scoped(select(model).where(inspect(model).primary_key[0] == row_id), model, user)
    if lock:
        found = found.with_for_update().execution_options(populate_existing=True)
    row = session.scalars(found).one_or_none()
    if row is None:
        raise NotFound
    return row


@relate(AuditEntry, Role.AUDITOR)
def _trail_of_area(user: User) -> ColumnElement[bool]:
    """The trail of the area, and what belongs to no place: jobs, counts, strangers who were refused."""
    place = AuditEntry.area_code.concat("")  # hides the index: nearly every row is inside the scope
    return or_(place == "", in_area(place, user))


@relate(User, *STAFF)
def _accounts_of_area(user: User) -> ColumnElement[bool]:
    return in_area(User.scope_code, user)


def find_user(session: Session, sign_in_name: str, lock: bool = False) -> User | None:
    """Return the user with this sign-in name, in any spelling of case; locked for change if asked."""
    found = select(User).where(User.sign_in_name == sign_in_name.strip().lower())
    if lock:
        found = found.with_for_update().execution_options(populate_existing=True)
    return session.scalars(found).one_or_none()


def find_session(
    session: Session, token: str, now: datetime, is_full: bool = True
) -> tuple[SignInSession, User] | None:
    """Return the living session that a cookie names, and whose it is; None when it has ended."""
    found = select(SignInSession, User).join(User, User.id == SignInSession.user_id)
    living = (
        SignInSession.token_hash == hashlib.sha256(token.encode()).digest(),
        SignInSession.is_full.is_(is_full),
        SignInSession.ended_at.is_(None),
        SignInSession.ends_at > now,
        SignInSession.seen_at > now - IDLE_FOR,
        User.status == AccountStatus.ACTIVE,
    )
    row = session.execute(found.where(*living)).one_or_none()
    return (row[0], row[1]) if row else None


def list_sessions(session: Session, user: User, now: datetime) -> list[SignInSession]:
    """Return where *user* is signed in, the latest use first."""
    living = (
        SignInSession.user_id == user.id,
        SignInSession.is_full.is_(True),
        SignInSession.ended_at.is_(None),
        SignInSession.ends_at > now,
        SignInSession.seen_at > now - IDLE_FOR,
    )
    found = select(SignInSession).where(*living)
    return list(session.scalars(found.order_by(SignInSession.seen_at.desc(), SignInSession.id.desc())))


def get_own_session(session: Session, session_id: int, user: User) -> SignInSession:
    """Return one session of *user*, locked for change; NotFound for anybody else's."""
    mine = SignInSession.id == session_id, SignInSession.user_id == user.id, SignInSession.is_full.is_(True)
    found = select(SignInSession).where(*mine).with_for_update()
    row = session.scalars(found.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        raise NotFound
    return row


def count_recovery_codes(session: Session, user: User) -> int:
    """Return how many recovery codes *user* has left."""
    left = RecoveryCode.user_id == user.id, RecoveryCode.used_at.is_(None)
    return session.scalar(select(func.count()).select_from(RecoveryCode).where(*left)) or 0


def list_staff_for(session: Session, area_code: str) -> list[User]:
    """Return the active staff in whose scope *area_code* lies, the nearest first."""
    staff = select(User).where(User.role.in_(STAFF), User.status == AccountStatus.ACTIVE)
    scopes = [area_code[:length] for length in (12, 9, 6, 4)]
    found = session.scalars(staff.where(User.scope_code.in_(scopes)))
    return sorted(found, key=lambda user: (-len(user.scope_code), user.id))


def list_nearest_staff(session: Session, area_code: str) -> list[User]:
    """Return the active staff with the narrowest scope around *area_code*: of the community if it has any."""
    staff = list_staff_for(session, area_code)
    return [user for user in staff if len(user.scope_code) == len(staff[0].scope_code)]


def list_users(by: User, roles: Iterable[Role]) -> Select[User]:
    """Return the statement for the accounts of *roles* in the scope of *by*, by role and place."""
    living = User.role.in_(list(roles)), User.anonymised_at.is_(None)
    found = scoped(select(User).where(*living), User, by)
    return found.order_by(User.role, User.scope_code, User.id)


def get_user(session: Session, user_id: int, by: User) -> User:
    """Return an account in the scope of *by*, locked for change; NotFound if there is none."""
    return get_scoped(session, User, user_id, by, lock=True)


def get_own(session: Session, model: type[RowT], user: User, lock: bool = False) -> RowT:
    """Return the one row of *model* that is there for *user*, locked if asked; NotFound if there is none."""
    mine = scoped(select(model), model, user)
    if lock:
        mine = mine.with_for_update().execution_options(populate_existing=True)
    row = session.scalars(mine).one_or_none()
    if row is None:
        raise NotFound
    return row
