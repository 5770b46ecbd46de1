"""Finding people, and keeping everyone inside their scope."""

from collections.abc import Iterable
from typing import Any, Protocol, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from pairing.accounts.models import AccountStatus, User
from pairing.accounts.rules import STAFF, Role
from pairing.errors import NotFound


class Placed(Protocol):
    """A model that says where it belongs."""

    id: Any
    area_code: Any


class Owned(Protocol):
    """A model whose rows may have an account."""

    user_id: Any


OwnedT = TypeVar("OwnedT", bound=Owned)
PlacedT = TypeVar("PlacedT", bound=Placed)
SelectT = TypeVar("SelectT", bound=Select[*tuple[Any, ...]])


def within_scope(stmt: SelectT, column: InstrumentedAttribute[str], user: User) -> SelectT:
    """Narrow *stmt* to rows whose area code begins with the scope of *user*."""
    return stmt.where(column.startswith(user.scope_code, autoescape=True))


def get_scoped(
    session: Session, model: type[PlacedT], row_id: int, user: User, lock: bool = False
) -> PlacedT:
    """Return one row of *model* inside the scope of *user*, locked for change if asked.

    Raises
    ------
    NotFound : there is none, or it belongs to another place; nobody learns which.
    """
    found = select(model).where(model.id == row_id)
    found = within_scope(found, model.area_code, user)
    if lock:
        found = found.with_for_update().execution_options(populate_existing=True)
    row = session.scalars(found).one_or_none()
    if row is None:
        raise NotFound
    return row


def find_user(session: Session, sign_in_name: str, lock: bool = False) -> User | None:
    """Return the user with this sign-in name, in any spelling of case; locked for change if asked."""
    found = select(User).where(User.sign_in_name == sign_in_name.strip().lower())
    if lock:
        found = found.with_for_update().execution_options(populate_existing=True)
    return session.scalars(found).one_or_none()


def find_by_token(session: Session, token: str) -> User | None:
    """Return the user whom a session cookie names."""
    return session.scalars(select(User).where(User.auth_token == token)).one_or_none()


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
    found = within_scope(select(User).where(User.role.in_(list(roles))), User.scope_code, by)
    return found.order_by(User.role, User.scope_code, User.id)


def get_user(session: Session, user_id: int, by: User) -> User:
    """Return an account in the scope of *by*, locked for change; NotFound if there is none."""
    found = within_scope(select(User).where(User.id == user_id), User.scope_code, by)
    user = session.scalars(found.with_for_update().execution_options(populate_existing=True)).one_or_none()
    if user is None:
        raise NotFound
    return user


def get_own(session: Session, model: type[OwnedT], user: User, lock: bool = False) -> OwnedT:
    """Return the row of *model* that signs in as *user*, locked if asked; NotFound if none does."""
    mine = select(model).where(model.user_id == user.id)
    if lock:
        mine = mine.with_for_update().execution_options(populate_existing=True)
    row = session.scalars(mine).one_or_none()
    if row is None:
        raise NotFound
    return row


def is_claimable(session: Session, known: Owned) -> bool:
    """Whether a new account may claim a row of a register: nobody has it, or who had it was refused."""
    owner = session.get(User, known.user_id) if known.user_id else None
    return owner is None or owner.status is AccountStatus.REFUSED
