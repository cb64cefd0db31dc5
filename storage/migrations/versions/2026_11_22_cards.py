"""Cards in place of questions: every message that wrote or asked keeps what it was read as.

Revision: cards, after 0001
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "cards"
down_revision = "0001"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
MOMENT = sa.DateTime(timezone=True)
STATES = {"open": "open", "answered": "done", "cancelled": "undone", "expired": "expired"}


def upgrade() -> None:
    op.create_table(
        "cards",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("chat_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("inbox_id", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text(), server_default="", nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("entries", JSON, nullable=False),
        sa.Column("state", sa.String(length=8), server_default="done", nullable=False),
        sa.Column("asked_at", MOMENT, nullable=True),
        sa.Column("expires_at", MOMENT, nullable=True),
        sa.CheckConstraint("state IN ('open', 'done', 'undone', 'expired')", name=op.f("ck_cards_state")),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name=op.f("fk_cards_chat_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_cards_user_id")),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_cards_inbox_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cards")),
        sa.UniqueConstraint("inbox_id", name=op.f("uq_cards_inbox_id")),
    )
    op.create_index("ix_cards_chat_id_message", "cards", ["chat_id", "message"])
    op.create_index("ix_cards_user_id_at", "cards", ["user_id", "at"])
    is_open = sa.text("state = 'open'")
    op.create_index("ix_cards_open", "cards", ["chat_id", "user_id"], sqlite_where=is_open, postgresql_where=is_open)
    _carry_over(op.get_bind())
    op.drop_table("questions")
    op.add_column("changes", sa.Column("entry", sa.Integer(), server_default="0", nullable=False))


def _carry_over(connection: sa.Connection) -> None:
    """A question's lines become entries of a card, one a line."""
    old = sa.table("questions", *(sa.column(n) for n in ("chat_id", "asked_id", "inbox_id", "state")))
    old.append_column(sa.column("items", JSON))
    for name in ("asked_at", "expires_at"):
        old.append_column(sa.column(name, MOMENT))
    new = sa.table("cards", *(sa.column(n) for n in ("chat_id", "user_id", "inbox_id", "text", "state")))
    new.append_column(sa.column("entries", JSON))
    for name in ("at", "asked_at", "expires_at"):
        new.append_column(sa.column(name, MOMENT))
    for row in connection.execute(sa.select(old)).mappings().all():
        head, *lines = row["items"]
        values = {
            "chat_id": row["chat_id"],
            "user_id": row["asked_id"],
            "inbox_id": row["inbox_id"],
            "text": head["text"],
            "at": row["asked_at"],
            "asked_at": row["asked_at"],
            "entries": [_entry(place, line) for place, line in enumerate(lines)],
            "state": STATES[row["state"]],
            "expires_at": row["expires_at"],
        }
        connection.execute(sa.insert(new).values(values))


def _entry(place: int, line: dict[str, Any]) -> dict[str, Any]:
    ask = line.get("ask")
    kept = line["done"] if ask is None else {"is": "Waiting", **line}
    return {
        "is": "Entry",
        "place": place,
        "reading": ask["reading"] if ask else None,
        "lines": {"is": "tuple", "items": [kept]},
        "answers": {"is": "tuple", "items": []},
    }
