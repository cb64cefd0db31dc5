"""What is told without being asked for: pushes, ladders, days off, subscriptions, targets; hours of people.

Revision: pushes, after corrections
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "pushes"
down_revision = "corrections"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _people()
    _tasks()
    _pushes()
    _settled()
    _targets()
    _reports()


def _people() -> None:
    for name, usual in (("quiet_hours", "21:00-08:00"), ("working_hours", "09:00-18:30")):
        op.add_column("users", sa.Column(name, sa.String(length=11), server_default=usual, nullable=False))


def _tasks() -> None:
    for name in ("remind_at", "plan_from"):
        op.add_column("tasks", sa.Column(name, MOMENT, nullable=True))
    op.execute("UPDATE tasks SET plan_from = created_at")
    op.create_index(
        "ix_tasks_unplanned",
        "tasks",
        ["id"],
        sqlite_where=sa.text("plan_from IS NOT NULL"),
        postgresql_where=sa.text("plan_from IS NOT NULL"),
    )


def _pushes() -> None:
    op.create_table(
        "pushes",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("thing_id", sa.Integer(), nullable=True),
        sa.Column("level", sa.Integer(), server_default="0", nullable=False),
        sa.Column("is_exact", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("facts", JSON, server_default="{}", nullable=False),
        sa.Column("state", sa.String(length=8), server_default="waiting", nullable=False),
        sa.Column("told_at", MOMENT, nullable=True),
        sa.Column("post", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'told', 'dropped')", name=op.f("ck_pushes_state")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_pushes_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pushes")),
        sa.UniqueConstraint("key", name=op.f("uq_pushes_key")),
    )
    for name, columns, where in (
        ("ix_pushes_waiting", ["due_at"], "state = 'waiting'"),
        ("ix_pushes_post", ["post"], "post <> ''"),
    ):
        op.create_index(name, "pushes", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
    op.create_index("ix_pushes_kind_thing_id", "pushes", ["kind", "thing_id"])
    op.create_index("ix_pushes_user_id_told_at", "pushes", ["user_id", "told_at"])


def _settled() -> None:
    op.create_table(
        "ladders",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("rungs", JSON, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ladders")),
        sa.UniqueConstraint("kind", name=op.f("uq_ladders_kind")),
    )
    op.create_table(
        "calendar_days",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_working", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_days")),
        sa.UniqueConstraint("day", name=op.f("uq_calendar_days_day")),
    )
    op.create_table(
        "subscriptions",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.Integer(), nullable=True),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.String(length=5), server_default="", nullable=False),
        sa.Column("is_muted", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.CheckConstraint("kind IN ('brief', 'funnel', 'week', 'month')", name=op.f("ck_subscriptions_kind")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_subscriptions_user_id")),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name=op.f("fk_subscriptions_chat_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_subscriptions_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriptions")),
    )
    for name in ("user_id", "chat_id"):
        op.create_index(f"ix_subscriptions_{name}", "subscriptions", [name])


def _targets() -> None:
    measures = "'won_amount', 'won_deals', 'new_deals', 'visits', 'new_customers'"
    op.create_table(
        "targets",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("period", sa.String(length=8), nullable=False),
        sa.Column("measure", sa.String(length=16), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("currency", sa.String(length=3), server_default="CNY", nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.CheckConstraint(f"measure IN ({measures})", name=op.f("ck_targets_measure")),
        sa.CheckConstraint("(user_id IS NULL) <> (team_id IS NULL)", name=op.f("ck_targets_whose")),
        sa.CheckConstraint("value > 0", name=op.f("ck_targets_value")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_targets_user_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_targets_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_targets")),
        sa.UniqueConstraint(
            "period", "measure", "user_id", "team_id", name=op.f("uq_targets_period_measure_user_id_team_id")
        ),
    )


def _reports() -> None:
    for name in ("created_at", "closed_at"):
        op.create_index(f"ix_deals_{name}", "deals", [name])
    op.create_index("ix_stage_changes_deal_id_at", "stage_changes", ["deal_id", "at"])
    op.drop_index("ix_stage_changes_deal_id", table_name="stage_changes")
