"""The trail cannot be changed by SQL, and no statement changes many audited rows unseen."""

import ast

import pytest
from sqlalchemy import delete, insert, text, update
from sqlalchemy.exc import DBAPIError

from pairing.audit.models import AuditEntry, AuditLink
from pairing.audit.services import in_bulk
from pairing.audit.services.bulk import BulkRefused
from pairing.outbox.models import Heartbeat
from pairing.rosters.models import RosterImport
from pairing.volunteers.models import VolunteerSkill
from tests.audit.trail import last_entry, run
from tests.house.tree import PACKAGE
from tests.support.databases import ENGINES
from tests.support.makers import make_household, make_volunteer

CHANGES = {
    "update": "update {table} set {key} = {key} + 1000",
    "update of nothing but a word": "update {table} set batch = 1",
    "delete": "delete from {table}",
    "replace": "insert or replace into {table} select * from {table}",
    "truncate": "truncate {table}",
}
ONLY = {"replace": "sqlite", "truncate": "postgresql"}  # the other engine has no such statement
CASES = [(engine, change) for engine in ENGINES for change in CHANGES if ONLY.get(change, engine) == engine]


@pytest.mark.parametrize("table", ["audit_entry", "audit_link"])
@pytest.mark.parametrize(("engine_name", "change"), CASES)
def test_the_database_itself_refuses_to_change_the_trail(session, table, change):
    make_household()
    session.commit()
    sql = CHANGES[change].format(table=table, key={"audit_entry": "id"}.get(table, "number"))

    with pytest.raises(DBAPIError, match="append only"), session.begin_nested():
        run(session, sql)


def test_a_conflict_does_not_overwrite_an_entry(session):
    make_household()
    session.commit()
    entry = last_entry(session)
    columns = "id, batch, at, kind, actor_name, action, subject_type, subject_id, area_code, origin"
    sql = (
        f"insert into audit_entry ({columns}, request_id, detail)"  # noqa: S608 - no values
        f" select {columns}, request_id, '[]' from audit_entry where id = {entry.id}"
        " on conflict (id) do update set detail = excluded.detail"
    )

    with pytest.raises(DBAPIError, match=r"append only|syntax error"), session.begin_nested():
        run(session, sql)


@pytest.mark.parametrize(
    "statement",
    [
        update(AuditEntry).values(actor_name="别人"),
        delete(AuditLink),
        update(RosterImport).values(content=None),
        delete(VolunteerSkill.__table__),
        update(RosterImport.__table__).values(content=None),
        text("update volunteer set capacity = 20"),
        text("  DELETE FROM volunteer_skill"),
        text("with gone as (select 1) delete from household"),
    ],
)
def test_a_statement_over_many_rows_is_refused(session, statement):
    make_volunteer()

    with pytest.raises((BulkRefused, DBAPIError)) as refusal:
        session.execute(statement)

    assert refusal.type is BulkRefused or "append only" in str(refusal.value)


def test_the_older_ways_to_say_it_are_refused_too(session):
    with pytest.raises(BulkRefused):
        session.query(VolunteerSkill).delete()
    with pytest.raises(BulkRefused):
        session.query(RosterImport).update({"content": None})


def test_an_update_by_keys_is_refused(session):
    volunteer = make_volunteer()

    with pytest.raises(BulkRefused):
        session.execute(update(type(volunteer)), [{"id": volunteer.id, "capacity": 9}])


def test_with_a_known_reason_it_passes_and_the_rows_are_counted(session):
    make_volunteer()

    session.execute(in_bulk(update(RosterImport).values(content=None), "forget_rosters"))

    said = {"rows": 0, "table": "roster_import", "how": "update", "why": "forget_rosters"}
    assert last_entry(session).detail == said


def test_an_unknown_reason_is_refused():
    with pytest.raises(BulkRefused, match="does not know"):
        in_bulk(delete(RosterImport), "because")


def test_rows_added_by_one_statement_are_counted(session):
    volunteer = make_volunteer(skills=[])
    rows = [{"volunteer_id": volunteer.id, "skill": skill} for skill in ("care", "repair")]

    session.execute(insert(VolunteerSkill), rows)

    said = {"rows": 2, "table": "volunteer_skill", "how": "insert", "why": ""}
    assert last_entry(session).detail == said


def test_reading_and_technical_tables_are_free(session):
    session.execute(delete(Heartbeat))
    assert session.execute(text("select 1")).scalar() == 1


DOORS = {"bulk_save_objects", "bulk_insert_mappings", "bulk_update_mappings", "connection", "exec_driver_sql"}
DOORKEEPERS = ("pairing/audit/", "pairing/db.py", "pairing/readers.py")


def back_doors(source):
    """Return the calls by which a statement would go around the listener."""
    calls = (node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [f"{call.lineno}: {call.attr}" for call in calls if getattr(call, "attr", "") in DOORS]


def test_nobody_goes_around_the_listener():
    files = {f"pairing/{path.relative_to(PACKAGE)}": path for path in PACKAGE.rglob("*.py")}

    found = {name: back_doors(path.read_text("utf-8")) for name, path in files.items()}

    assert back_doors("session.connection().execute(update(x))")
    assert {n: calls for n, calls in found.items() if calls and not n.startswith(DOORKEEPERS)} == {}
