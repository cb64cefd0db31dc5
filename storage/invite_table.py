"""The table of invites."""

from __future__ import annotations

from sqlalchemy import Column, String, Table

from storage.columns import Moment, metadata, own_id, ref, withdrawn, word

invites = Table(
    "invites",
    metadata,
    own_id(),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    ref("user_id", "users", optional=True, index=True),
    ref("made_by_id", "users", optional=True),
    word("language"),
    Column("used_at", Moment),
    withdrawn(),
)
