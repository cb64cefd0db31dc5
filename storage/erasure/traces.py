"""Where a person is told of: every text and JSON column is looked at, so that a new table is not forgotten."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, String, Table, Text, cast, false, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from storage.columns import Json, metadata
from storage.deal_tables import deals
from storage.erasure.person import Person
from storage.post_tables import inbox
from storage.tables import changes, contacts, customers, tasks, visits

# Of colleagues, of what is set, and of what is a secret: nobody at a customer is told of there.
_OF_NOBODY = frozenset(
    {
        *("calendar_days", "calendar_links", "erasures", "identities", "invites", "ladders"),
        *("pipelines", "stages", "subscriptions", "targets", "teams", "users", "write_policies"),
    }
)
# What names a thing for the house itself: it is no text that anybody wrote.
_KEYS = frozenset(
    {
        *("channel", "chat", "currency", "budget_currency", "dedupe_key", "digest", "field", "file_id", "key", "kind"),
        *("message", "mime", "post", "salt", "seal", "sent_as", "sha256", "state", "thing", "tier", "token", "topic"),
        *("action", "album", "phone_key", "tax_key", "way"),
    }
)
# What is a customer's own, and by what somebody else is known: a namesake keeps their name, and whose number it is too.
_THEIR_OWN = {
    "chats": ("address",),
    "contacts": ("name", "phone", "other_phone", "email"),
    "customers": ("name", "phone", "tax_id"),
}


@dataclass(frozen=True)
class Trace:
    """A row that tells of a person: which, in which columns, and whether it is about their customer."""

    table: Table
    key: int
    values: dict[str, Any]
    is_nearby: bool


async def traces_of(session: AsyncSession, person: Person) -> AsyncIterator[Trace]:
    """Every row that tells of a person, but their own."""
    for name, table in sorted(metadata.tables.items()):
        columns = _told(table) if name not in _OF_NOBODY else []
        if not columns:
            continue
        near = _nearby(table, person.contact.customer_id)
        others = contacts.c.id != person.contact.id if table is contacts else table.c.id.is_not(None)
        for is_nearby, where in ((True, near & others), (False, ~near & others)):
            async for trace in _in_table(session, person, columns, where, is_nearby=is_nearby):
                yield trace


def _told(table: Table) -> list[Column[Any]]:
    """The columns of a table in which somebody may be told of."""
    own = _THEIR_OWN.get(table.name, ())
    return [
        column
        for column in table.c
        if isinstance(column.type, Text | String | type(Json)) and column.name not in _KEYS and column.name not in own
    ]


async def _in_table(
    session: AsyncSession, person: Person, columns: list[Column[Any]], where: ColumnElement[bool], *, is_nearby: bool
) -> AsyncIterator[Trace]:
    hints = person.hints(nearby=is_nearby)
    if not hints:
        return
    table: Any = columns[0].table
    holds = or_(*(cast(column, Text).icontains(hint, autoescape=True) for column in columns for hint in hints))
    rows = (await session.execute(select(table.c.id, *columns).where(where, holds).order_by(table.c.id))).mappings()
    for row in rows.all():
        told = {name: value for name, value in row.items() if name != "id"}
        found = {name: value for name, value in told.items() if value and person.tells(value, nearby=is_nearby)}
        if found:
            yield Trace(table, row["id"], found, is_nearby)


def _nearby(table: Table, customer_id: int) -> ColumnElement[bool]:
    """The rows of a table that are about a customer: its records, and the messages that wrote of them."""
    of_visits, of_tasks, of_deals = (
        select(each.c.id).where(each.c.customer_id == customer_id) for each in (visits, tasks, deals)
    )
    wrote = select(changes.c.inbox_id).where(_changes_of(customer_id), changes.c.inbox_id.is_not(None))
    if table in (changes, customers):
        return _changes_of(customer_id) if table is changes else customers.c.id == customer_id
    keys = {"inbox_id": wrote, "visit_id": of_visits, "task_id": of_tasks, "deal_id": of_deals}
    pointing: list[ColumnElement[bool]] = [table.c[name].in_(found) for name, found in keys.items() if name in table.c]
    if "customer_id" in table.c:
        pointing.append(table.c.customer_id == customer_id)
    if table is inbox:
        pointing.append(inbox.c.id.in_(wrote))
    return or_(false(), *pointing).is_(true())


def _changes_of(customer_id: int) -> ColumnElement[bool]:
    """The log of a customer and of what belongs to it."""
    own = [(changes.c.thing == "customer") & (changes.c.thing_id == customer_id)]
    for thing in ("contact", "deal", "visit", "task", "note", "attachment"):
        table = metadata.tables[f"{thing}s"]
        keys = select(table.c.id).where(table.c.customer_id == customer_id)
        own.append((changes.c.thing == thing) & changes.c.thing_id.in_(keys))
    return or_(*own)
