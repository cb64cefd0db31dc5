"""The table of sheets that are on their way into the records."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, String, Table, text

from crm.imports import STATES
from storage.columns import Json, Moment, metadata, one_of, own_id, ref

_DUE = "state IN ('wanted', 'writing') OR wants_rows"
imports = Table(
    "imports",
    metadata,
    own_id(),
    ref("user_id", "users", index=True),
    ref("chat_id", "chats", optional=True),
    ref("inbox_id", "inbox"),
    ref("attachment_id", "attachments", optional=True, index=True),
    Column("at", Moment, nullable=False),
    Column("is_asked", Boolean, nullable=False, server_default=text("true")),
    Column("state", String(8), nullable=False, server_default="wanted"),
    Column("ways", Json, nullable=False, server_default="{}"),
    Column("told", Json, nullable=False, server_default="{}"),
    ref("written_by_id", "inbox", optional=True, index=True),
    Column("wants_rows", Boolean, nullable=False, server_default=text("false")),
    Index("ix_imports_due", "id", sqlite_where=text(_DUE), postgresql_where=text(_DUE)),
    one_of("state", STATES),
)
