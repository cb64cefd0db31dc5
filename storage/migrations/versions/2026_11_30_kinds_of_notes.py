"""A note tells of what kind it is: a payment or a ticket, as long as these are no records of their own.

Revision: kinds_of_notes, after terms
"""

import sqlalchemy as sa
from alembic import op

revision = "kinds_of_notes"
down_revision = "terms"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("notes", sa.Column("kind", sa.String(length=8), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("notes", "kind")
