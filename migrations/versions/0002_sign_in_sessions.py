"""Sessions, second factors and invitations in the database; who is signed in signs in again."""

import secrets

import sqlalchemy as sa
from alembic import op
from argon2 import PasswordHasher

from pairing.privacy.keys import blind_index

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

CLAIMED = ("volunteer", "enterprise")
AWARE = sa.DateTime(timezone=True)
users = sa.table(
    "user_account",
    sa.column("id", sa.Integer),
    sa.column("sign_in_name", sa.String),
    sa.column("password_hash", sa.String),
    sa.column("auth_token", sa.String),
    sa.column("failed_count", sa.Integer),
    sa.column("locked_until", AWARE),
    sa.column("created_at", AWARE),
)
failures = sa.table(
    "sign_in_failure",
    sa.column("key", sa.LargeBinary),
    sa.column("count", sa.Integer),
    sa.column("last_at", AWARE),
    sa.column("locked_until", AWARE),
)


def upgrade():
    make_tables()
    move_failures()
    with op.batch_alter_table("user_account") as table:
        table.drop_constraint(op.f("uq_user_account_auth_token"), type_="unique")
        for name in ("auth_token", "failed_count", "locked_until"):
            table.drop_column(name)
        table.alter_column("password_hash", existing_type=sa.String(200), nullable=True)
        table.add_column(sa.Column("totp_secret", sa.LargeBinary(), nullable=True))
        table.add_column(sa.Column("totp_last_step", sa.Integer(), nullable=True))
    for name in CLAIMED:
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column("claimed_by_id", sa.Integer(), nullable=True))
            table.create_foreign_key(
                op.f(f"fk_{name}_claimed_by_id_user_account"), "user_account", ["claimed_by_id"], ["id"]
            )
            table.create_unique_constraint(op.f(f"uq_{name}_claimed_by_id"), ["claimed_by_id"])
        untie_claims(name)


def make_tables():
    op.create_table(
        "sign_in_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("is_full", sa.Boolean(), nullable=False),
        sa.Column("created_at", AWARE, nullable=False),
        sa.Column("seen_at", AWARE, nullable=False),
        sa.Column("ends_at", AWARE, nullable=False),
        sa.Column("ended_at", AWARE, nullable=True),
        sa.Column("end_reason", sa.String(length=32), nullable=True),
        sa.Column("browser", sa.String(length=60), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.Column("offered_secret", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_sign_in_session_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_session_token_hash")),
    )
    op.create_index(op.f("ix_sign_in_session_user_id"), "sign_in_session", ["user_id"])
    op.create_index(op.f("ix_sign_in_session_ends_at"), "sign_in_session", ["ends_at"])
    op.create_table(
        "sign_in_failure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("last_at", AWARE, nullable=False),
        sa.Column("locked_until", AWARE, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failure")),
        sa.UniqueConstraint("key", name=op.f("uq_sign_in_failure_key")),
    )
    op.create_index(op.f("ix_sign_in_failure_last_at"), "sign_in_failure", ["last_at"])
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=200), nullable=False),
        sa.Column("used_at", AWARE, nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_recovery_code_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint("user_id", "number", name=op.f("uq_recovery_code_user_id_number")),
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("resets_factor", sa.Boolean(), nullable=False),
        sa.Column("created_at", AWARE, nullable=False),
        sa.Column("ends_at", AWARE, nullable=False),
        sa.Column("used_at", AWARE, nullable=True),
        sa.Column("voided_at", AWARE, nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_invitation_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    op.create_index(op.f("ix_invitation_user_id"), "invitation", ["user_id"])


def key_of(sign_in_name):
    """The fingerprint under which the app looks for the counter of a name."""
    return blind_index("sign_in_failure.name", sign_in_name)


def move_failures():
    counted = sa.or_(users.c.failed_count > 0, users.c.locked_until.is_not(None))
    for row in op.get_bind().execute(sa.select(users).where(counted)).all():
        values = {"key": key_of(row.sign_in_name), "count": row.failed_count, "locked_until": row.locked_until}
        op.execute(failures.insert().values(last_at=row.locked_until or row.created_at, **values))


def untie_claims(name):
    """An account that waits and points at a row that is no application of its own has only claimed it."""
    waiting = "SELECT id FROM user_account WHERE status = 'pending'"
    claimed = f"status NOT IN ('pending', 'refused') AND user_id IN ({waiting})"
    op.execute(f"UPDATE {name} SET claimed_by_id = user_id, user_id = NULL WHERE {claimed}")


def downgrade():
    for name in CLAIMED:
        op.execute(
            f"UPDATE {name} SET user_id = claimed_by_id WHERE user_id IS NULL AND claimed_by_id IS NOT NULL"
        )
        with op.batch_alter_table(name) as table:
            table.drop_constraint(op.f(f"uq_{name}_claimed_by_id"), type_="unique")
            table.drop_constraint(op.f(f"fk_{name}_claimed_by_id_user_account"), type_="foreignkey")
            table.drop_column("claimed_by_id")
    with op.batch_alter_table("user_account") as table:
        table.add_column(sa.Column("auth_token", sa.String(length=200), nullable=True))
        table.add_column(sa.Column("failed_count", sa.Integer(), nullable=True))
        table.add_column(sa.Column("locked_until", AWARE, nullable=True))
        table.drop_column("totp_secret")
        table.drop_column("totp_last_step")
    bring_failures_back()
    with op.batch_alter_table("user_account") as table:
        table.alter_column("password_hash", existing_type=sa.String(200), nullable=False)
        table.alter_column("auth_token", existing_type=sa.String(200), nullable=False)
        table.alter_column("failed_count", existing_type=sa.Integer(), nullable=False)
        table.create_unique_constraint(op.f("uq_user_account_auth_token"), ["auth_token"])
    for name in ("invitation", "recovery_code", "sign_in_failure", "sign_in_session"):
        op.drop_table(name)


def bring_failures_back():
    """Give every account a token that no cookie has, and one without a password a password that nobody knows."""
    bind = op.get_bind()
    counters = {bytes(row.key): row for row in bind.execute(sa.select(failures))}
    unknown = PasswordHasher().hash(secrets.token_urlsafe(32))
    for row in bind.execute(sa.select(users.c.id, users.c.sign_in_name, users.c.password_hash)).all():
        counter = counters.get(key_of(row.sign_in_name))
        op.execute(
            users.update()
            .where(users.c.id == row.id)
            .values(
                auth_token=secrets.token_urlsafe(32),
                failed_count=counter.count if counter else 0,
                locked_until=counter.locked_until if counter else None,
                password_hash=row.password_hash or unknown,
            )
        )
