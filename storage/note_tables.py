"""The tables of what people want remembered of customers, and of what they say about a task or a visit."""

from __future__ import annotations

from sqlalchemy import Column, String, Table, Text

from crm.comments import KINDS
from storage.columns import Moment, metadata, one_of, own_id, ref, withdrawn

notes = Table(
    "notes",
    metadata,
    own_id(),
    ref("customer_id", "customers", index=True),
    ref("user_id", "users"),
    Column("created_at", Moment, nullable=False),
    Column("text", Text, nullable=False),
    ref("deal_id", "deals", optional=True),
    ref("contact_id", "contacts", optional=True),
    Column("kind", String(8), nullable=False, server_default=""),
    withdrawn(),
)
comments = Table(
    "comments",
    metadata,
    own_id(),
    ref("user_id", "users"),
    Column("created_at", Moment, nullable=False),
    Column("text", Text, nullable=False),
    Column("kind", String(8), nullable=False),
    ref("task_id", "tasks", optional=True, index=True),
    ref("visit_id", "visits", optional=True, index=True),
    withdrawn(),
    one_of("kind", KINDS),
)
