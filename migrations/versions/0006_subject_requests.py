"""subject requests."""

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade():
    """Filled in below."""


def downgrade():
    """Filled in below."""
