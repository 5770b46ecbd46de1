"""Reading the trail in tests, and tampering with it as somebody would who owns the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text

from pairing.audit.models import AuditEntry
from pairing.audit.services import verify

TABLES = ("audit_entry", "audit_link")
LIST = "select name, sql from sqlite_master where type = 'trigger' and name like 'audit%'"


def details(session, subject_type, row_id):
    """Return what the trail says about the changes of one file, in order."""
    found = session.query(AuditEntry).filter_by(
        kind="change", subject_type=subject_type, subject_id=str(row_id)
    )
    return [entry.detail for entry in found.order_by(AuditEntry.id)]


def last_entry(session, **narrow):
    """Return the newest entry."""
    return session.query(AuditEntry).filter_by(**narrow).order_by(AuditEntry.id.desc()).first()


def broken(session, **options):
    """Return in words what is wrong with the chain, "" where nothing is."""
    session.expire_all()
    return str(verify(session, **options).broken)


def run(session, sql, **values):
    """Run raw SQL, as in the database's own shell."""
    return session.connection().execute(text(sql), values)


@contextmanager
def unguarded(session) -> Iterator[None]:
    """Take the triggers away, and put them back as if nothing had been."""
    if session.connection().dialect.name == "postgresql":
        for table in TABLES:
            run(session, f"alter table {table} disable trigger user")
        yield
        for table in TABLES:
            run(session, f"alter table {table} enable trigger user")
        return
    triggers = run(session, LIST).all()
    for name, _sql in triggers:
        run(session, f"drop trigger {name}")
    yield
    for _name, sql in triggers:
        session.connection().exec_driver_sql(sql)


def tamper(session, sql, **values):
    """Do what the triggers would have refused."""
    with unguarded(session):
        run(session, sql, **values)
