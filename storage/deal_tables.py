"""The tables of pipelines and deals."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    or_,
    select,
    text,
)

from crm.pipelines import OUTCOMES
from storage.columns import Json, Moment, metadata, one_of, own_id, ref, withdrawn, word

pipelines = Table("pipelines", metadata, own_id(), Column("key", String(32), nullable=False, unique=True))
stages = Table(
    "stages",
    metadata,
    own_id(),
    ref("pipeline_id", "pipelines"),
    Column("key", String(32), nullable=False),
    Column("names", Json, nullable=False),
    Column("position", Integer, nullable=False),
    Column("win_rate", Integer, nullable=False),
    Column("conditions", Json, nullable=False, server_default="[]"),
    Column("outcome", String(8), nullable=False, server_default="open"),
    UniqueConstraint("pipeline_id", "key"),
    UniqueConstraint("pipeline_id", "position"),
    one_of("outcome", OUTCOMES),
    CheckConstraint("win_rate BETWEEN 0 AND 100", name="win_rate"),
)
deals = Table(
    "deals",
    metadata,
    own_id(),
    ref("customer_id", "customers", index=True),
    Column("name", Text, nullable=False),
    ref("pipeline_id", "pipelines"),
    ref("stage_id", "stages"),
    ref("owner_id", "users"),
    Column("created_at", Moment, nullable=False, index=True),
    Column("amount_minor", BigInteger),
    Column("currency", String(3), nullable=False, server_default="CNY"),
    Column("probability", Integer),
    Column("close_on", Date),
    Column("competitors", Json, nullable=False, server_default="[]"),
    word("lost_reason"),
    Column("closed_at", Moment, index=True),
    Column("shares_customer", Boolean, nullable=False, server_default=text("false")),
    withdrawn(),
    Index(None, "owner_id", "stage_id"),
    Index(
        "ix_deals_shared",
        "owner_id",
        "customer_id",
        sqlite_where=text("shares_customer = 1"),
        postgresql_where=text("shares_customer"),
    ),
    CheckConstraint("probability BETWEEN 0 AND 100", name="probability"),
)
stage_changes = Table(
    "stage_changes",
    metadata,
    own_id(),
    ref("deal_id", "deals"),
    ref("from_stage_id", "stages", optional=True),
    ref("to_stage_id", "stages"),
    Column("at", Moment, nullable=False, index=True),
    ref("user_id", "users"),
    ref("waved_by_id", "users", optional=True),
    withdrawn(),
    Index(None, "deal_id", "at"),
)
deal_facts = Table(
    "deal_facts",
    metadata,
    own_id(),
    ref("deal_id", "deals", index=True),
    Column("key", String(32), nullable=False),
    Column("at", Moment, nullable=False),
    ref("user_id", "users"),
    word("value"),
    withdrawn(),
)

IS_OPEN = deals.c.stage_id.in_(select(stages.c.id).where(stages.c.outcome == "open"))
# Not so of one that came out of a sheet as won or lost without its day: it is new, as it was won, in no period.
IS_OF_A_PERIOD = or_(deals.c.closed_at.is_not(None), IS_OPEN)
