"""The tables, and which crm class lives in which. Queries live beside their subjects, not here."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    Index,
    Integer,
    String,
    Table,
    Text,
    text,
)
from sqlalchemy.orm import registry

from crm.attachments import Attachment
from crm.calendar import CalendarDay
from crm.changes import Card, Change
from crm.check_ins import CheckIn
from crm.comments import Comment
from crm.corrections import Correction
from crm.customers import DECISION_ROLES, TIERS, Collaborator, Contact, Customer, ShortName
from crm.deals import Deal, DealFact, StageChange
from crm.digests import Subscription
from crm.imports import Import
from crm.invites import Invite
from crm.ladders import Ladder
from crm.notes import CustomerNote
from crm.pipelines import Pipeline, Stage
from crm.targets import Target
from crm.tasks import STATES, Task
from crm.users import Chat, Identity, Team, User
from crm.visits import Visit
from crm.write_policies import WritePolicy
from storage.check_in_table import check_ins
from storage.columns import Json, Moment, metadata, one_of, own_id, ref, withdrawn, word
from storage.deal_tables import deal_facts, deals, pipelines, stage_changes, stages
from storage.file_tables import attachments
from storage.import_tables import imports
from storage.invite_table import invites
from storage.note_tables import comments, notes
from storage.number_keys import keep_number_keys
from storage.out_tables import calendar_links, erasures  # noqa: F401 - tables too
from storage.people_tables import chats, identities, teams, users
from storage.policy_tables import write_policies
from storage.post_tables import buttons, cards, corrections, inbox, outbox
from storage.posts import InboxRow, OutboxRow, StoredButton
from storage.push_tables import calendar_days, ladders, subscriptions, targets

customers = Table(
    "customers",
    metadata,
    own_id(),
    Column("name", Text, nullable=False, index=True),
    ref("owner_id", "users", index=True),
    Column("created_at", Moment, nullable=False),
    *(word(name) for name in ("industry", "region", "size")),
    Column("tier", String(16), nullable=False, server_default="potential"),
    *(word(name) for name in ("source", "phone", "address", "tax_id")),
    *(Column(name, Text, nullable=False, server_default="", index=True) for name in ("phone_key", "tax_key")),
    *(Column(name, Float) for name in ("latitude", "longitude")),
    withdrawn(),
    one_of("tier", TIERS),
)
short_names = Table(
    "short_names",
    metadata,
    own_id(),
    ref("customer_id", "customers", index=True),
    Column("text", Text, nullable=False, index=True),
    ref("learnt_by_id", "users", optional=True),
    Column("settles", Boolean, nullable=False, server_default=text("false")),
    withdrawn(),
)
collaborators = Table(
    "collaborators",
    metadata,
    own_id(),
    ref("customer_id", "customers"),
    ref("user_id", "users", index=True),
    ref("deal_id", "deals", optional=True),
    ref("chat_id", "chats", optional=True, index=True),
    withdrawn(),
    Index(None, "customer_id", "user_id"),
)
contacts = Table(
    "contacts",
    metadata,
    own_id(),
    ref("customer_id", "customers", index=True),
    Column("name", Text, nullable=False),
    *(word(name) for name in ("title", "role", "phone", "other_phone", "email", "wechat", "birthday")),
    Column("left_on", Date),
    Column("phone_key", Text, nullable=False, server_default="", index=True),
    withdrawn(),
    one_of("role", DECISION_ROLES, or_empty=True),
)
visits = Table(
    "visits",
    metadata,
    own_id(),
    ref("customer_id", "customers"),
    ref("user_id", "users"),
    Column("held_on", Date, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("words", Text, nullable=False),
    Column("held_at", Moment),
    word("kind"),
    ref("deal_id", "deals", optional=True, index=True),
    *(Column(name, Json, nullable=False, server_default="[]") for name in ("contact_ids", "people", "competitors")),
    word("needs"),
    word("objections"),
    Column("budget_minor", BigInteger),
    Column("budget_currency", String(3), nullable=False, server_default="CNY"),
    withdrawn(),
    # Holds all that is asked of a customer's last contact: a list of many asks it of each. What is asked to be equal
    # stands first: with a column of days between, PostgreSQL takes the index for so dear that it reads every visit.
    Index("ix_visits_of_customer", "customer_id", "withdrawn_at", "held_on", "deal_id"),
    Index(None, "user_id", "held_on"),
)
tasks = Table(
    "tasks",
    metadata,
    own_id(),
    Column("title", Text, nullable=False),
    ref("assignee_id", "users"),
    ref("giver_id", "users"),
    Column("created_at", Moment, nullable=False),
    Column("due_on", Date),
    Column("due_at", Moment),
    ref("customer_id", "customers", optional=True, index=True),
    ref("deal_id", "deals", optional=True),
    Column("state", String(8), nullable=False, server_default="open"),
    Column("done_at", Moment),
    Column("accepted_at", Moment),
    Column("remind_at", Moment),
    Column("plan_from", Moment),
    withdrawn(),
    Index(None, "assignee_id", "state", "due_on"),
    Index(
        "ix_tasks_unplanned",
        "id",
        sqlite_where=text("plan_from IS NOT NULL"),
        postgresql_where=text("plan_from IS NOT NULL"),
    ),
    one_of("state", STATES),
)
changes = Table(
    "changes",
    metadata,
    own_id(),
    Column("at", Moment, nullable=False),
    ref("user_id", "users"),
    Column("thing", String(16), nullable=False),
    Column("thing_id", Integer, nullable=False),
    Column("field", String(32), nullable=False, server_default=""),
    Column("before", Json),
    Column("after", Json),
    ref("inbox_id", "inbox", optional=True, index=True),
    ref("undoes_id", "changes", optional=True, index=True),
    Column("entry", Integer, nullable=False, server_default="0"),
    Column("place", Integer),
    Column("seal", String(64), nullable=False, server_default=""),
    Column("salt", String(32), nullable=False, server_default=""),
    Column("digest", String(64), nullable=False, server_default=""),
    Column("is_erased", Boolean, nullable=False, server_default=text("false")),
    Index("ix_changes_place", "place", unique=True),
    Index("ix_changes_unsealed", "id", sqlite_where=text("place IS NULL"), postgresql_where=text("place IS NULL")),
    Index(None, "thing", "thing_id"),
    Index(None, "user_id", "id"),
)
THINGS: dict[str, type[Any]] = {
    "team": Team,
    "user": User,
    "chat": Chat,
    "customer": Customer,
    "short_name": ShortName,
    "collaborator": Collaborator,
    "contact": Contact,
    "deal": Deal,
    "stage_change": StageChange,
    "deal_fact": DealFact,
    "visit": Visit,
    "task": Task,
    "note": CustomerNote,
    "comment": Comment,
    "check_in": CheckIn,
    "write_policy": WritePolicy,
    "attachment": Attachment,
    "ladder": Ladder,
    "calendar_day": CalendarDay,
    "subscription": Subscription,
    "target": Target,
}
_HOMES: dict[type[Any], Table] = {
    Team: teams,
    User: users,
    Identity: identities,
    Invite: invites,
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
    CustomerNote: notes,
    Comment: comments,
    CheckIn: check_ins,
    WritePolicy: write_policies,
    Attachment: attachments,
    Import: imports,
    Ladder: ladders,
    CalendarDay: calendar_days,
    Subscription: subscriptions,
    Target: targets,
    Change: changes,
    Card: cards,
    Correction: corrections,
    InboxRow: inbox,
    OutboxRow: outbox,
    StoredButton: buttons,
}

mapper = registry(metadata=metadata)
for _class, _table in _HOMES.items():
    mapper.map_imperatively(_class, _table)
keep_number_keys()
