"""Where a visit took place and where a customer is; the second number on somebody's card.

Revision: arrivals, after data_out
"""

import sqlalchemy as sa
from alembic import op

revision = "arrivals"
down_revision = "data_out"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "check_ins",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("inbox_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=False),
        sa.Column("longitude", sa.Float(), nullable=False),
        sa.Column("accuracy", sa.Float(), nullable=True),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        *(
            sa.ForeignKeyConstraint([name], [f"{target}.id"], name=op.f(f"fk_check_ins_{name}"))
            for name, target in _REFS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_ins")),
    )
    for name in _REFS:
        op.create_index(op.f(f"ix_check_ins_{name}"), "check_ins", [name])
    with op.batch_alter_table("customers") as table:
        table.add_column(sa.Column("latitude", sa.Float(), nullable=True))
        table.add_column(sa.Column("longitude", sa.Float(), nullable=True))
    with op.batch_alter_table("contacts") as table:
        table.add_column(sa.Column("other_phone", sa.Text(), nullable=False, server_default=""))


_REFS = {"user_id": "users", "inbox_id": "inbox", "customer_id": "customers", "visit_id": "visits"}
