"""Exports as jobs: what was asked for, by whom, why, and the sealed file for a week."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade():
    """Make the table of exports."""
    op.create_table(
        "export",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("format", sa.String(length=32), nullable=False),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.Column("term", sa.LargeBinary(), nullable=True),
        sa.Column("is_full", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("failure", sa.String(length=40), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fetched_count", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_export_area_code_area")),
        sa.ForeignKeyConstraint(["owner_id"], ["user_account.id"], name=op.f("fk_export_owner_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export")),
    )
    with op.batch_alter_table("export") as batch:
        batch.create_index(batch.f("ix_export_area_code"), ["area_code"], unique=False)
        batch.create_index(batch.f("ix_export_owner_id"), ["owner_id"], unique=False)
        batch.create_index("ix_export_due", ["status", "lease_until"], unique=False)


def downgrade():
    """Drop the exports: they are copies, what they were made from stays."""
    op.drop_table("export")
