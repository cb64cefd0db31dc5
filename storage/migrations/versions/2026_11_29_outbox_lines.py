"""The outbox's lines are read from an index in the order of the chats.

Revision: outbox_lines, after shared_work
"""

import sqlalchemy as sa
from alembic import op

revision = "outbox_lines"
down_revision = "shared_work"
branch_labels = None
depends_on = None

WAITING = sa.text("state IN ('pending', 'retry')")


def upgrade() -> None:
    op.create_index(
        "ix_outbox_lines",
        "outbox",
        ["channel", "chat", "kind", "id", "due_at", "state"],
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
    op.drop_index("ix_outbox_due", table_name="outbox")
