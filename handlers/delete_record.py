"""A record is to be deleted: what can be done instead, with a button where it can be done at once, and put back.

Somebody at a customer has left or was noted by mistake; a customer with nothing of its own can go. Nothing else is
deleted: visits and deals are taken back, lost or merged, and a person's data is erased by an admin.
"""

from __future__ import annotations

from crm import policy
from crm.customers import Contact, Customer
from crm.deals import Deal
from crm.errors import NotFound
from handlers.customer_of import customer_of
from handlers.queries.contacts import person_meant
from handlers.queries.pages import look, look_at_customer
from handlers.turn import Ask, Choice, Result, Turn
from nlu.rule import Mention, Reading
from storage.customers import visible_among
from storage.merges import BELONGING, counted
from talk.message import Outcome

KEEP = Choice("leave_record", {"dropped": True})


async def delete_record(turn: Turn, reading: Reading) -> list[Result]:
    """Ask what is meant of the record named, or tell what can be done. Raises NotFound, NotAllowed, CustomerGone."""
    if reading.slots.get("contact") is not None:
        return [await _person(turn, reading)]
    if reading.slots.get("deal") is not None:
        return [await _deal(turn, reading)]
    if reading.slots.get("customer") is not None:
        return [await _customer(turn, reading)]
    return [Outcome("delete_how", wrote=False)]


async def _person(turn: Turn, reading: Reading) -> Result:
    found = await person_meant(turn, reading)
    if isinstance(found, Ask):
        return found
    if found is None:
        raise NotFound(name=reading.slots["contact"].text)
    person, home = found
    facts = {"name": person.name, "customer": home.name}
    done = turn.decisions.get("removed")
    if done == "left" and turn.ledger.set(person, left_on=turn.today):
        return Outcome("contact_has_left", facts, (), home.id)
    if done == "gone":
        return _gone(turn, person, Outcome("contact_removed", facts, (), home.id))
    left = () if person.left_on else (Choice("contact_left_now", {"contact": person.id, "removed": "left"}),)
    choices = (*left, Choice("contact_wrong", {"contact": person.id, "removed": "gone"}), KEEP)
    return Ask("delete_contact_asked", reading, choices, f"delete:{person.id}", facts, customer=home.id)


async def _customer(turn: Turn, reading: Reading) -> Result:
    customer = await customer_of(turn, reading, "see")
    if isinstance(customer, Ask):
        return customer
    facts = {"name": customer.name}
    held = await counted(turn.session, customer.id, tuple(BELONGING))
    may = policy.may("merge_customers", policy.relations(turn.actor, customer.owner_id))
    if any(held.values()) or not may:
        offers = ((look_at_customer(customer),),)
        return Outcome("delete_customer_how", facts, (), customer.id, wrote=False, offers=offers)
    if turn.decisions.get("removed") == "gone":
        return _gone(turn, customer, Outcome("customer_removed", facts, ()))
    choices = (Choice("customer_wrong", {"customer": customer.id, "removed": "gone"}), KEEP)
    return Ask("delete_customer_asked", reading, choices, f"delete:{customer.id}", facts, customer=customer.id)


async def _deal(turn: Turn, reading: Reading) -> Outcome:
    mention: Mention = reading.slots["deal"]
    keys = [mention.key] if mention.key is not None else [*mention.candidates]
    deals = [deal for key in keys if (deal := await turn.ledger.get(Deal, int(key))) is not None]
    seen = {one.id for one in await visible_among(turn.session, turn.actor, [deal.customer_id for deal in deals])}
    deals = [deal for deal in deals if deal.customer_id in seen]
    if not deals:
        raise NotFound(name=mention.text)
    asked = Reading("answer_query", {"topic": "deals", "deal": Mention(deals[0].name, deals[0].id)})
    offers = ((look("named", asked, name=deals[0].name),),) if len(deals) == 1 else ()
    about = deals[0].customer_id if len(deals) == 1 else None
    return Outcome("delete_deal_how", {"name": deals[0].name}, (), about, wrote=False, offers=offers)


def _gone(turn: Turn, record: Contact | Customer, outcome: Outcome) -> Outcome:
    turn.ledger.set(record, withdrawn_at=turn.ledger.now)
    turn.known.clear()
    return outcome
