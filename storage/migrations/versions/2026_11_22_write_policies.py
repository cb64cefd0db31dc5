"""What an admin settled for the kinds of writes.

Revision: write_policies, after cards
"""

import sqlalchemy as sa
from alembic import op

revision = "write_policies"
down_revision = "cards"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "write_policies",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("policy", sa.String(length=8), nullable=False),
        sa.Column("limit_percent", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("limit_percent BETWEEN 0 AND 100", name=op.f("ck_write_policies_limit_percent")),
        sa.CheckConstraint("policy IN ('auto', 'confirm', 'manager')", name=op.f("ck_write_policies_policy")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_write_policies")),
        sa.UniqueConstraint("kind", name=op.f("uq_write_policies_kind")),
    )
