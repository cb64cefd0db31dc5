"""A short name that an admin settles for everybody.

Revision: settled_names, after notes
"""

import sqlalchemy as sa
from alembic import op

revision = "settled_names"
down_revision = "notes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("short_names", sa.Column("settles", sa.Boolean(), server_default=sa.text("false"), nullable=False))


def downgrade() -> None:
    op.drop_column("short_names", "settles")
