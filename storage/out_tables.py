"""The tables of what leaves the house, or is gone from it: links to calendars, and erasures asked for."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, String, Table

from storage.columns import Json, Moment, metadata, own_id, ref

# One a person; the secret itself is kept nowhere.
calendar_links = Table(
    "calendar_links",
    metadata,
    own_id(),
    Column("user_id", ForeignKey("users.id"), nullable=False, unique=True),
    Column("secret_hash", String(64), nullable=False, unique=True),
    Column("made_at", Moment, nullable=False),
)
# `contents` are the files on disk that are to go with it; `swept_at` is when the database was packed anew.
erasures = Table(
    "erasures",
    metadata,
    own_id(),
    ref("contact_id", "contacts"),
    ref("user_id", "users"),
    Column("at", Moment, nullable=False),
    Column("contents", Json, nullable=False, server_default="[]"),
    Column("swept_at", Moment),
)
