"""Column types and the columns that tables share. The metadata that every table belongs to."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    MetaData,
    Text,
    TypeDecorator,
)
from sqlalchemy.dialects.postgresql import JSONB


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC. A naive one is refused: its zone would be guessed."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware -> UTC; SQLite keeps no zone, so none is written there."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a zone: {value!r}")
        at = value.astimezone(UTC)
        return at.replace(tzinfo=None) if dialect.name == "sqlite" else at

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """What was kept -> aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def own_id() -> Column[int]:
    """The primary key."""
    return Column("id", Integer, primary_key=True, autoincrement=True)


def ref(name: str, target: str, *, optional: bool = False, index: bool = False) -> Column[int]:
    """A foreign key to the `id` of a table."""
    return Column(name, ForeignKey(f"{target}.id"), nullable=optional, index=index)


def word(name: str) -> Column[str]:
    """Text that is never null; "" where nothing was told."""
    return Column(name, Text, nullable=False, server_default="")


def one_of(name: str, values: tuple[str, ...], *, or_empty: bool = False) -> CheckConstraint:
    """A state kept as text, with its check."""
    allowed = ", ".join(f"'{value}'" for value in (*values, *([""] if or_empty else [])))
    return CheckConstraint(f"{name} IN ({allowed})", name=name)


def withdrawn() -> Column[datetime]:
    """When its creation was undone."""
    return Column("withdrawn_at", Moment)
