"""Who reads: the identity that row-level security asks for, told to PostgreSQL with every transaction.

A web request begins as `NOBODY` and becomes the person who signed in; commands, the scheduler,
migrations and tests read as the machine. A connection that was told nothing sees no row.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session, SessionTransaction

KEY = "reader"  # of session.info
TELL = text(
    "SELECT set_config('pairing.role', :role, true), set_config('pairing.user_id', :user_id, true),"
    " set_config('pairing.scope', :scope, true)"
)


RIGHTS = text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")


class UnboundRole(RuntimeError):
    """The database role of the app is above row-level security."""


@dataclass(frozen=True)
class Reader:
    """A person with a role and an area (a code prefix)."""

    role: str
    user_id: int = 0
    scope: str = ""


MACHINE = Reader("machine")
NOBODY = Reader("nobody")


def read_as(session: Session, reader: Reader) -> None:
    """Let *session* see what *reader* may see, from now on and in every later transaction."""
    session.info[KEY] = reader
    if session.in_transaction():
        _tell(session.connection(), reader)


@contextmanager
def everywhere(session: Session, why: str) -> Iterator[None]:
    """Look beyond the scope of the reader for one named reason; tests keep the list of reasons.

    What is written inside is written with the same rights. What comes out must say no more about
    other places than *why* names: whether a number is known, a sum, the next number.
    """
    if not why:
        raise ValueError("looking beyond a scope needs a reason")
    before = session.info.get(KEY, MACHINE)
    if before == MACHINE:
        yield
        return
    session.flush()
    read_as(session, MACHINE)
    try:
        yield
        session.flush()
    finally:
        session.info[KEY] = before
        with suppress(SQLAlchemyError):  # a broken transaction rolls back, and the next one is told anew
            read_as(session, before)


def refuse_unbound_role(engine: Engine) -> None:
    """Refuse to start where PostgreSQL would show the app everything: superusers ignore the policies.

    Raises
    ------
    UnboundRole : the role is a superuser or has BYPASSRLS; the message says how to make a right one.
    """
    if engine.dialect.name != "postgresql":
        return
    is_unbound = False
    with suppress(OperationalError), engine.connect() as connection:  # one that is down is waited for
        is_unbound = bool(connection.scalar(RIGHTS))
    if is_unbound:
        engine.dispose()
        raise UnboundRole(
            "DATABASE_URL names a role that ignores row-level security; use one made by:"
            " CREATE ROLE pairing LOGIN NOSUPERUSER NOBYPASSRLS (see docs/deployment.md)"
        )


def _tell(connection: Connection, reader: Reader) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(TELL, {**vars(reader), "user_id": str(reader.user_id)})


@event.listens_for(Session, "after_begin")
def _tell_at_begin(session: Session, _transaction: SessionTransaction, connection: Connection) -> None:
    _tell(connection, session.info.get(KEY, MACHINE))
