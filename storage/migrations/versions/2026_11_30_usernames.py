"""What a messenger calls a colleague (@xiaoli_sales): learnt when they speak, or settled by an admin.

Revision: usernames, after arrivals
"""

import sqlalchemy as sa
from alembic import op

revision = "usernames"
down_revision = "arrivals"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("users", sa.Column("username", sa.Text(), nullable=False, server_default=""))
