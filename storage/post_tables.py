"""The tables of the post: inbox, outbox, buttons, and the cards that answer messages."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, text

from crm.changes import CARD_STATES
from crm.corrections import WAYS
from storage.columns import Json, Moment, metadata, one_of, own_id, ref, word
from storage.posts import INBOX_STATES, OUTBOX_STATES

cards = Table(
    "cards",
    metadata,
    own_id(),
    ref("chat_id", "chats"),
    ref("user_id", "users"),
    Column("inbox_id", ForeignKey("inbox.id"), nullable=False, unique=True),
    word("message"),
    Column("text", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("entries", Json, nullable=False),
    Column("state", String(8), nullable=False, server_default="done"),
    Column("asked_at", Moment),
    Column("expires_at", Moment),
    Column("waits_for", Json, nullable=False, server_default="[]"),
    Index(None, "chat_id", "message"),
    Index(None, "user_id", "at"),
    Index(
        "ix_cards_open",
        "chat_id",
        "user_id",
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
    one_of("state", CARD_STATES),
)
# Which posts show a card that waits: the card itself, and the requests to superiors.
card_posts = Table(
    "card_posts",
    metadata,
    own_id(),
    ref("card_id", "cards", index=True),
    Column("dedupe_key", Text, nullable=False),
)
inbox = Table(
    "inbox",
    metadata,
    own_id(),
    Column("channel", String(32), nullable=False),
    Column("update_id", BigInteger, nullable=False),
    Column("chat", Text, nullable=False),
    Column("raw", Json, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("state", String(8), nullable=False, server_default="new"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_try_at", Moment),
    Column("error", Text, nullable=False, server_default=""),
    UniqueConstraint("channel", "update_id"),
    Index(
        "ix_inbox_new",
        "channel",
        "chat",
        "update_id",
        sqlite_where=text("state = 'new'"),
        postgresql_where=text("state = 'new'"),
    ),
    one_of("state", INBOX_STATES),
)
outbox = Table(
    "outbox",
    metadata,
    own_id(),
    Column("dedupe_key", Text, nullable=False, unique=True),
    Column("channel", String(32), nullable=False),
    Column("chat", Text, nullable=False),
    word("topic"),
    Column("kind", String(16), nullable=False),
    Column("body", Json, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("state", String(8), nullable=False, server_default="pending"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("started_at", Moment),
    word("message"),
    word("error"),
    ref("inbox_id", "inbox", optional=True),
    Index(
        "ix_outbox_lines",
        *("channel", "chat", "kind", "id", "due_at", "state"),
        sqlite_where=text("state IN ('pending', 'retry')"),
        postgresql_where=text("state IN ('pending', 'retry')"),
    ),
    Index(
        "ix_outbox_sending",
        "state",
        sqlite_where=text("state IN ('sending', 'unknown')"),
        postgresql_where=text("state IN ('sending', 'unknown')"),
    ),
    Index(None, "inbox_id"),
    Index(
        "ix_outbox_message",
        "chat",
        "message",
        sqlite_where=text("message <> ''"),
        postgresql_where=text("message <> ''"),
    ),
    one_of("state", OUTBOX_STATES),
)
buttons = Table(
    "buttons",
    metadata,
    own_id(),
    Column("token", String(32), nullable=False, unique=True),
    ref("user_id", "users"),
    Column("action", String(32), nullable=False),
    Column("facts", Json, nullable=False),
    Column("created_at", Moment, nullable=False),
)
corrections = Table(
    "corrections",
    metadata,
    own_id(),
    ref("inbox_id", "inbox", index=True),
    ref("user_id", "users"),
    Column("made_at", Moment, nullable=False),
    Column("way", String(8), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Moment, nullable=False),
    word("said"),
    *(Column(name, Json, nullable=False) for name in ("fields", "wrong", "right")),
    one_of("way", WAYS),
)
