"""What a customer's card and its brief are made of, in few statements that are built once: who looks after it, how
much there is of what and the beginning of it, what is known of its deals.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, Text, bindparam, exists, func, literal, null, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from crm.check_ins import CheckIn
from crm.customers import Contact
from crm.errors import CustomerGone
from crm.money import Money
from crm.policy import Actor
from storage.attachments import FILES_HOME, files_of
from storage.check_in_table import check_ins
from storage.deal_tables import deal_facts, deals, stages
from storage.file_tables import attachments
from storage.lists.contacts import DECIDERS_FIRST
from storage.lists.deals import DEAL_ROWS, FARTHEST_FIRST, DealRow
from storage.lists.money import KIND_OF_FACT, MONEY_ROWS, MoneyRow, money_row
from storage.lists.tasks import BY_DUE, TASK_ROWS, TaskRow
from storage.lists.visits import NEWEST_FIRST, VISIT_ROWS, VisitRow
from storage.note_tables import comments, notes
from storage.people_tables import users
from storage.tables import collaborators, contacts, customers, short_names, tasks, visits
from storage.visibility import SEES_CUSTOMER, seen_by

SHOWN = 3  # entries of a part
MONEY = 2  # the latest of what is known of it
_KEY: Any = bindparam("customer_id")


def _said(kind: str, place: Any, words: Any) -> Select[Any]:
    return select(literal(kind).label("kind"), place.label("place"), words.label("words"))


def _standing(table: Any, *more: Any) -> tuple[Any, ...]:
    return (table.c.customer_id == _KEY, table.c.withdrawn_at.is_(None), *more)


_LAST_NOTES = (
    _said("note", -notes.c.id, notes.c.text)
    .where(*_standing(notes, notes.c.kind != "payment"))
    .order_by(notes.c.id.desc())
    .limit(SHOWN)
    .subquery()
)
_SHARERS = collaborators.join(users, users.c.id == collaborators.c.user_id)
_OWNER = customers.join(users, users.c.id == customers.c.owner_id)


def _count(kind: str, table: Any, *where: Any) -> Any:
    many, no_words = func.count(table.c.id).label("place"), null().cast(Text).label("words")
    return select(literal(kind).label("kind"), many, no_words).where(*where)


_OF_DEALS = deal_facts.join(deals, deals.c.id == deal_facts.c.deal_id)
_OF_MONEY = (*_standing(deals), deal_facts.c.key.in_(KIND_OF_FACT), deal_facts.c.withdrawn_at.is_(None))
_OF_VISITS = comments.join(visits, visits.c.id == comments.c.visit_id)
_FIGURES = union_all(
    _said("owner", literal(0), users.c.name)
    .select_from(_OWNER)
    .where(customers.c.id == _KEY, customers.c.withdrawn_at.is_(None), SEES_CUSTOMER),
    _said("short_name", short_names.c.id, short_names.c.text).where(
        *_standing(short_names, short_names.c.learnt_by_id.is_(None))
    ),
    _said("sharer", literal(0), users.c.name)
    .select_from(_SHARERS)
    .where(*_standing(collaborators, users.c.is_active))
    .distinct(),
    select(_LAST_NOTES),
    _count("contacts", contacts, *_standing(contacts)),
    _count("visits", visits, *_standing(visits)),
    _count("tasks", tasks, *_standing(tasks, tasks.c.state == "open")),
    _count("money", notes, *_standing(notes, notes.c.kind == "payment")),
    _count("money", deal_facts, *_OF_MONEY).select_from(_OF_DEALS),
    _count("comments", comments, *_standing(visits), comments.c.withdrawn_at.is_(None)).select_from(_OF_VISITS),
    _count("files", attachments, *files_of(_KEY)).select_from(FILES_HOME),
).order_by("kind", "place", "words")
_SUMS = (
    select(stages.c.outcome, func.count(deals.c.id), func.sum(deals.c.amount_minor), deals.c.currency)
    .join(stages, stages.c.id == deals.c.stage_id)
    .where(*_standing(deals))
    .group_by(stages.c.outcome, deals.c.currency)
    .order_by(deals.c.currency)
)
_TASKS = TASK_ROWS.where(*_standing(tasks, tasks.c.state == "open")).order_by(*BY_DUE).limit(SHOWN + 1)
_DEALS = DEAL_ROWS.where(*_standing(deals)).order_by(*FARTHEST_FIRST).limit(SHOWN)
_CONTACTS = select(Contact).where(*_standing(contacts)).order_by(*DECIDERS_FIRST).limit(SHOWN)
_MONEY = MONEY_ROWS.limit(MONEY)


def _last_on_visit(table: Any) -> Any:
    last = table.alias()
    found = select(func.max(last.c.id)).where(last.c.visit_id == visits.c.id, last.c.withdrawn_at.is_(None))
    return table.c.id == found.correlate(visits).scalar_subquery()


_COMMENTERS = users.alias()
_NEWEST_VISIT = select(visits.c.id).where(*_standing(visits)).order_by(*NEWEST_FIRST).limit(1).scalar_subquery()
_LAST_VISIT = (
    VISIT_ROWS.add_columns(_COMMENTERS.c.name, comments.c.text, CheckIn)
    .outerjoin(comments, _last_on_visit(comments))
    .outerjoin(_COMMENTERS, _COMMENTERS.c.id == comments.c.user_id)
    .outerjoin(check_ins, _last_on_visit(check_ins))
    .where(visits.c.id == _NEWEST_VISIT)
)


@dataclass(frozen=True)
class DealSum:
    """How many deals of an outcome (open, won, lost) in a currency, and their sum, None where none has an amount."""

    outcome: str
    count: int
    amount: Money | None


@dataclass(frozen=True)
class LastVisit:
    """A visit, the last that was said of it (who, what), and where it was checked in at; None where nothing was."""

    row: VisitRow
    words: tuple[str, str] | None
    check_in: CheckIn | None


@dataclass(frozen=True)
class CardParts:
    """The owner's name, what everybody calls the customer, who works on it too, the last notes; how many there are of
    contacts, visits, open tasks, money (quotes, contracts, payments noted), comments on visits, files; what its deals
    are worth; and the first of its open tasks, deals, contacts, of what is known of money, and of its visits.
    """

    owner: str
    called: Sequence[str]
    sharers: Sequence[str]
    notes: Sequence[str]
    counts: Mapping[str, int]
    sums: Sequence[DealSum]
    tasks: Sequence[TaskRow]
    deals: Sequence[DealRow]
    contacts: Sequence[Contact]
    money: Sequence[MoneyRow]
    visit: LastVisit | None


@dataclass(frozen=True)
class DealKnown:
    """What the records tell of a deal: a budget, a need, an open task; when it was quoted last."""

    has_budget: bool
    has_needs: bool
    has_task: bool
    quoted_at: datetime | None


async def card_parts(session: AsyncSession, actor: Actor, customer_id: int) -> CardParts:
    """Seven statements; who sees the customer sees all of it. CustomerGone where the actor does not."""
    asked = {"customer_id": customer_id}
    said: dict[str, list[str]] = defaultdict(list)
    counts: Counter[str] = Counter()
    for kind, place, words in await session.execute(_FIGURES, {**asked, **seen_by(actor)}):
        if words is None:
            counts[kind] += place
        else:
            said[kind].append(words)
    if not said["owner"]:
        raise CustomerGone
    return CardParts(
        said["owner"][0],
        list(dict.fromkeys(said["short_name"])),
        said["sharer"],
        said["note"],
        counts,
        await deal_sums(session, customer_id),
        [TaskRow(*row) for row in await session.execute(_TASKS, asked)],
        [DealRow(*row) for row in await session.execute(_DEALS, asked)],
        (await session.scalars(_CONTACTS, asked)).all(),
        [money_row(row) for row in await session.execute(_MONEY, asked)],
        _last_visit((await session.execute(_LAST_VISIT, asked)).first()),
    )


def _last_visit(row: Any) -> LastVisit | None:
    if row is None:
        return None
    *visit, name, text, check_in = row
    return LastVisit(VisitRow(*visit), None if text is None else (name, text), check_in)


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
