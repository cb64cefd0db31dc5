"""The tables of what is told without being asked for: pushes, ladders, subscriptions, days off, and targets."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from crm.digests import KINDS
from crm.pushes import STATES
from crm.targets import MEASURES
from storage.columns import Json, Moment, metadata, one_of, own_id, ref, withdrawn, word

pushes = Table(
    "pushes",
    metadata,
    own_id(),
    Column("key", Text, nullable=False, unique=True),
    Column("kind", String(32), nullable=False),
    ref("user_id", "users"),
    Column("due_at", Moment, nullable=False),
    Column("thing_id", Integer),
    Column("customer_id", Integer),
    Column("level", Integer, nullable=False, server_default="0"),
    Column("is_exact", Boolean, nullable=False, server_default=text("false")),
    Column("state", String(8), nullable=False, server_default="waiting"),
    Column("told_at", Moment),
    word("post"),
    Index(
        "ix_pushes_waiting",
        "due_at",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
    Index(None, "kind", "thing_id"),
    Index(None, "user_id", "told_at"),
    Index("ix_pushes_post", "post", sqlite_where=text("post <> ''"), postgresql_where=text("post <> ''")),
    one_of("state", STATES),
)
ladders = Table(
    "ladders",
    metadata,
    own_id(),
    Column("kind", String(32), nullable=False, unique=True),
    Column("rungs", Json, nullable=False),
    withdrawn(),
)
calendar_days = Table(
    "calendar_days",
    metadata,
    own_id(),
    Column("day", Date, nullable=False, unique=True),
    Column("is_working", Boolean, nullable=False),
    word("name"),
    withdrawn(),
)
subscriptions = Table(
    "subscriptions",
    metadata,
    own_id(),
    Column("kind", String(16), nullable=False),
    ref("user_id", "users", index=True),
    ref("chat_id", "chats", optional=True, index=True),
    ref("team_id", "teams", optional=True),
    Column("at", String(5), nullable=False, server_default=""),
    Column("is_muted", Boolean, nullable=False, server_default=text("false")),
    withdrawn(),
    one_of("kind", KINDS),
)
targets = Table(
    "targets",
    metadata,
    own_id(),
    Column("period", String(8), nullable=False),
    Column("measure", String(16), nullable=False),
    Column("value", BigInteger, nullable=False),
    ref("user_id", "users", optional=True),
    ref("team_id", "teams", optional=True),
    Column("currency", String(3), nullable=False, server_default="CNY"),
    withdrawn(),
    UniqueConstraint("period", "measure", "user_id", "team_id"),
    one_of("measure", MEASURES),
    CheckConstraint("(user_id IS NULL) <> (team_id IS NULL)", name="whose"),
    CheckConstraint("value > 0", name="value"),
)
