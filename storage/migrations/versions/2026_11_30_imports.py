"""Sheets that people send to be imported.

Revision: imports, after kinds_of_notes
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "imports"
down_revision = "kinds_of_notes"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
DUE = "state IN ('wanted', 'writing') OR wants_rows"


def upgrade() -> None:
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.Integer(), nullable=True),
        sa.Column("inbox_id", sa.Integer(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("is_asked", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("state", sa.String(length=8), server_default="wanted", nullable=False),
        sa.Column("ways", JSON, server_default="{}", nullable=False),
        sa.Column("told", JSON, server_default="{}", nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("wants_rows", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint(
            "state IN ('wanted', 'offered', 'asked', 'writing', 'done', 'refused', 'dropped')",
            name=op.f("ck_imports_state"),
        ),
        sa.ForeignKeyConstraint(["attachment_id"], ["attachments.id"], name=op.f("fk_imports_attachment_id")),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name=op.f("fk_imports_chat_id")),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_imports_inbox_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_imports_user_id")),
        sa.ForeignKeyConstraint(["written_by_id"], ["inbox.id"], name=op.f("fk_imports_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
    )
    op.create_index("ix_imports_user_id", "imports", ["user_id"])
    op.create_index("ix_imports_attachment_id", "imports", ["attachment_id"])
    op.create_index("ix_imports_written_by_id", "imports", ["written_by_id"])
    op.create_index("ix_imports_due", "imports", ["id"], sqlite_where=sa.text(DUE), postgresql_where=sa.text(DUE))


def downgrade() -> None:
    op.drop_table("imports")
