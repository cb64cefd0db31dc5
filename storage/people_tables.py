"""The tables of people, their teams, and the chats in which they are reached."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, String, Table, Text, UniqueConstraint, text

from crm.users import ROLES
from storage.columns import Json, Moment, metadata, one_of, own_id, ref, withdrawn, word

teams = Table(
    "teams",
    metadata,
    own_id(),
    Column("name", Text, nullable=False, unique=True),
    ref("parent_id", "teams", optional=True),
    Column("manager_id", ForeignKey("users.id", use_alter=True, name="fk_teams_manager_id"), index=True),
    withdrawn(),
)
users = Table(
    "users",
    metadata,
    own_id(),
    Column("name", Text, nullable=False, unique=True),
    Column("role", String(16), nullable=False),
    ref("team_id", "teams", optional=True, index=True),
    Column("short_names", Json, nullable=False, server_default="[]"),
    Column("language", String(8), nullable=False, server_default="zh"),
    Column("zone", Text, nullable=False, server_default="Asia/Shanghai"),
    Column("quiet_hours", String(11), nullable=False, server_default="21:00-08:00"),
    Column("working_hours", String(11), nullable=False, server_default="09:00-18:30"),
    Column("is_active", Boolean, nullable=False, server_default=text("true")),
    Column("joined_at", Moment),
    withdrawn(),
    word("username"),
    one_of("role", ROLES),
)
identities = Table(
    "identities",
    metadata,
    own_id(),
    ref("user_id", "users", index=True),
    Column("channel", String(32), nullable=False),
    Column("address", Text, nullable=False),
    UniqueConstraint("channel", "address"),
)
chats = Table(
    "chats",
    metadata,
    own_id(),
    Column("channel", String(32), nullable=False),
    Column("address", Text, nullable=False),
    word("topic"),
    Column("is_group", Boolean, nullable=False, server_default=text("false")),
    word("title"),
    Column("is_active", Boolean, nullable=False, server_default=text("true")),
    ref("focus_customer_id", "customers", optional=True),
    ref("focus_deal_id", "deals", optional=True),
    Column("focus_at", Moment),
    ref("customer_id", "customers", optional=True, index=True),
    ref("deal_id", "deals", optional=True, index=True),
    ref("bound_by_id", "users", optional=True),
    Column("bound_at", Moment),
    *(
        Column(name, Boolean, nullable=False, server_default=text("false"))
        for name in ("is_shared", "is_administrator")
    ),
    Column("member_ids", Json, nullable=False, server_default="[]"),
    UniqueConstraint("channel", "address", "topic"),
)
