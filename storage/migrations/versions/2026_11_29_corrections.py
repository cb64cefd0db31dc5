"""Corrections: what people put right, with how the message had been read.

Revision: corrections, after settled_names
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "corrections"
down_revision = "settled_names"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("inbox_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("said", sa.Text(), server_default="", nullable=False),
        sa.Column("fields", JSON, nullable=False),
        sa.Column("wrong", JSON, nullable=False),
        sa.Column("right", JSON, nullable=False),
        sa.CheckConstraint("way IN ('button', 'reply', 'words', 'edit')", name=op.f("ck_corrections_way")),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_corrections_inbox_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_corrections_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
    )
    op.create_index("ix_corrections_inbox_id", "corrections", ["inbox_id"])


def downgrade() -> None:
    op.drop_table("corrections")
