"""Free texts about people are sealed: illness stands in notes.

The values are moved: up seals them with the active key, down opens them again.
"""

import sqlalchemy as sa
from alembic import op

from pairing.privacy.sealed import Sealed

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TEXTS = {  # table and column: the type the text had
    ("household", "note"): sa.Text(),
    ("need", "note"): sa.String(200),
    ("visit_report", "note"): sa.Text(),
    ("proposal", "decline_note"): sa.String(200),
    ("pairing", "end_note"): sa.String(200),
}
AT_ONCE = 1000


def upgrade():
    for (table, column), text_type in TEXTS.items():
        _move(table, column, text_type, Sealed(f"{table}.{column}"))


def downgrade():
    for (table, column), text_type in TEXTS.items():
        _move(table, column, Sealed(f"{table}.{column}"), text_type)


def _move(table, column, before, after):
    """Fill a new column from the old one and let it take its name; the table is not built anew, so its checks stay."""
    stored, nothing = (sa.LargeBinary(), _no_bytes()) if isinstance(after, Sealed) else (after, sa.text("''"))
    op.add_column(table, sa.Column("moved", stored, nullable=False, server_default=nothing))
    _copy(sa.table(table, sa.column("id", sa.Integer), sa.column(column, before), sa.column("moved", after)), column)
    op.drop_column(table, column)
    op.execute(f"ALTER TABLE {table} RENAME COLUMN moved TO {column}")
    if op.get_bind().dialect.name != "sqlite":
        op.alter_column(table, column, server_default=None)


def _copy(rows, column):
    connection, last = op.get_bind(), 0
    changed = rows.update().where(rows.c.id == sa.bindparam("row")).values(moved=sa.bindparam("text", type_=rows.c.moved.type))
    following = sa.select(rows.c.id, rows.c[column]).where(rows.c.id > sa.bindparam("last")).order_by(rows.c.id)
    while part := connection.execute(following.limit(AT_ONCE), {"last": last}).all():
        connection.execute(changed, [{"row": row_id, "text": text} for row_id, text in part])
        last = part[-1][0]


def _no_bytes():
    return sa.text("x''" if op.get_bind().dialect.name == "sqlite" else "''::bytea")
