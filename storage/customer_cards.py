"""The figures of a customer's card and of its brief, in few statements: who looks after it, how much there is of what,
what is known of its deals.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.customers import Customer
from crm.money import Money
from storage.people_tables import users
from storage.tables import contacts, deal_facts, deals, stages, tasks, visits


@dataclass(frozen=True)
class CardFigures:
    """The owner's name, and how many contacts, visits and open tasks there are."""

    owner: str
    contacts: int
    visits: int
    tasks: int


@dataclass(frozen=True)
class DealSum:
    """How many deals of an outcome (open, won, lost) in a currency, and their sum, None where none has an amount."""

    outcome: str
    count: int
    amount: Money | None


@dataclass(frozen=True)
class DealKnown:
    """What the records tell of a deal: a budget, a need, an open task; when it was quoted last."""

    has_budget: bool
    has_needs: bool
    has_task: bool
    quoted_at: datetime | None


async def card_figures(session: AsyncSession, customer: Customer) -> CardFigures:
    """One statement. The caller has asked the policy for the customer."""
    counted = [
        select(func.count(table.c.id))
        .where(table.c.customer_id == customer.id, table.c.withdrawn_at.is_(None), *more)
        .scalar_subquery()
        for table, more in ((contacts, ()), (visits, ()), (tasks, (tasks.c.state == "open",)))
    ]
    owner = select(users.c.name).where(users.c.id == customer.owner_id).scalar_subquery()
    return CardFigures(*(await session.execute(select(owner, *counted))).one())


async def deal_sums(session: AsyncSession, customer_id: int) -> list[DealSum]:
    """What the customer's deals are worth, in one statement. The caller has asked the policy for the customer."""
    where = (deals.c.customer_id == customer_id, deals.c.withdrawn_at.is_(None))
    figures = (func.count(deals.c.id), func.sum(deals.c.amount_minor), deals.c.currency)
    found = select(stages.c.outcome, *figures).join(stages, stages.c.id == deals.c.stage_id).where(*where)
    rows = await session.execute(found.group_by(stages.c.outcome, deals.c.currency).order_by(deals.c.currency))
    return [
        DealSum(outcome, int(count), None if minor is None else Money(int(minor), currency))
        for outcome, count, minor, currency in rows
    ]


async def deals_known_of(session: AsyncSession, keys: Collection[int]) -> dict[int, DealKnown]:
    """By deal, in one statement. What was told at a visit about no deal in particular counts for each of them. The
    caller has asked the policy for the customer.
    """
    about = or_(visits.c.deal_id == deals.c.id, visits.c.deal_id.is_(None))
    told = (visits.c.customer_id == deals.c.customer_id, about, visits.c.withdrawn_at.is_(None))
    stated = (deal_facts.c.deal_id == deals.c.id, deal_facts.c.withdrawn_at.is_(None))
    due = (tasks.c.customer_id == deals.c.customer_id, tasks.c.state == "open", tasks.c.withdrawn_at.is_(None))
    quoted = select(func.max(deal_facts.c.at)).where(*stated, deal_facts.c.key == "quote_sent")
    found = select(
        deals.c.id,
        exists().where(*told, visits.c.budget_minor.is_not(None)),
        or_(
            exists().where(*told, visits.c.needs != ""),
            exists().where(*stated, deal_facts.c.key == "needs_known"),
        ),
        exists().where(*due, or_(tasks.c.deal_id == deals.c.id, tasks.c.deal_id.is_(None))),
        quoted.correlate(deals).scalar_subquery(),
    ).where(deals.c.id.in_(keys))
    return {key: DealKnown(*known) for key, *known in await session.execute(found)}
