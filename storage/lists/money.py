"""What is known of a customer's money: quotes, contracts, payments noted; how many of each, and a window of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, exists, func, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from crm.money import Money
from crm.policy import Actor
from storage.deal_tables import deal_facts, deals
from storage.note_tables import notes
from storage.people_tables import users
from storage.tables import customers
from storage.visibility import sees_customer

KIND_OF_FACT = {"quote_sent": "quote", "contract_date": "contract"}


@dataclass(frozen=True)
class MoneyRow:
    """`kind` is quote, contract or payment. `told` is what a fact keeps, or the words of a note; `amount` that of the
    deal, which is called `deal`; a payment has neither.
    """

    kind: str
    at: datetime
    user: str
    deal: str
    told: str
    amount: Money | None


_KEY: Any = bindparam("customer_id")
_FACTS = (
    select(
        deal_facts.c.key.label("kind"),
        deal_facts.c.id,
        deal_facts.c.at,
        users.c.name.label("user"),
        deals.c.name.label("deal"),
        deal_facts.c.value.label("told"),
        deals.c.amount_minor,
        deals.c.currency,
    )
    .join(deals, deals.c.id == deal_facts.c.deal_id)
    .join(users, users.c.id == deal_facts.c.user_id)
    .where(deals.c.customer_id == _KEY, deal_facts.c.key.in_(KIND_OF_FACT))
    .where(deal_facts.c.withdrawn_at.is_(None), deals.c.withdrawn_at.is_(None))
)
_PAYMENTS = (
    select(
        literal("payment").label("kind"),
        notes.c.id,
        notes.c.created_at.label("at"),
        users.c.name.label("user"),
        literal("").label("deal"),
        notes.c.text.label("told"),
        literal(None, deals.c.amount_minor.type).label("amount_minor"),
        literal(None, deals.c.currency.type).label("currency"),
    )
    .join(users, users.c.id == notes.c.user_id)
    .where(notes.c.customer_id == _KEY, notes.c.kind == "payment", notes.c.withdrawn_at.is_(None))
)
_ALL = union_all(_FACTS, _PAYMENTS).subquery()
_COUNTED = select(_ALL.c.kind, func.count()).group_by(_ALL.c.kind)
MONEY_ROWS = select(_ALL).order_by(_ALL.c.at.desc(), _ALL.c.id.desc())


async def count_money(session: AsyncSession, actor: Actor, customer_id: int) -> dict[str, int]:
    """How many there are of each kind, kinds without any left out."""
    rows = await session.execute(_COUNTED.where(_seen(actor)), {"customer_id": customer_id})
    return {KIND_OF_FACT.get(kind, kind): int(count) for kind, count in rows}


async def list_money(
    session: AsyncSession, actor: Actor, customer_id: int, limit: int, offset: int = 0, *, kind: str = ""
) -> list[MoneyRow]:
    """A window of them, of one kind or of all, the newest first."""
    keys = [key for key, known_as in KIND_OF_FACT.items() if known_as == kind] or [kind]
    found = MONEY_ROWS.where(_seen(actor), *([_ALL.c.kind.in_(keys)] if kind else []))
    rows = await session.execute(found.limit(limit).offset(offset), {"customer_id": customer_id})
    return [money_row(row) for row in rows]


def _seen(actor: Actor) -> ColumnElement[bool]:
    return exists().where(customers.c.id == _KEY, sees_customer(actor))


def money_row(row: Any) -> MoneyRow:
    """What one of MONEY_ROWS tells."""
    amount = None if row.amount_minor is None else Money(row.amount_minor, row.currency)
    return MoneyRow(KIND_OF_FACT.get(row.kind, row.kind), row.at, row.user, row.deal, row.told, amount)
