"""An account lies where the row of the register lies; those that stayed behind after a move are brought there."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade():
    """Give the accounts of volunteers and companies the place of their rows."""
    for register in ("volunteer", "enterprise"):
        mine = f"FROM {register} r WHERE r.user_id = user_account.id"
        op.execute(
            f"UPDATE user_account SET scope_code = (SELECT r.area_code {mine})"
            f" WHERE EXISTS (SELECT 1 {mine} AND r.area_code <> user_account.scope_code)"
        )


def downgrade():
    """Leave them where they are: the older code reads the same column."""
