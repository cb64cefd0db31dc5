"""The brief of a customer for whoever takes it over: who they are, where it stands, what is open, what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm.customers import Customer
from handlers.customer_of import customer_of
from handlers.known import contacts_known
from handlers.look_up_customer import contact_entry
from handlers.queries.deals import standing
from handlers.queries.pages import look_at_customer, short
from handlers.queries.tasks import task_entry
from handlers.queries.visits import visit_entry
from handlers.turn import Ask, Result, Turn
from nlu.rule import Reading
from storage.lists.deals import DealRow, DealsWanted, list_deals
from storage.lists.tasks import TasksWanted, list_tasks
from storage.lists.visits import VisitRow, VisitsWanted, list_visits
from storage.notes import last_notes
from storage.people import users_named
from talk.message import Outcome, Parts, Phrase, Word

CONTACTS, DEALS, VISITS, NOTES, TASKS = 5, 4, 3, 3, 5  # entries of each part


async def brief_customer(turn: Turn, reading: Reading) -> list[Result]:
    """The brief of the customer meant. Raises NotFound, NotAllowed (masked), CustomerGone."""
    customer = await customer_of(turn, reading, "see")
    return [customer] if isinstance(customer, Ask) else [await _brief(turn, customer)]


async def _brief(turn: Turn, customer: Customer) -> Outcome:
    session, key = turn.session, customer.id
    owner = await users_named(session, [customer.owner_id])
    contacts = await contacts_known(turn, key)
    deals = await list_deals(session, turn.actor, DealsWanted(customer_id=key), DEALS, 0)
    visits = await list_visits(session, turn.actor, VisitsWanted(customer_id=key), VISITS, 0)
    tasks = await list_tasks(session, turn.actor, TasksWanted(customer_id=key), TASKS, 0)
    notes = [short(note.text) for note in await last_notes(session, key, NOTES)]
    about = Parts((customer.industry, customer.region, customer.size, Word(f"tier_{customer.tier}")))
    parts: list[tuple[Any, Sequence[Any]]] = [
        (Word("head_contacts"), [contact_entry(contact) for contact in contacts[:CONTACTS]]),
        (Word("head_deals"), [_deal(row, turn) for row in deals]),
        (Word("head_visits"), [visit_entry(row, with_customer=False, with_name=True).shown for row in visits]),
        (Word("head_open_points"), [*_points(visits), *notes]),
        (Word("head_next_steps"), [task_entry(t, turn, with_customer=False, with_name=True).shown for t in tasks]),
    ]
    facts = {
        "head": Phrase("brief_of", {"customer": customer.name}),
        "fields": [("label_about", about), ("label_owner", owner[customer.owner_id])],
        "sections": [(head, entries or [Word("none_yet")]) for head, entries in parts],
    }
    return Outcome("record_card", facts, (), key, wrote=False, offers=((look_at_customer(customer),),))


def _deal(row: DealRow, turn: Turn) -> Parts:
    return Parts((short(row.deal.name, 40), row.stage.names, row.deal.amount, standing(row, turn), row.deal.close_on))


def _points(visits: Sequence[VisitRow]) -> list[Phrase]:
    """What the last contacts left open: needs and objections, each with its day."""
    told = [(label, row.visit) for row in visits for label in ("needs", "objections")]
    return [
        Phrase("point_told", {"label": Word(f"label_{label}"), "value": short(text), "day": visit.held_on})
        for label, visit in told
        if (text := getattr(visit, label))
    ]
