"""Notes of customers, and when a contact left.

Revision: notes, after expiry
"""

import sqlalchemy as sa
from alembic import op

revision = "notes"
down_revision = "expiry"
branch_labels = None
depends_on = None

POINTS_AT = (
    ("customer_id", "customers", False),
    ("user_id", "users", False),
    ("deal_id", "deals", True),
    ("contact_id", "contacts", True),
)


def upgrade() -> None:
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=optional) for name, _, optional in POINTS_AT),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        *(
            sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_notes_{name}"))
            for name, table, _ in POINTS_AT
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
    )
    op.create_index(op.f("ix_notes_customer_id"), "notes", ["customer_id"])
    op.add_column("contacts", sa.Column("left_on", sa.Date(), nullable=True))
