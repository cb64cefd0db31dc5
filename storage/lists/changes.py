"""The change log of a customer: what was changed of it and of all that belongs to it, a window at a time."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from crm.changes import SILENT_FIELDS, SILENT_OF_VISIT, Change
from crm.policy import Actor
from storage.deal_tables import deal_facts, deals
from storage.note_tables import notes
from storage.people_tables import users
from storage.post_tables import cards
from storage.tables import changes, collaborators, contacts, customers, short_names, tasks, visits
from storage.visibility import sees_customer

_OF_CUSTOMER = {
    "deal": deals,
    "contact": contacts,
    "visit": visits,
    "task": tasks,
    "note": notes,
    "short_name": short_names,
    "collaborator": collaborators,
}


@dataclass(frozen=True)
class ChangeRow:
    """A change, who made it, the message that caused it ("" where none did), and the currency of its deal."""

    change: Change
    user: str
    text: str
    currency: str


async def count_changes(session: AsyncSession, actor: Actor, customer_id: int) -> int:
    """How many there are to see."""
    return int(await session.scalar(select(func.count(changes.c.id)).where(*_where(actor, customer_id))) or 0)


async def list_changes(
    session: AsyncSession, actor: Actor, customer_id: int, limit: int, offset: int
) -> list[ChangeRow]:
    """A window of them, the newest first."""
    rows = await session.execute(
        select(Change, users.c.name, cards.c.text, deals.c.currency)
        .join(users, users.c.id == changes.c.user_id)
        .outerjoin(cards, cards.c.inbox_id == changes.c.inbox_id)
        .outerjoin(deals, and_(changes.c.thing == "deal", deals.c.id == changes.c.thing_id))
        .where(*_where(actor, customer_id))
        .order_by(changes.c.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return [ChangeRow(change, user, text or "", currency or "CNY") for change, user, text, currency in rows]


def _where(actor: Actor, customer_id: int) -> list[ColumnElement[bool]]:
    """What is told of the customer, if the actor sees it; what only accompanies another change is not."""
    thing, key, field = changes.c.thing, changes.c.thing_id, changes.c.field
    of_deals = select(deal_facts.c.id).join(deals, deals.c.id == deal_facts.c.deal_id)
    belongs = [
        and_(thing == "customer", key == customer_id),
        and_(thing == "deal_fact", key.in_(of_deals.where(deals.c.customer_id == customer_id))),
        *(
            and_(thing == name, key.in_(select(table.c.id).where(table.c.customer_id == customer_id)))
            for name, table in _OF_CUSTOMER.items()
        ),
    ]
    belongs.append(and_(thing == "chat", _of_binding(customer_id)))
    seen = exists().where(customers.c.id == customer_id, sees_customer(actor))
    silent = or_(field.in_(SILENT_FIELDS), and_(thing == "visit", field.in_(SILENT_OF_VISIT)))
    return [or_(*belongs), ~silent, seen]


def _of_binding(customer_id: int) -> ColumnElement[bool]:
    """What was done to groups while they were bound to the customer, their binding and freeing too."""
    before = aliased(changes)
    last = (
        select(before.c.after["customer"].as_integer())
        .where(before.c.thing == "chat", before.c.thing_id == changes.c.thing_id, before.c.field == "binding")
        .where(before.c.id < changes.c.id)
        .order_by(before.c.id.desc())
        .limit(1)
        .correlate(changes)
        .scalar_subquery()
    )
    own = (changes.c[side]["customer"].as_integer() == customer_id for side in ("before", "after"))
    is_binding = changes.c.field == "binding"
    return or_(and_(is_binding, or_(*own)), and_(~is_binding, last == customer_id))
