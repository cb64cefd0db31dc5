"""The change log is chained: each row has its place and a seal over itself and all before it.

Revision: sealed_changes, after outbox_lines
"""

import sqlalchemy as sa
from alembic import op

revision = "sealed_changes"
down_revision = "outbox_lines"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("changes", sa.Column("place", sa.Integer(), nullable=True))
    op.add_column("changes", sa.Column("seal", sa.String(length=64), server_default="", nullable=False))
    op.create_index("ix_changes_place", "changes", ["place"], unique=True)
    unsealed = sa.text("place IS NULL")
    op.create_index("ix_changes_unsealed", "changes", ["id"], sqlite_where=unsealed, postgresql_where=unsealed)
