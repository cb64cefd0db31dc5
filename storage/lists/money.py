"""What is known of a customer's money: quotes, contracts, payments noted; how many of each, and a window of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from crm.money import Money
from crm.policy import Actor
from storage.note_tables import notes
from storage.people_tables import users
from storage.tables import customers, deal_facts, deals
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


async def count_money(session: AsyncSession, actor: Actor, customer_id: int) -> dict[str, int]:
    """How many there are of each kind, kinds without any left out."""
    found = _all(actor, customer_id).subquery()
    counted = select(found.c.kind, func.count()).group_by(found.c.kind)
    return {KIND_OF_FACT.get(kind, kind): int(count) for kind, count in await session.execute(counted)}


async def list_money(
    session: AsyncSession, actor: Actor, customer_id: int, limit: int, offset: int = 0, *, kind: str = ""
) -> list[MoneyRow]:
    """A window of them, of one kind or of all, the newest first."""
    found = _all(actor, customer_id).subquery()
    keys = [key for key, known_as in KIND_OF_FACT.items() if known_as == kind] or [kind]
    where = [found.c.kind.in_(keys)] if kind else []
    order = (found.c.at.desc(), found.c.id.desc())
    rows = await session.execute(select(found).where(*where).order_by(*order).limit(limit).offset(offset))
    return [_row(row) for row in rows]


def _row(row: Any) -> MoneyRow:
    amount = None if row.amount_minor is None else Money(row.amount_minor, row.currency)
    return MoneyRow(KIND_OF_FACT.get(row.kind, row.kind), row.at, row.user, row.deal, row.told, amount)


def _all(actor: Actor, customer_id: int) -> Any:
    seen = exists().where(customers.c.id == customer_id, sees_customer(actor))
    return union_all(_facts(customer_id, seen), _payments(customer_id, seen))


def _facts(customer_id: int, seen: ColumnElement[bool]) -> Select[Any]:
    home = deal_facts.join(deals, deals.c.id == deal_facts.c.deal_id).join(users, users.c.id == deal_facts.c.user_id)
    standing = (deal_facts.c.withdrawn_at.is_(None), deals.c.withdrawn_at.is_(None))
    return (
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
        .select_from(home)
        .where(deals.c.customer_id == customer_id, deal_facts.c.key.in_(KIND_OF_FACT), *standing, seen)
    )


def _payments(customer_id: int, seen: ColumnElement[bool]) -> Select[Any]:
    noted = (notes.c.customer_id == customer_id, notes.c.kind == "payment", notes.c.withdrawn_at.is_(None))
    return (
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
        .select_from(notes.join(users, users.c.id == notes.c.user_id))
        .where(*noted, seen)
    )
