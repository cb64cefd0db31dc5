"""What a database that cannot be used raises, and how that is told in one line."""

from __future__ import annotations

import re
import sqlite3

import asyncpg
from sqlalchemy.exc import SQLAlchemyError

# asyncpg's own errors and the system's come through bare while a connection is made.
DATABASE_TROUBLE: tuple[type[Exception], ...] = (
    OSError,
    SQLAlchemyError,
    sqlite3.Error,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
)


def told(error: Exception) -> str:
    """The trouble in one line, without statements, parameters and the names of classes."""
    lines = str(error).splitlines() or [type(error).__name__]
    return re.sub(r"^\([\w.]+\) |<class '[^']+'>: ", "", lines[0])
