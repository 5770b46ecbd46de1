"""The database: typed models, the pragmas of SQLite, and the only commit."""

import enum
import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Annotated, Any, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    BigInteger,
    Connection,
    Date,
    DateTime,
    Dialect,
    Enum,
    MetaData,
    String,
    TypeDecorator,
    event,
)
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column, registry
from sqlalchemy.pool import ConnectionPoolEntry

T = TypeVar("T")
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
LOCK = {"key_share": True}  # FOR NO KEY UPDATE: others may still write rows that point here
AT_ONCE = 500  # values in one IN (...)
WRITES = "pairing_writes"  # execution option: this transaction will write
DEED = "deed"  # key of session.info: a transaction() is open


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC; SQLite would drop the offset, so naive values are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive moment and store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Fen = Annotated[int, mapped_column(BigInteger)]  # money, in hundredths of a yuan


def _codes(members: type[enum.Enum]) -> list[str]:
    return [member.value for member in members]


class Base(DeclarativeBase):
    """The base of every model."""

    registry = registry(  # Flask-SQLAlchemy copies the class, and a copy may not bring a type map of its own
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={
            datetime: UtcDateTime(),
            date: Date(),
            str: String(200),
            enum.Enum: Enum(enum.Enum, native_enum=False, length=32, values_callable=_codes),
        },
    )


db = SQLAlchemy(model_class=Base)


def current_session() -> Session:
    """Return the session of this request or command, for reading."""
    return db.session()


@contextmanager
def transaction() -> Iterator[Session]:
    """Open the one transaction of a deed; commit at the end, roll back on any error.

    Inside another one it is a part of that deed (a savepoint), which commits or goes with the whole.
    What was read before belongs to an older snapshot, so it is let go first. SQLite takes its
    write lock at once (BEGIN IMMEDIATE): two deeds cannot both read a last place and then take it.
    """
    session = db.session()
    if session.info.get(DEED):
        with session.begin_nested():
            yield session
        return
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("something was changed before transaction() was opened")
    session.commit()
    session.connection(execution_options={WRITES: True})
    session.info[DEED] = True
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop(DEED)


@contextmanager
def many_rows() -> Iterator[None]:
    """Make thousands of rows without looking for garbage among them again and again: none of them is any."""
    was_looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_looking:
            gc.enable()


def in_parts(values: Iterable[T]) -> Iterator[Sequence[T]]:
    """Yield *values* in parts that fit into one IN (...)."""
    everything = list(values)
    for start in range(0, len(everything), AT_ONCE):
        yield everything[start : start + AT_ONCE]


def add_unless_known(
    session: Session, rows: Iterable[object], unique: Sequence[str], refusal: Exception
) -> None:
    """Write new or changed *rows*; raise *refusal* where one of the indexes named *unique* forbids it."""
    try:
        with session.begin_nested():
            session.add_all(rows)
    except IntegrityError as error:
        if any(name in str(error.orig) for name in unique):
            raise refusal from error
        raise


def listen_to(engine: Engine) -> None:
    """Give SQLite its pragmas and its own BEGIN; other engines need neither."""
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)


def _set_pragmas(connection: Any, _record: ConnectionPoolEntry) -> None:  # noqa: ANN401 - a DBAPI connection
    connection.isolation_level = None  # the driver must not open transactions of its own
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
