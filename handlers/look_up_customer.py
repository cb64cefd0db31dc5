"""The customer's card: who they are, whom one meets, what is open, what was said last, what was promised."""

from __future__ import annotations

from typing import Any

from crm.customers import Contact, Customer
from crm.deals import Deal
from crm.errors import NotFound
from crm.pipelines import Stage
from crm.tasks import Task, is_overdue
from crm.visits import Visit
from handlers.customer_of import customer_of
from handlers.turn import Ask, Result, Turn
from nlu.rule import Mention, Reading
from storage.customers import contacts_of, short_names_of
from storage.deals import deals_of
from storage.people import users_named
from storage.tasks import open_tasks_of
from storage.visits import last_visits
from talk.message import Outcome, Parts, Word

SHOWN = 5  # entries of a list on the card; pages come with their buttons later


async def look_up_customer(turn: Turn, reading: Reading) -> list[Result]:
    """The card of the customer meant. Raises NotFound, and NotAllowed: one masked line."""
    mention: Mention | None = reading.slots.get("customer")
    if mention is not None and mention.key is None and not mention.candidates and not turn.decisions.get("customer"):
        raise NotFound(name=mention.text)
    customer = await customer_of(turn, reading, "see")
    return [customer] if isinstance(customer, Ask) else [await customer_card(turn, customer)]


async def customer_card(turn: Turn, customer: Customer) -> Outcome:
    """The card of a customer whom the policy has let the speaker see."""
    session = turn.session
    visits = await last_visits(session, customer.id, 3)
    names = await users_named(session, [customer.owner_id, *(visit.user_id for visit in visits)])
    called = [short.text for short in await short_names_of(session, customer.id) if short.learnt_by_id is None]
    contacts = await contacts_of(session, customer.id)
    by_id = {contact.id: contact.name for contact in contacts}
    tasks = await open_tasks_of(session, turn.actor, customer.id, SHOWN)
    facts: dict[str, Any] = {
        "name": customer.name,
        "about": Parts((list(called), customer.industry, customer.region, Word(f"tier_{customer.tier}"))),
        "owner": names[customer.owner_id],
        "deals": [_deal(deal, stage) for deal, stage in (await deals_of(session, customer.id))[:SHOWN]],
        "contacts": [_contact(contact) for contact in contacts[:SHOWN]],
        "visits": [_visit(visit, names[visit.user_id], by_id) for visit in visits],
        "tasks": [_task(task, turn) for task in tasks],
    }
    return Outcome("customer_card", facts, (), customer.id, wrote=False)


def _deal(deal: Deal, stage: Stage) -> Parts:
    return Parts((deal.name, stage.names, deal.amount, deal.close_on if stage.outcome == "open" else None))


def _contact(contact: Contact) -> Parts:
    role = Word(f"role_{contact.role}") if contact.role else None
    return Parts((contact.name, contact.title, role, contact.phone))


def _visit(visit: Visit, who: str, by_id: dict[int, str]) -> Parts:
    people = [*(by_id[key] for key in visit.contact_ids if key in by_id), *visit.people]
    words = visit.words if len(visit.words) <= 60 else visit.words[:59] + "…"
    kind = Word(f"kind_{visit.kind}") if visit.kind else None
    return Parts((visit.held_on, who, kind, people, words))


def _task(task: Task, turn: Turn) -> Parts:
    overdue = Word("overdue") if is_overdue(task, turn.today) else None
    return Parts((f"#{task.id}", task.title, task.due_at or task.due_on, overdue))
