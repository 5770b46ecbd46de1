"""stored files."""

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade():
    """Filled in below."""


def downgrade():
    """Filled in below."""
