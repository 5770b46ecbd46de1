"""Requests are counted, and a form remembers a longer way back."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "rate_window",
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_rate_window")),
    )
    op.create_index(op.f("ix_rate_window_ends_at"), "rate_window", ["ends_at"])
    with op.batch_alter_table("submission") as table:
        table.alter_column("location", existing_type=sa.String(200), type_=sa.String(2000), existing_nullable=False)


def downgrade():
    op.execute("DELETE FROM submission WHERE length(location) > 200")  # a form of the last two days, done already
    with op.batch_alter_table("submission") as table:
        table.alter_column("location", existing_type=sa.String(2000), type_=sa.String(200), existing_nullable=False)
    op.drop_index(op.f("ix_rate_window_ends_at"), table_name="rate_window")
    op.drop_table("rate_window")
