"""row level security."""

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade():
    """Filled in below."""


def downgrade():
    """Filled in below."""
