"""The figures of a customer's card and of its brief, in few statements: who looks after it, how much there is of what,
what is known of its deals.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, exists, func, literal, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from crm.money import Money
from storage.deal_tables import deal_facts, deals, stages
from storage.lists.money import KIND_OF_FACT
from storage.note_tables import notes
from storage.people_tables import users
from storage.tables import collaborators, contacts, customers, short_names, tasks, visits

NOTES = 3  # the last of them
_KEY: Any = bindparam("customer_id")


def _said(kind: str, place: Any, words: Any) -> Select[Any]:
    return select(literal(kind).label("kind"), place.label("place"), words.label("words"))


def _standing(table: Any, *more: Any) -> tuple[Any, ...]:
    return (table.c.customer_id == _KEY, table.c.withdrawn_at.is_(None), *more)


_LAST_NOTES = (
    _said("note", -notes.c.id, notes.c.text)
    .where(*_standing(notes, notes.c.kind != "payment"))
    .order_by(notes.c.id.desc())
    .limit(NOTES)
    .subquery()
)
_SHARERS = collaborators.join(users, users.c.id == collaborators.c.user_id)
_OWNER = customers.join(users, users.c.id == customers.c.owner_id)
_WORDS = union_all(
    _said("owner", literal(0), users.c.name).select_from(_OWNER).where(customers.c.id == _KEY),
    _said("short_name", short_names.c.id, short_names.c.text).where(
        *_standing(short_names, short_names.c.learnt_by_id.is_(None))
    ),
    _said("sharer", literal(0), users.c.name)
    .select_from(_SHARERS)
    .where(*_standing(collaborators, users.c.is_active))
    .distinct(),
    select(_LAST_NOTES),
).order_by("kind", "place", "words")


def _count(table: Any, *more: Any) -> Any:
    return select(func.count(table.c.id)).where(*_standing(table, *more)).scalar_subquery()


_OF_DEALS = deal_facts.join(deals, deals.c.id == deal_facts.c.deal_id)
_MONEY_FACTS = (
    select(func.count(deal_facts.c.id))
    .select_from(_OF_DEALS)
    .where(*_standing(deals), deal_facts.c.key.in_(KIND_OF_FACT), deal_facts.c.withdrawn_at.is_(None))
    .scalar_subquery()
)
_COUNTS = select(
    _count(contacts),
    _count(visits),
    _count(tasks, tasks.c.state == "open"),
    _MONEY_FACTS + _count(notes, notes.c.kind == "payment"),
)
_SUMS = (
    select(stages.c.outcome, func.count(deals.c.id), func.sum(deals.c.amount_minor), deals.c.currency)
    .join(stages, stages.c.id == deals.c.stage_id)
    .where(*_standing(deals))
    .group_by(stages.c.outcome, deals.c.currency)
    .order_by(deals.c.currency)
)


@dataclass(frozen=True)
class CardFigures:
    """The owner's name, what everybody calls the customer, who works on it too, the last notes; and how many contacts,
    visits, open tasks, and quotes, contracts and payments noted there are.
    """

    owner: str
    called: Sequence[str]
    sharers: Sequence[str]
    notes: Sequence[str]
    contacts: int
    visits: int
    tasks: int
    money: int


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


async def card_figures(session: AsyncSession, customer_id: int) -> CardFigures:
    """Two statements. The caller has asked the policy for the customer."""
    asked = {"customer_id": customer_id}
    said: dict[str, list[str]] = defaultdict(list)
    for kind, _, words in await session.execute(_WORDS, asked):
        said[kind].append(words)
    called = list(dict.fromkeys(said["short_name"]))
    counts = (await session.execute(_COUNTS, asked)).one()
    return CardFigures("".join(said["owner"]), called, said["sharer"], said["note"], *map(int, counts))


async def deal_sums(session: AsyncSession, customer_id: int) -> list[DealSum]:
    """What the customer's deals are worth, in one statement. The caller has asked the policy for the customer."""
    rows = await session.execute(_SUMS, {"customer_id": customer_id})
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
