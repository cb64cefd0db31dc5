"""What a card waits for, in words, and which posts ask it; posts found by the messenger's id.

Revision: expiry, after invites
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "expiry"
down_revision = "invites"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.add_column("cards", sa.Column("waits_for", JSON, server_default="[]", nullable=False))
    op.create_table(
        "card_posts",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("dedupe_key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["card_id"], ["cards.id"], name=op.f("fk_card_posts_card_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_posts")),
    )
    op.create_index("ix_card_posts_card_id", "card_posts", ["card_id"])
    is_sent = sa.text("message <> ''")
    op.create_index("ix_outbox_message", "outbox", ["chat", "message"], sqlite_where=is_sent, postgresql_where=is_sent)
