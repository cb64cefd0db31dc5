"""Which customer a reading means: known, chosen, asked for, or new. Shared by every skill that is about one."""

from __future__ import annotations

from crm.customers import Customer, ShortName
from crm.errors import NotAllowed
from handlers.known import customer_known
from handlers.turn import Ask, Choice, Turn
from nlu.rule import Mention, Reading
from storage.customers import (
    customer_of_that_name,
    last_contacts,
    owners_of,
    recent_customers,
    short_names_of,
    visible_among,
)
from storage.people import users_named
from talk.message import Parts, Word

CHOICES = 4  # as many buttons as one still reads at a glance


async def customer_of(turn: Turn, reading: Reading, verb: str) -> Customer | Ask:
    """The customer, if the speaker may do the verb there; else what to ask. Raises CustomerGone, NotAllowed."""
    mention: Mention | None = reading.slots.get("customer")
    decided = turn.decisions
    if decided.get("new_customer"):
        return await _create(turn, str(decided["new_customer"]))
    if decided.get("customer"):
        customer = await customer_known(turn, int(decided["customer"]), verb)
        if mention is not None and customer.id in mention.candidates:
            await _learn(turn, customer, mention.text)
        return customer
    if mention is None:
        return await _ask_whom(turn, reading)
    if mention.key is not None:
        return await customer_known(turn, int(mention.key), verb)
    if mention.candidates:
        return await _one_of(turn, reading, mention, verb)
    return _ask_new(reading, mention)


async def _one_of(turn: Turn, reading: Reading, mention: Mention, verb: str) -> Customer | Ask:
    keys = [int(key) for key in mention.candidates]
    seen = await visible_among(turn.session, turn.actor, keys)
    if not seen:
        raise NotAllowed(customer=mention.text, owner=await owners_of(turn.session, keys))
    if len(seen) == 1:
        return await customer_known(turn, seen[0].id, verb)
    choices = await _choices(turn, seen)
    return Ask("which_customer", reading, choices, f"customer:{mention.text}", {"name": mention.text}, slot="customer")


async def _choices(turn: Turn, found: list[Customer]) -> tuple[Choice, ...]:
    owners = await users_named(turn.session, [customer.owner_id for customer in found])
    last = await last_contacts(turn.session, [customer.id for customer in found])
    return tuple(
        Choice(
            "choose_customer",
            # Choosing is the confirmation too: whoever knows which customer it was has read the card.
            {"customer": customer.id, "confirmed": True},
            {
                "parts": Parts(
                    (customer.name, owners[customer.owner_id], last.get(customer.id, Word("never_contacted")))
                )
            },
        )
        for customer in found[:CHOICES]
    )


async def _ask_whom(turn: Turn, reading: Reading) -> Ask:
    recent = await recent_customers(turn.session, turn.actor, CHOICES - 1)
    return Ask("whom_is_it_about", reading, await _choices(turn, recent), "customer:", slot="customer")


def _ask_new(reading: Reading, mention: Mention) -> Ask:
    create = Choice("create_customer", {"new_customer": mention.text}, {"name": mention.text})
    facts = {"name": mention.text}
    return Ask("customer_not_known", reading, (create,), f"customer:{mention.text}", facts, slot="customer")


async def _create(turn: Turn, name: str) -> Customer:
    """A new customer, unless there is one of exactly that name: of another reading of this message, or a colleague's.

    Raises NotAllowed where a colleague looks after it.
    """
    known = await customer_of_that_name(turn.session, name)
    if known is not None:
        return await customer_known(turn, known, "create_deal")
    return await turn.ledger.add(Customer(name=name, owner_id=turn.actor.id, created_at=turn.ledger.now))


async def _learn(turn: Turn, customer: Customer, text: str) -> None:
    known = await short_names_of(turn.session, customer.id)
    if all(name.text != text or name.learnt_by_id != turn.actor.id for name in known):
        await turn.ledger.add(ShortName(customer_id=customer.id, text=text, learnt_by_id=turn.actor.id))
