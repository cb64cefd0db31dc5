"""Pushes say which customer they are about in a column, where they had one fact in JSON.

Revision: leaner_pushes, after pushes
"""

import sqlalchemy as sa
from alembic import op

revision = "leaner_pushes"
down_revision = "pushes"
branch_labels = None
depends_on = None

SAID = {"sqlite": "json_extract(facts, '$.customer')", "postgresql": "CAST(facts->>'customer' AS INTEGER)"}


def upgrade() -> None:
    op.add_column("pushes", sa.Column("customer_id", sa.Integer(), nullable=True))
    op.execute(f"UPDATE pushes SET customer_id = {SAID[op.get_bind().dialect.name]}")  # noqa: S608
    op.drop_column("pushes", "facts")
