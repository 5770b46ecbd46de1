"""audit chain."""

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade():
    """Filled in below."""


def downgrade():
    """Filled in below."""
