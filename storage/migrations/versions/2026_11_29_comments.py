"""Comments on tasks and visits; accepted tasks; deals given by hand; teams whose making was undone.

Revision: comments, after bound_groups
"""

import sqlalchemy as sa
from alembic import op

revision = "comments"
down_revision = "bound_groups"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("teams", sa.Column("withdrawn_at", MOMENT, nullable=True))
    op.add_column("tasks", sa.Column("accepted_at", MOMENT, nullable=True))
    op.add_column("deals", sa.Column("shares_customer", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.create_index(
        "ix_deals_shared",
        "deals",
        ["owner_id", "customer_id"],
        sqlite_where=sa.text("shares_customer = 1"),
        postgresql_where=sa.text("shares_customer"),
    )
    op.create_table(
        "comments",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.CheckConstraint("kind IN ('comment', 'progress', 'trouble')", name=op.f("ck_comments_kind")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_comments_task_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_comments_user_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_comments_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
    )
    op.create_index("ix_comments_task_id", "comments", ["task_id"])
    op.create_index("ix_comments_visit_id", "comments", ["visit_id"])


def downgrade() -> None:
    op.drop_table("comments")
    op.drop_index("ix_deals_shared", table_name="deals")
    op.drop_column("deals", "shares_customer")
    op.drop_column("tasks", "accepted_at")
    op.drop_column("teams", "withdrawn_at")
