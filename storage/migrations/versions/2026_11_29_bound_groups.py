"""Who bound a group and when, whether its owner shared it, which colleagues are in it, whether the bot administers it.

Revision: bound_groups, after sealed_changes
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "bound_groups"
down_revision = "sealed_changes"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("chats") as table:
        table.add_column(sa.Column("bound_by_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_chats_bound_by_id"), "users", ["bound_by_id"], ["id"])
        table.add_column(sa.Column("bound_at", sa.DateTime(timezone=True), nullable=True))
        for name in ("is_shared", "is_administrator"):
            table.add_column(sa.Column(name, sa.Boolean(), server_default=sa.text("false"), nullable=False))
        table.add_column(sa.Column("member_ids", JSON, server_default="[]", nullable=False))
