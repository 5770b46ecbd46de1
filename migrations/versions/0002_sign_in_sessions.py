"""sign in sessions."""

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade():
    """Filled in below."""


def downgrade():
    """Filled in below."""
