"""A contact with a customer took place: keep it in the words it was told in, with what follows from them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from crm.customers import Contact, Customer
from crm.visits import Visit
from handlers.check_in import adopt_check_ins
from handlers.customer_of import customer_of
from handlers.keep_contact import contact_or_ask, offers_to_keep
from handlers.keep_files import adopt_files
from handlers.known import contacts_known, deals_known, only_open_deal
from handlers.turn import Ask, Result, Turn
from nlu.rule import Amount, Mention, Reading, When
from talk.message import Outcome, Parts, Word


async def record_visit(turn: Turn, reading: Reading) -> list[Result]:
    """Write the visit. People whom nobody recorded are kept by the words used for them until they become contacts."""
    customer = await customer_of(turn, reading, "record_visit")
    if isinstance(customer, Ask):
        return [customer]
    new = [
        await contact_or_ask(turn, customer, name)
        for name in reading.slots.get("new_contacts", ())
        if any(person.text == name for person in reading.slots.get("contacts", ()))
    ]
    known = await contacts_known(turn, customer.id)
    visit = await turn.ledger.add(await _visit(turn, reading, customer, known))
    names = {contact.id: contact.name for contact in known}
    if turn.decisions:
        await adopt_files(turn, visit)
    people = [*(names[key] for key in visit.contact_ids), *visit.people]
    kind = Word(f"kind_{visit.kind}") if visit.kind else None
    head = Parts((customer.name, people, kind, visit.held_at or visit.held_on))
    offers = offers_to_keep(turn, visit.people)
    where = tuple(("label_check_in", how_far) for how_far in await adopt_check_ins(turn, visit))
    told = Outcome("visit_recorded", {"parts": head}, (*_fields(reading), *where), customer.id, offers=offers)
    created = (_created(one, customer) for one in new if not isinstance(one, Ask) and turn.ledger.is_new(one))
    return [told, *created, *(one for one in new if isinstance(one, Ask))]


def _created(contact: Contact, customer: Customer) -> Outcome:
    fields = (("label_title", contact.title),) if contact.title else ()
    return Outcome("contact_created", {"parts": Parts((customer.name, contact.name))}, fields, customer.id)


async def _visit(turn: Turn, reading: Reading, customer: Customer, known: Sequence[Contact]) -> Visit:
    slots = reading.slots
    held_on, held_at = _held(slots.get("at"), turn)
    contacts, people = _people(slots.get("contacts", ()), known)
    budget: Amount | None = slots.get("budget")
    return Visit(
        customer_id=customer.id,
        user_id=turn.actor.id,
        held_on=held_on,
        held_at=held_at,
        created_at=turn.ledger.now,
        words=turn.text,
        kind=slots.get("channel", ""),
        deal_id=await _deal_id(turn, slots.get("deal"), customer),
        contact_ids=contacts,
        people=people,
        competitors=list(slots.get("competitors", ())),
        needs=slots.get("needs", ""),
        objections=slots.get("objections", ""),
        budget_minor=budget.low.minor if budget else None,
        budget_currency=budget.low.currency if budget else "CNY",
    )


def _people(told: Sequence[Mention], known: Sequence[Contact]) -> tuple[list[int], list[str]]:
    """The contacts among the people told of, by id or by exactly their name, and the words for the others."""
    keys = {contact.id for contact in known}
    by_name = {contact.name: contact.id for contact in known}
    contacts: dict[int, None] = {}
    people: dict[str, None] = {}
    for person in told:
        key = person.key if person.key in keys else by_name.get(person.text)
        if key is None:
            people[person.text] = None
        else:
            contacts[int(key)] = None
    return list(contacts), list(people)


def _held(when: When | None, turn: Turn) -> tuple[date, datetime | None]:
    """The day and, where one was told, the moment; with no time word it was today."""
    if when is not None and when.at is not None:
        return when.at.date(), when.at
    return (when.last_day if when else None) or turn.today, None


async def _deal_id(turn: Turn, mention: Mention | None, customer: Customer) -> int | None:
    if mention is None:
        only = await only_open_deal(turn, customer.id)
        return only.id if only else None
    opened = [deal for deal, stage in await deals_known(turn, customer.id) if stage.outcome == "open"]
    return next((deal.id for deal in opened if deal.id == mention.key or deal.name == mention.text), None)


def _fields(reading: Reading) -> tuple[tuple[str, Any], ...]:
    slots = reading.slots
    told = (
        ("label_needs", slots.get("needs")),
        ("label_objections", slots.get("objections")),
        ("label_budget", _sum(slots.get("budget"))),
        ("label_competitors", slots.get("competitors")),
    )
    return tuple((label, value) for label, value in told if value)


def _sum(budget: Amount | None) -> Any:
    if budget is None or budget.high is None:
        return budget.low if budget else None
    return Parts((budget.low, budget.high))
