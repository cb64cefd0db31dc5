"""The customer's card: who they are, whom one meets, what is open; its buttons lead to the whole of each."""

from __future__ import annotations

from typing import Any

from crm.customers import Contact, Customer
from crm.deals import Deal
from crm.pipelines import Stage
from handlers.answer_query import answer_query
from handlers.customer_of import customer_of
from handlers.known import contacts_known, deals_known
from handlers.queries.pages import look, short
from handlers.queries.search import search
from handlers.queries.tasks import task_entry
from handlers.queries.visits import places_on, visit_entry, words_on
from handlers.show_files import files_row
from handlers.turn import Ask, Result, Turn
from nlu.rule import Mention, Reading
from storage.customers import short_names_of
from storage.lists.tasks import TasksWanted, count_tasks, list_tasks
from storage.lists.visits import VisitsWanted, count_visits, list_visits
from storage.notes import last_notes
from storage.people import users_named
from storage.sharing import sharers_named
from talk.message import Offer, Outcome, Parts, Word

SHOWN = 3  # entries of a part on the first page


async def look_up_customer(turn: Turn, reading: Reading) -> list[Result]:
    """The card of the customer meant; of a part of a name what goes by it. Raises NotFound, NotAllowed (masked)."""
    mention: Mention | None = reading.slots.get("customer")
    if mention is None:
        return [Outcome("find_what", wrote=False)]
    if mention.key is None and not mention.candidates and not turn.decisions.get("customer"):
        return await _searched(turn, reading, mention.text)
    customer = await customer_of(turn, reading, "see")
    return [customer] if isinstance(customer, Ask) else [await customer_card(turn, customer)]


async def _searched(turn: Turn, reading: Reading, text: str) -> list[Result]:
    found = await search(turn, reading, text)
    if isinstance(found, Reading):
        return await (look_up_customer if found.intent == "look_up_customer" else answer_query)(turn, found)
    return found


async def customer_card(turn: Turn, customer: Customer) -> Outcome:
    """The card of a customer whom the policy has let the speaker see."""
    session = turn.session
    owner = await users_named(session, [customer.owner_id])
    for_all = [name.text for name in await short_names_of(session, customer.id) if name.learnt_by_id is None]
    called = list(dict.fromkeys(for_all))
    contacts, deals = await contacts_known(turn, customer.id), await deals_known(turn, customer.id)
    visited, due = VisitsWanted(customer_id=customer.id), TasksWanted(customer_id=customer.id)
    visits = await list_visits(session, turn.actor, visited, 1, 0)
    words, places = await words_on(turn, visits), await places_on(turn, visits)
    tasks = await list_tasks(session, turn.actor, due, SHOWN, 0)
    facts: dict[str, Any] = {
        "name": customer.name,
        "about": Parts((called, customer.industry, customer.region, Word(f"tier_{customer.tier}"))),
        "owner": owner[customer.owner_id],
        "sharers": [one.name for one in await sharers_named(session, customer.id)],
        "notes": [note.text for note in await last_notes(session, customer.id, SHOWN)],
        "contacts": [contact_entry(contact) for contact in contacts[:SHOWN]],
        "deals": [_deal(deal, stage) for deal, stage in deals[:SHOWN]],
        "visits": [
            visit_entry(
                row, words.get(row.visit.id), places.get(row.visit.id), with_customer=False, with_name=True
            ).shown
            for row in visits
        ],
        "tasks": [
            task_entry(row, turn, with_customer=False, with_name=row.task.assignee_id != turn.actor.id).shown
            for row in tasks
        ],
    }
    counts = {
        "contact": len(contacts),
        "deals": len(deals),
        "visits": (await count_visits(session, turn.actor, visited)).visits,
        "tasks": await count_tasks(session, turn.actor, due),
    }
    offers = tuple(_page(customer, topic, count) for topic, count in counts.items())
    rows = (offers[:2], offers[2:], *await files_row(turn, customer))
    return Outcome("customer_card", facts, (), customer.id, wrote=False, offers=rows)


def _page(customer: Customer, topic: str, count: int) -> Offer:
    """A button to the whole of what the card shows the beginning of."""
    asked = Reading("answer_query", {"topic": topic, "customer": Mention(customer.name, customer.id)})
    return look(f"page_{topic}", asked, n=count)


def _deal(deal: Deal, stage: Stage) -> Parts:
    is_open = stage.outcome == "open"
    return Parts((short(deal.name, 40), stage.names, deal.amount, deal.close_on if is_open else None))


def contact_entry(contact: Contact) -> Parts:
    """Name · title · role · phone, and whether they have left."""
    role = Word(f"role_{contact.role}") if contact.role else None
    left = Word("contact_left") if contact.left_on else None
    return Parts((contact.name, contact.title, role, contact.phone, left))
