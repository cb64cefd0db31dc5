"""The rows of lists as a spreadsheet wants them: a column a fact, all that the asker sees of what the list asks for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime

from crm.customers import Contact, Customer
from crm.money import Money
from handlers.move_deal import LOST_REASONS
from handlers.queries.asked import Asked, whose
from handlers.queries.contacts import contacts_wanted
from handlers.queries.customers import customers_wanted
from handlers.queries.deals import deals_wanted
from handlers.queries.filters import first_of
from handlers.queries.tasks import tasks_wanted
from handlers.queries.visits import visits_wanted
from handlers.turn import Turn
from storage.lists.contacts import list_contacts_of_all
from storage.lists.customers import list_customers
from storage.lists.deals import DealsWanted, list_deals
from storage.lists.tasks import list_tasks
from storage.lists.visits import list_visits
from talk.catalogue import has, say
from talk.sheets import Cell

MOST = 20_000  # rows of a file: it is made while the message waits; the next ones are the next file's
Rows = Sequence[Sequence[Cell]]
_CUSTOMER = ("name", "industry", "region", "size", "phone", "address", "tax_id", "source")
_CONTACT = ("phone", "other_phone", "email", "wechat", "birthday", "left_on")

HEADS: dict[str, tuple[str, ...]] = {
    "customers": (*_CUSTOMER, "tier", "owner", "contacted_on", "created_at"),
    "contact": ("name", "customer", "title", "role", *_CONTACT, "owner"),
    "deals": (
        *("deal", "customer", "stage", "amount", "currency", "close_on", "win_rate", "owner", "contacted_on"),
        *("created_at", "closed_at", "lost_reason", "competitors"),
    ),
    "tasks": ("number", "task", "customer", "due_on", "due_at", "state", "assignee", "created_at", "done_at"),
    "visits": ("held_on", "held_at", "customer", "user", "kind", "words", "people", "needs", "objections", "budget"),
}


def window(turn: Turn, asked: Asked | None = None) -> tuple[int, int]:
    """How many rows are asked for (one more than a file holds: it tells whether there are more) and from which on."""
    begins, most = int(turn.decisions.get("from") or 0), MOST + 1
    return (most if asked is None else min(most, max(0, first_of(asked, begins + most) - begins))), begins


async def customers(turn: Turn, asked: Asked) -> Rows:
    """Customers, with whoever looks after them and the last contact."""
    found = await list_customers(turn.session, turn.actor, customers_wanted(turn, asked), *window(turn, asked))
    return [
        (
            *(getattr(row.customer, name) for name in _CUSTOMER),
            _word(turn, "tier", row.customer.tier),
            *(row.owner, row.contacted_on, _local(turn, row.customer.created_at)),
        )
        for row in found
    ]


async def contacts(turn: Turn, asked: Asked) -> Rows:
    """The people of a customer, or of all that are meant."""
    return [
        (
            *(person.name, home.name, person.title, _word(turn, "role", person.role)),
            *(getattr(person, name) for name in _CONTACT),
            owner,
        )
        for person, home, owner in await people(turn, asked)
    ]


async def people(turn: Turn, asked: Asked) -> list[tuple[Contact, Customer, str]]:
    """The contacts wanted, each with the customer and whoever looks after it."""
    return await list_contacts_of_all(turn.session, turn.actor, contacts_wanted(turn, asked), *window(turn))


async def deals(turn: Turn, asked: Asked) -> Rows:
    """Deals with stage and sum; of a customer with nothing more told also those that are over, as its list shows."""
    owner = whose(turn, asked)
    wanted = deals_wanted(turn, asked, owner)
    if asked.customer is not None and wanted == DealsWanted(owner.people, asked.customer.id):
        wanted = replace(wanted, outcome="")
    return [
        (
            *(row.deal.name, row.customer, row.stage.name(turn.reader.language)),
            *((row.deal.amount.major, row.deal.currency) if row.deal.amount else (None, None)),
            *(row.deal.close_on, row.stage.win_rate if row.deal.probability is None else row.deal.probability),
            *(row.owner, row.contacted_on, _local(turn, row.deal.created_at), _local(turn, row.deal.closed_at)),
            _word(turn, "lost", row.deal.lost_reason) if row.deal.lost_reason in LOST_REASONS else row.deal.lost_reason,
            "、".join(row.deal.competitors),
        )
        for row in await list_deals(turn.session, turn.actor, wanted, *window(turn, asked))
    ]


async def tasks(turn: Turn, asked: Asked) -> Rows:
    """Tasks by number, with when they are due."""
    return [
        (
            *(row.task.id, row.task.title, row.customer, row.task.due_on, _local(turn, row.task.due_at)),
            *(_word(turn, "task_state", row.task.state), row.assignee),
            *(_local(turn, row.task.created_at), _local(turn, row.task.done_at)),
        )
        for row in await list_tasks(turn.session, turn.actor, tasks_wanted(turn, asked), *window(turn))
    ]


async def visits(turn: Turn, asked: Asked) -> Rows:
    """Visits in the words that they were told in."""
    return [
        (
            *(row.visit.held_on, _local(turn, row.visit.held_at), row.customer, row.user),
            *(_word(turn, "kind", row.visit.kind), row.visit.words, "、".join(row.visit.people)),
            *(row.visit.needs, row.visit.objections),
            Money(row.visit.budget_minor, row.visit.budget_currency).major if row.visit.budget_minor else None,
        )
        for row in await list_visits(turn.session, turn.actor, visits_wanted(turn, asked), *window(turn))
    ]


def _local(turn: Turn, moment: datetime | None) -> datetime | None:
    return moment.astimezone(turn.reader.zone) if moment else None


def _word(turn: Turn, kind: str, value: str) -> str:
    key = f"{kind}_{value}"
    return say(key, turn.reader) if value and has(key) else value


ROWS: dict[str, Callable[[Turn, Asked], Awaitable[Rows]]] = {
    "customers": customers,
    "contact": contacts,
    "deals": deals,
    "tasks": tasks,
    "visits": visits,
}


def heads(turn: Turn, topic: str) -> list[str]:
    """The heads of a topic's columns, as the asker reads them."""
    return [say(f"column_{name}", turn.reader) for name in HEADS[topic]]
