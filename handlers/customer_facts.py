"""Single facts of a customer, and of its people where they have such: each with its value, or how to fill it in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm.customers import Contact, Customer
from handlers.known import contacts_known
from handlers.queries.pages import brief, capped, look, look_at_customer
from handlers.turn import Turn
from nlu.facts_asked import OF_PEOPLE
from nlu.rule import Mention, Reading
from talk.message import Outcome, Parts, Phrase, Word

OWN = ("phone", "address", "tax_id", "industry", "size", "source", "region", "tier")


async def customer_facts(turn: Turn, customer: Customer, wanted: Sequence[str]) -> Outcome:
    """What is wanted of a customer whom the policy has let the speaker see, below its full name."""
    theirs = [fact for fact in wanted if fact in OF_PEOPLE]
    people = [one for one in await contacts_known(turn, customer.id) if one.left_on is None] if theirs else []
    found = [person for person in people if any(getattr(person, fact) for fact in theirs)]
    own = {fact: getattr(customer, fact) for fact in wanted if fact in OWN and getattr(customer, fact)}
    told = {"name", *own, *(fact for fact in theirs for one in found if getattr(one, fact))}
    facts = {
        "head": customer.name,
        "fields": [
            *((f"label_{fact}", Word(f"tier_{value}") if fact == "tier" else value) for fact, value in own.items()),
            *((f"label_{fact}", _lacking(fact, customer, people)) for fact in wanted if fact not in told),
        ],
        "sections": [(Word("head_contacts"), capped([_entry(one, theirs) for one in found]))] if found else [],
    }
    contacts = look("button_contact", Reading("answer_query", {"topic": "contact", "customer": _mention(customer)}))
    offers = (*([contacts] if theirs else []), look_at_customer(customer))
    return Outcome("record_card", facts, (), customer.id, wrote=False, offers=(offers,))


def _mention(customer: Customer) -> Mention:
    return Mention(customer.name, customer.id)


def _entry(person: Contact, wanted: Sequence[str]) -> Parts:
    """Name · title · what is wanted of them."""
    return Parts((person.name, person.title, *(getattr(person, fact) for fact in wanted if fact != "title")))


def _lacking(fact: str, customer: Customer, people: Sequence[Contact]) -> Any:
    if fact in OWN:
        return not_known(fact, brief(customer.name))
    return not_known(fact, people[0].name) if people else not_known("contact", brief(customer.name))


def not_known(fact: str, name: str) -> Phrase:
    """That nobody has told it yet, and a sentence that would, told of whoever goes by the name."""
    return Phrase("fact_not_known", {"how": Phrase(f"tell_{fact}", {"name": name})})
