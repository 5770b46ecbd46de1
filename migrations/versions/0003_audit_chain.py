"""Fields, reads and refusals in the trail; a chain that seals it; triggers that keep it as it is."""

import hashlib
import hmac
import json
import secrets
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from pairing.privacy.keys import key_ring

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SINGLE = ("action", "actor_id", "area_code", "at")  # the indexes of old
COMBINED = {
    "at": ["at", "id"],
    "kind": ["kind", "at", "id"],
    "action": ["action", "at", "id"],
    "actor": ["actor_id", "at", "id"],
    "subject": ["subject_type", "subject_id", "at", "id"],
    "area": ["area_code", "at", "id"],
}
APPEND_ONLY = {"audit_entry": "id", "audit_link": "number"}
SEALED = (
    "id", "at", "kind", "actor_id", "actor_name", "action", "subject_type", "subject_id", "area_code",
    "origin", "request_id", "detail",
)  # fmt: skip


def upgrade():
    """Keep every entry, name its kind, and seal all of them by the first link."""
    batch = secrets.randbits(62)
    _add_columns(batch)
    op.create_table(
        "audit_link",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("batch", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_link")),
        sa.UniqueConstraint("batch", name=op.f("uq_audit_link_batch")),
    )
    _seal_the_past(batch)
    make = _guard_sqlite if op.get_bind().dialect.name == "sqlite" else _guard_postgresql
    for table, key in APPEND_ONLY.items():
        make(table, key)


def downgrade():
    """Leave the deeds as they were; what the old trail does not know goes."""
    if op.get_bind().dialect.name == "postgresql":
        for table in APPEND_ONLY:
            op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
        op.execute("DROP FUNCTION refuse_change_of_trail()")
    else:
        for table in APPEND_ONLY:
            for deed in ("update", "delete", "replace"):
                op.execute(f"DROP TRIGGER {table}_no_{deed}")
    op.execute("DELETE FROM audit_entry WHERE kind IN ('change', 'read', 'refusal')")
    op.drop_table("audit_link")
    with op.batch_alter_table("audit_entry") as table:
        table.drop_index("ix_audit_entry_batch")
        for name in COMBINED:
            table.drop_index(f"ix_audit_entry_{name}")
        for name in ("batch", "kind", "origin", "request_id"):
            table.drop_column(name)
        for name in SINGLE:
            table.create_index(f"ix_audit_entry_{name}", [name])


def _add_columns(batch):
    with op.batch_alter_table("audit_entry") as table:
        table.add_column(sa.Column("batch", sa.BigInteger(), nullable=True))
        table.add_column(sa.Column("kind", sa.String(length=32), nullable=True))
        table.add_column(sa.Column("origin", sa.String(length=80), nullable=True))
        table.add_column(sa.Column("request_id", sa.String(length=32), nullable=True))
    op.execute(
        sa.text(
            "UPDATE audit_entry SET batch = :batch, origin = '', request_id = '', kind = CASE"
            " WHEN action LIKE 'reveal%' THEN 'reveal' WHEN action LIKE 'export%' THEN 'export'"
            " ELSE 'deed' END"
        ).bindparams(batch=batch)
    )
    with op.batch_alter_table("audit_entry") as table:
        for name, kind in (("batch", sa.BigInteger()), ("kind", sa.String(32))):
            table.alter_column(name, existing_type=kind, nullable=False)
        for name, length in (("origin", 80), ("request_id", 32)):
            table.alter_column(name, existing_type=sa.String(length), nullable=False)
        for name in SINGLE:
            table.drop_index(f"ix_audit_entry_{name}")
        for name, columns in COMBINED.items():
            table.create_index(f"ix_audit_entry_{name}", columns)
        table.create_index("ix_audit_entry_batch", ["batch"])


def _seal_the_past(batch):
    """Do what `pairing.audit.services.chain` did when this script was written."""
    kinds = {"id": sa.Integer, "actor_id": sa.Integer, "at": sa.DateTime(timezone=True), "detail": sa.JSON}
    entry = sa.table("audit_entry", *(sa.column(name, kinds.get(name, sa.String)) for name in SEALED))
    key = hmac.digest(key_ring().index_key, b"audit chain", hashlib.sha256)
    mac, count = hmac.new(key, f"batch {batch}\n".encode(), hashlib.sha256), 0
    rows = sa.select(*entry.c).order_by(entry.c.id).execution_options(yield_per=2000)
    for row in op.get_bind().execute(rows):
        count += 1
        values = [_moment(value) if isinstance(value, datetime) else value for value in row]
        line = json.dumps(values, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
        mac.update(f"{line}\n".encode())
    if count:
        now = datetime.now(UTC)
        seal = hmac.digest(key, f"\n1\n{_moment(now)}\n".encode() + mac.digest(), hashlib.sha256).hex()
        columns = [sa.column(name) for name in ("number", "batch", "entries", "seal")]
        link = sa.table("audit_link", sa.column("at", sa.DateTime(timezone=True)), *columns)
        op.bulk_insert(link, [{"number": 1, "batch": batch, "at": now, "entries": count, "seal": seal}])


def _moment(at):
    at = at.astimezone(UTC) if at.tzinfo else at
    return f"{at:%Y-%m-%dT%H:%M:%S.%f}"


def _guard_sqlite(table, key):
    """Refuse UPDATE and DELETE, and REPLACE, which deletes without asking the triggers of DELETE."""
    taken = f"EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key}"  # noqa: S608 - our own two tables
    taken += " OR batch = NEW.batch)" if table == "audit_link" else ")"
    for deed, when in (("UPDATE", ""), ("DELETE", ""), ("INSERT", f"WHEN {taken}")):
        name = f"{table}_no_{'replace' if when else deed.lower()}"
        refuse = f"SELECT RAISE(ABORT, '{table} is append only');"
        op.execute(f"CREATE TRIGGER {name} BEFORE {deed} ON {table} {when} BEGIN {refuse} END")


def _guard_postgresql(table, _key):
    op.execute(
        "CREATE OR REPLACE FUNCTION refuse_change_of_trail() RETURNS trigger LANGUAGE plpgsql AS $$"
        " BEGIN RAISE EXCEPTION '% is append only', TG_TABLE_NAME; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_trail()"
    )
