"""The table of attachments. The contents stand on disk (storage/files.py)."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text, text

from crm.attachments import STATES
from storage.columns import Moment, metadata, one_of, own_id, ref, withdrawn, word

_WANTED = text("state = 'wanted'")
attachments = Table(
    "attachments",
    metadata,
    own_id(),
    ref("user_id", "users"),
    ref("chat_id", "chats"),
    ref("inbox_id", "inbox", index=True),
    Column("at", Moment, nullable=False),
    Column("name", Text, nullable=False),
    Column("channel", String(32), nullable=False),
    Column("file_id", Text, nullable=False),
    Column("sent_as", String(16), nullable=False),
    word("mime"),
    Column("size", BigInteger),
    word("message"),
    word("album"),
    ref("visit_id", "visits", optional=True, index=True),
    ref("customer_id", "customers", optional=True, index=True),
    Column("state", String(8), nullable=False, server_default="wanted"),
    word("sha256"),
    word("reason"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_try_at", Moment),
    withdrawn(),
    Index("ix_attachments_wanted", "id", sqlite_where=_WANTED, postgresql_where=_WANTED),
    one_of("state", STATES),
)
