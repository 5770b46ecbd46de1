"""subject requests."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ANONYMISED = ("household", "volunteer", "enterprise", "user_account")
ENDS = (  # column, when it was set according to the trail, and for which rows
    ("household", "closed_on", "close_household", "Household", "closed"),
    ("volunteer", "left_on", "leave_volunteer", "Volunteer", "left"),
)


def upgrade():
    op.create_table(
        "calendar_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_workday", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_calendar_day")),
    )
    op.create_table(
        "retention_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("started_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["started_by_id"], ["user_account.id"], name=op.f("fk_retention_run_started_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_run")),
    )
    _create_subject_request()
    for table in ANONYMISED:
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("anonymised_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("household") as batch:
        batch.add_column(sa.Column("closed_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("age_bands", sa.JSON(), nullable=True))
    with op.batch_alter_table("volunteer") as batch:
        batch.add_column(sa.Column("left_on", sa.Date(), nullable=True))
    with op.batch_alter_table("visit_report") as batch:
        batch.add_column(sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
    for end in ENDS:
        _fill_end(*end)


def _create_subject_request():
    op.create_table(
        "subject_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=32), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("area_code", sa.String(length=12), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        *[
            sa.ForeignKeyConstraint(
                [f"{who}_by_id"], ["user_account.id"], name=op.f(f"fk_subject_request_{who}_by_id_user_account")
            )
            for who in ("asked", "recorded", "decided")
        ],
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_subject_request_area_code_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject_request")),
    )
    with op.batch_alter_table("subject_request") as batch:
        batch.create_index("ix_subject_request_list", ["status", "due_on", "area_code"], unique=False)
        batch.create_index(batch.f("ix_subject_request_asked_by_id"), ["asked_by_id"], unique=False)
        batch.create_index(
            "one_open_request",
            ["about", "about_id", "kind"],
            unique=True,
            sqlite_where=sa.text("status = 'open'"),
            postgresql_where=sa.text("status = 'open'"),
        )


def _fill_end(table, column, action, subject_type, status):
    """Say since when what ended has ended: as the trail says, else when the row was last changed."""
    rows = sa.table(table, *[sa.column(name) for name in ("id", "status", "updated_at")], sa.column(column))
    trail = sa.table("audit_entry", *[sa.column(name) for name in ("subject_type", "subject_id", "action", "at")])
    noted = sa.select(sa.func.max(trail.c.at)).where(
        trail.c.action == action,
        trail.c.subject_type == subject_type,
        trail.c.subject_id == sa.cast(rows.c.id, sa.String),
    )
    moment = sa.func.coalesce(noted.scalar_subquery(), rows.c.updated_at)
    op.execute(rows.update().where(rows.c.status == status).values({column: _beijing_day(moment)}))


def _beijing_day(moment):
    """Return the day that it was in Beijing; SQLite keeps moments as words in UTC."""
    if op.get_bind().dialect.name == "sqlite":
        return sa.func.date(moment, "+8 hours")
    return sa.cast(sa.func.timezone("Asia/Shanghai", moment), sa.Date)


def downgrade():
    with op.batch_alter_table("visit_report") as batch:
        batch.drop_column("erased_at")
    with op.batch_alter_table("volunteer") as batch:
        batch.drop_column("left_on")
    with op.batch_alter_table("household") as batch:
        batch.drop_column("age_bands")
        batch.drop_column("closed_on")
    for table in ANONYMISED:
        with op.batch_alter_table(table) as batch:
            batch.drop_column("anonymised_at")
    for table in ("subject_request", "retention_run", "calendar_day"):
        op.drop_table(table)
