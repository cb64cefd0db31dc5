"""The table of check-ins."""

from __future__ import annotations

from sqlalchemy import Column, Float, Table

from storage.columns import Moment, metadata, own_id, ref, withdrawn

check_ins = Table(
    "check_ins",
    metadata,
    own_id(),
    ref("user_id", "users", index=True),
    ref("inbox_id", "inbox", index=True),
    Column("at", Moment, nullable=False),
    ref("customer_id", "customers", index=True),
    Column("latitude", Float, nullable=False),
    Column("longitude", Float, nullable=False),
    Column("accuracy", Float),
    ref("visit_id", "visits", optional=True, index=True),
    withdrawn(),
)
