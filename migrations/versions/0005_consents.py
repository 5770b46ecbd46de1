"""Consents per purpose; what was noted on proposals becomes a consent to pairing."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BEFORE = "before-2026-11"
STANDING = sa.text("withdrawn_on is null and replaced_on is null")
NOTED = """
INSERT INTO consent (household_id, area_code, purpose, text_version, given_on, given_how, giver_id, giver_name,
                     giver_relation, witness_name, recorded_by_id, recorded_at)
SELECT p.household_id, h.area_code, 'pairing', :version, {day}, CASE p.consent_how WHEN 'written' THEN 'paper' ELSE 'earlier' END,
       m.id, h.head_name, '户主', '', p.consent_by_id, p.consent_at
FROM proposal p
JOIN household h ON h.id = p.household_id
LEFT JOIN member m ON m.household_id = h.id AND m.is_head
WHERE p.id = (SELECT q.id FROM proposal q WHERE q.household_id = p.household_id AND q.consent_at IS NOT NULL
              ORDER BY q.consent_at, q.id LIMIT 1)
"""
BEIJING_DAY = {
    "sqlite": "date(p.consent_at, '+8 hours')",
    "postgresql": "(p.consent_at AT TIME ZONE 'Asia/Shanghai')::date",
}


def upgrade() -> None:
    op.create_index("ix_household_place", "household", ["id", "area_code"], unique=True)
    _make_consent()
    _make_guardian()
    dialect = op.get_bind().dialect.name
    op.execute(sa.text(NOTED.format(day=BEIJING_DAY[dialect])).bindparams(version=BEFORE))


def downgrade() -> None:
    op.drop_table("consent_guardian")
    op.drop_table("consent")
    op.drop_index("ix_household_place", "household")


def _make_consent() -> None:
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(length=12), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.Column("text_version", sa.String(length=20), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("given_how", sa.String(length=32), nullable=False),
        sa.Column("giver_id", sa.Integer(), nullable=True),
        sa.Column("giver_name", sa.String(length=60), nullable=False),
        sa.Column("giver_relation", sa.String(length=20), nullable=False),
        sa.Column("witness_name", sa.String(length=60), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_how", sa.String(length=32), nullable=True),
        sa.Column("replaced_on", sa.Date(), nullable=True),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["evidence_id"], ["stored_file.id"], name=op.f("fk_consent_evidence_id_stored_file"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["giver_id"], ["member.id"], name=op.f("fk_consent_giver_id_member"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["household_id", "area_code"], ["household.id", "household.area_code"],
            name=op.f("fk_consent_household_id_area_code_household"), onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["user_account.id"], name=op.f("fk_consent_recorded_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index("ix_consent_area_code", "consent", ["area_code"])
    op.create_index("ix_consent_household", "consent", ["household_id", "purpose", "given_on"])
    op.create_index(
        "one_standing_consent", "consent", ["household_id", "purpose"],
        unique=True, sqlite_where=STANDING, postgresql_where=STANDING,
    )


def _make_guardian() -> None:
    op.create_table(
        "consent_guardian",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consent_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("child_name", sa.String(length=60), nullable=False),
        sa.Column("guardian_name", sa.String(length=60), nullable=False),
        sa.Column("relation", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["consent_id"], ["consent.id"], name=op.f("fk_consent_guardian_consent_id_consent"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_consent_guardian_member_id_member"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_guardian")),
    )
    op.create_index("ix_consent_guardian_consent_id", "consent_guardian", ["consent_id"])
    op.create_index("ix_consent_guardian_member_id", "consent_guardian", ["member_id"])
