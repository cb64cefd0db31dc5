"""Attachments of visits and customers.

Revision: attachments, after write_policies
"""

import sqlalchemy as sa
from alembic import op

revision = "attachments"
down_revision = "write_policies"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
WANTED = sa.text("state = 'wanted'")
POINTS_AT = (
    ("user_id", "users", False),
    ("chat_id", "chats", False),
    ("inbox_id", "inbox", False),
    ("visit_id", "visits", True),
    ("customer_id", "customers", True),
)


def upgrade() -> None:
    op.create_table(
        "attachments",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=optional) for name, _, optional in POINTS_AT),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("sent_as", sa.String(length=16), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=True),
        *(
            sa.Column(name, sa.Text(), server_default="", nullable=False)
            for name in ("mime", "message", "album", "sha256", "reason")
        ),
        sa.Column("state", sa.String(length=8), server_default="wanted", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_try_at", MOMENT, nullable=True),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        *(
            sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_attachments_{name}"))
            for name, table, _ in POINTS_AT
        ),
        sa.CheckConstraint("state IN ('wanted', 'kept', 'refused')", name=op.f("ck_attachments_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
    )
    for name in ("inbox_id", "visit_id", "customer_id"):
        op.create_index(op.f(f"ix_attachments_{name}"), "attachments", [name])
    op.create_index("ix_attachments_wanted", "attachments", ["id"], sqlite_where=WANTED, postgresql_where=WANTED)
