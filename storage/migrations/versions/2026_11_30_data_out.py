"""What was logged can be blanked under a seal that holds; links to calendars; who asked for what to be erased.

Rows sealed before are sealed anew, over a salted digest of their values: a seal noted before is not found any more.

Revision: data_out, after imports
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "data_out"
down_revision = "imports"
branch_labels = None
depends_on = None
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.add_column("changes", sa.Column("salt", sa.String(32), nullable=False, server_default=""))
    op.add_column("changes", sa.Column("digest", sa.String(64), nullable=False, server_default=""))
    op.add_column("changes", sa.Column("is_erased", sa.Boolean(), nullable=False, server_default=sa.text("false")))
    op.execute("UPDATE changes SET place = NULL, seal = ''")
    op.create_table(
        "calendar_links",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("secret_hash", sa.String(64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_calendar_links_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_links")),
        sa.UniqueConstraint("user_id", name=op.f("uq_calendar_links_user_id")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_calendar_links_secret_hash")),
    )
    op.create_table(
        "erasures",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("contents", JSON, nullable=False, server_default="[]"),
        sa.Column("swept_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_erasures_contact_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_erasures_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasures")),
    )


def downgrade() -> None:
    op.drop_table("erasures")
    op.drop_table("calendar_links")
    op.execute("UPDATE changes SET place = NULL, seal = ''")
    for name in ("is_erased", "digest", "salt"):
        op.drop_column("changes", name)
