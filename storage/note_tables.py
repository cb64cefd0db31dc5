"""The table of what people want remembered of customers."""

from __future__ import annotations

from sqlalchemy import Column, Table, Text

from storage.columns import Moment, metadata, own_id, ref, withdrawn

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
    withdrawn(),
)
