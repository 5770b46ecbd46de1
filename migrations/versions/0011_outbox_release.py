"""Where this database may send: a copy that was restored elsewhere is held."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade():
    """Make the table; the row comes with the first batch."""
    op.create_table(
        "outbox_release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("marker", sa.String(length=80), nullable=False),
        sa.Column("batches", sa.Integer(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_release")),
    )


def downgrade():
    """Drop the table."""
    op.drop_table("outbox_release")
