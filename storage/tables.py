"""The tables, and which crm class lives in which. Queries live beside their subjects, not here."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import registry

from crm.changes import Change, OpenQuestion
from crm.customers import DECISION_ROLES, TIERS, Collaborator, Contact, Customer, ShortName
from crm.deals import Deal, DealFact, StageChange
from crm.pipelines import OUTCOMES, Pipeline, Stage
from crm.tasks import STATES, Task
from crm.users import ROLES, Chat, Identity, Team, User
from crm.visits import Visit
from storage.posts import INBOX_STATES, OUTBOX_STATES, InboxRow, OutboxRow, StoredButton


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


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True, autoincrement=True)


def _ref(name: str, target: str, *, optional: bool = False, index: bool = False) -> Column[int]:
    return Column(name, ForeignKey(f"{target}.id"), nullable=optional, index=index)


def _word(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _one_of(name: str, values: tuple[str, ...], *, or_empty: bool = False) -> CheckConstraint:
    allowed = ", ".join(f"'{value}'" for value in (*values, *([""] if or_empty else [])))
    return CheckConstraint(f"{name} IN ({allowed})", name=name)


def _withdrawn() -> Column[datetime]:
    return Column("withdrawn_at", Moment)


teams = Table(
    "teams",
    metadata,
    _id(),
    Column("name", Text, nullable=False, unique=True),
    _ref("parent_id", "teams", optional=True),
    Column("manager_id", ForeignKey("users.id", use_alter=True, name="fk_teams_manager_id"), index=True),
)
users = Table(
    "users",
    metadata,
    _id(),
    Column("name", Text, nullable=False, unique=True),
    Column("role", String(16), nullable=False),
    _ref("team_id", "teams", optional=True, index=True),
    Column("short_names", Json, nullable=False, server_default="[]"),
    Column("language", String(8), nullable=False, server_default="zh"),
    Column("zone", Text, nullable=False, server_default="Asia/Shanghai"),
    Column("is_active", Boolean, nullable=False, server_default=text("true")),
    _one_of("role", ROLES),
)
identities = Table(
    "identities",
    metadata,
    _id(),
    _ref("user_id", "users", index=True),
    Column("channel", String(32), nullable=False),
    Column("address", Text, nullable=False),
    UniqueConstraint("channel", "address"),
)
chats = Table(
    "chats",
    metadata,
    _id(),
    Column("channel", String(32), nullable=False),
    Column("address", Text, nullable=False),
    _word("topic"),
    Column("is_group", Boolean, nullable=False, server_default=text("false")),
    _word("title"),
    Column("is_active", Boolean, nullable=False, server_default=text("true")),
    _ref("focus_customer_id", "customers", optional=True),
    _ref("focus_deal_id", "deals", optional=True),
    Column("focus_at", Moment),
    UniqueConstraint("channel", "address", "topic"),
)
customers = Table(
    "customers",
    metadata,
    _id(),
    Column("name", Text, nullable=False, index=True),
    _ref("owner_id", "users", index=True),
    Column("created_at", Moment, nullable=False),
    *(_word(name) for name in ("industry", "region", "size")),
    Column("tier", String(16), nullable=False, server_default="potential"),
    *(_word(name) for name in ("source", "phone", "address", "tax_id")),
    _withdrawn(),
    _one_of("tier", TIERS),
)
short_names = Table(
    "short_names",
    metadata,
    _id(),
    _ref("customer_id", "customers", index=True),
    Column("text", Text, nullable=False, index=True),
    _ref("learnt_by_id", "users", optional=True),
    _withdrawn(),
)
collaborators = Table(
    "collaborators",
    metadata,
    _id(),
    _ref("customer_id", "customers"),
    _ref("user_id", "users", index=True),
    UniqueConstraint("customer_id", "user_id"),
)
contacts = Table(
    "contacts",
    metadata,
    _id(),
    _ref("customer_id", "customers", index=True),
    Column("name", Text, nullable=False),
    *(_word(name) for name in ("title", "role", "phone", "email", "wechat", "birthday")),
    _withdrawn(),
    _one_of("role", DECISION_ROLES, or_empty=True),
)
pipelines = Table("pipelines", metadata, _id(), Column("key", String(32), nullable=False, unique=True))
stages = Table(
    "stages",
    metadata,
    _id(),
    _ref("pipeline_id", "pipelines"),
    Column("key", String(32), nullable=False),
    Column("names", Json, nullable=False),
    Column("position", Integer, nullable=False),
    Column("win_rate", Integer, nullable=False),
    Column("conditions", Json, nullable=False, server_default="[]"),
    Column("outcome", String(8), nullable=False, server_default="open"),
    UniqueConstraint("pipeline_id", "key"),
    UniqueConstraint("pipeline_id", "position"),
    _one_of("outcome", OUTCOMES),
    CheckConstraint("win_rate BETWEEN 0 AND 100", name="win_rate"),
)
deals = Table(
    "deals",
    metadata,
    _id(),
    _ref("customer_id", "customers", index=True),
    Column("name", Text, nullable=False),
    _ref("pipeline_id", "pipelines"),
    _ref("stage_id", "stages"),
    _ref("owner_id", "users"),
    Column("created_at", Moment, nullable=False),
    Column("amount_minor", BigInteger),
    Column("currency", String(3), nullable=False, server_default="CNY"),
    Column("probability", Integer),
    Column("close_on", Date),
    Column("competitors", Json, nullable=False, server_default="[]"),
    _word("lost_reason"),
    Column("closed_at", Moment),
    _withdrawn(),
    Index(None, "owner_id", "stage_id"),
    CheckConstraint("probability BETWEEN 0 AND 100", name="probability"),
)
stage_changes = Table(
    "stage_changes",
    metadata,
    _id(),
    _ref("deal_id", "deals", index=True),
    _ref("from_stage_id", "stages", optional=True),
    _ref("to_stage_id", "stages"),
    Column("at", Moment, nullable=False, index=True),
    _ref("user_id", "users"),
    _ref("waved_by_id", "users", optional=True),
    _withdrawn(),
)
deal_facts = Table(
    "deal_facts",
    metadata,
    _id(),
    _ref("deal_id", "deals", index=True),
    Column("key", String(32), nullable=False),
    Column("at", Moment, nullable=False),
    _ref("user_id", "users"),
    _word("value"),
    _withdrawn(),
)
visits = Table(
    "visits",
    metadata,
    _id(),
    _ref("customer_id", "customers"),
    _ref("user_id", "users"),
    Column("held_on", Date, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("words", Text, nullable=False),
    Column("held_at", Moment),
    _word("kind"),
    _ref("deal_id", "deals", optional=True, index=True),
    *(Column(name, Json, nullable=False, server_default="[]") for name in ("contact_ids", "people", "competitors")),
    _word("needs"),
    _word("objections"),
    Column("budget_minor", BigInteger),
    Column("budget_currency", String(3), nullable=False, server_default="CNY"),
    _withdrawn(),
    Index(None, "customer_id", "held_on"),
    Index(None, "user_id", "held_on"),
)
tasks = Table(
    "tasks",
    metadata,
    _id(),
    Column("title", Text, nullable=False),
    _ref("assignee_id", "users"),
    _ref("giver_id", "users"),
    Column("created_at", Moment, nullable=False),
    Column("due_on", Date),
    Column("due_at", Moment),
    _ref("customer_id", "customers", optional=True, index=True),
    _ref("deal_id", "deals", optional=True),
    Column("state", String(8), nullable=False, server_default="open"),
    Column("done_at", Moment),
    _withdrawn(),
    Index(None, "assignee_id", "state", "due_on"),
    _one_of("state", STATES),
)
changes = Table(
    "changes",
    metadata,
    _id(),
    Column("at", Moment, nullable=False),
    _ref("user_id", "users"),
    Column("thing", String(16), nullable=False),
    Column("thing_id", Integer, nullable=False),
    Column("field", String(32), nullable=False, server_default=""),
    Column("before", Json),
    Column("after", Json),
    _ref("inbox_id", "inbox", optional=True, index=True),
    _ref("undoes_id", "changes", optional=True, index=True),
    Index(None, "thing", "thing_id"),
    Index(None, "user_id", "id"),
)
questions = Table(
    "questions",
    metadata,
    _id(),
    _ref("chat_id", "chats"),
    _ref("asked_id", "users"),
    _ref("inbox_id", "inbox", index=True),
    Column("asked_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("items", Json, nullable=False),
    Column("state", String(12), nullable=False, server_default="open"),
    Column("answered_at", Moment),
    Index(None, "chat_id", "asked_id", "state"),
    _one_of("state", ("open", "answered", "cancelled", "expired")),
)
inbox = Table(
    "inbox",
    metadata,
    _id(),
    Column("channel", String(32), nullable=False),
    Column("update_id", BigInteger, nullable=False),
    Column("chat", Text, nullable=False),
    Column("raw", Json, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("state", String(8), nullable=False, server_default="new"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_try_at", Moment),
    Column("error", Text, nullable=False, server_default=""),
    UniqueConstraint("channel", "update_id"),
    Index(
        "ix_inbox_new",
        "channel",
        "chat",
        "update_id",
        sqlite_where=text("state = 'new'"),
        postgresql_where=text("state = 'new'"),
    ),
    _one_of("state", INBOX_STATES),
)
outbox = Table(
    "outbox",
    metadata,
    _id(),
    Column("dedupe_key", Text, nullable=False, unique=True),
    Column("channel", String(32), nullable=False),
    Column("chat", Text, nullable=False),
    _word("topic"),
    Column("kind", String(16), nullable=False),
    Column("body", Json, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("state", String(8), nullable=False, server_default="pending"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("started_at", Moment),
    _word("message"),
    _word("error"),
    _ref("inbox_id", "inbox", optional=True),
    Index(
        "ix_outbox_due",
        "due_at",
        "id",
        sqlite_where=text("state IN ('pending', 'retry')"),
        postgresql_where=text("state IN ('pending', 'retry')"),
    ),
    Index(
        "ix_outbox_sending",
        "state",
        sqlite_where=text("state IN ('sending', 'unknown')"),
        postgresql_where=text("state IN ('sending', 'unknown')"),
    ),
    Index(None, "inbox_id"),
    Index(None, "channel", "chat", "message"),
    _one_of("state", OUTBOX_STATES),
)
buttons = Table(
    "buttons",
    metadata,
    _id(),
    Column("token", String(32), nullable=False, unique=True),
    _ref("user_id", "users"),
    Column("action", String(32), nullable=False),
    Column("facts", Json, nullable=False),
    Column("created_at", Moment, nullable=False),
)

THINGS: dict[str, type[Any]] = {
    "team": Team,
    "user": User,
    "customer": Customer,
    "short_name": ShortName,
    "collaborator": Collaborator,
    "contact": Contact,
    "deal": Deal,
    "stage_change": StageChange,
    "deal_fact": DealFact,
    "visit": Visit,
    "task": Task,
}
_HOMES: dict[type[Any], Table] = {
    Team: teams,
    User: users,
    Identity: identities,
    Chat: chats,
    Customer: customers,
    ShortName: short_names,
    Collaborator: collaborators,
    Contact: contacts,
    Pipeline: pipelines,
    Stage: stages,
    Deal: deals,
    StageChange: stage_changes,
    DealFact: deal_facts,
    Visit: visits,
    Task: tasks,
    Change: changes,
    OpenQuestion: questions,
    InboxRow: inbox,
    OutboxRow: outbox,
    StoredButton: buttons,
}

mapper = registry(metadata=metadata)
for _class, _table in _HOMES.items():
    mapper.map_imperatively(_class, _table)
