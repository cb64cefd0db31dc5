"""Which customer a reading means: known, chosen, asked for, or new. Shared by every skill that is about one."""

from __future__ import annotations

from crm.customers import Customer
from crm.errors import NotAllowed
from handlers.customer_choices import CHOICES, customer_choices
from handlers.known import customer_known
from handlers.new_customer import ask_new, create_customer, made_here
from handlers.short_names import learn
from handlers.turn import Ask, Turn
from nlu.rule import Mention, Reading
from storage.customers import owners_of, recent_customers, visible_among


async def customer_of(turn: Turn, reading: Reading, verb: str) -> Customer | Ask:
    """The customer, if the speaker may do the verb there; else what to ask. Raises CustomerGone, NotAllowed."""
    mention: Mention | None = reading.slots.get("customer")
    decided = turn.decisions
    if decided.get("new_customer"):
        return await create_customer(turn, str(decided["new_customer"]))
    if decided.get("customer"):
        return await _chosen(turn, mention, int(decided["customer"]), verb)
    if mention is None:
        return await _ask_whom(turn, reading)
    if mention.key is not None:
        return await customer_known(turn, int(mention.key), verb)
    if mention.candidates:
        return await _one_of(turn, reading, mention, verb)
    return await made_here(turn, mention.text) or await ask_new(turn, reading, mention.text)


async def _chosen(turn: Turn, mention: Mention | None, key: int, verb: str) -> Customer:
    """The customer that an answer names: the words that left it open are its short name from now on."""
    customer = await customer_known(turn, key, verb)
    if mention is not None and mention.key is None and (not mention.candidates or key in mention.candidates):
        await learn(turn, customer, mention.text)
    return customer


async def _one_of(turn: Turn, reading: Reading, mention: Mention, verb: str) -> Customer | Ask:
    keys = [int(key) for key in mention.candidates]
    seen = await visible_among(turn.session, turn.actor, keys)
    if not seen:
        raise NotAllowed(customer=mention.text, owner=await owners_of(turn.session, keys))
    if len(seen) == 1:
        return await customer_known(turn, seen[0].id, verb)
    choices = await customer_choices(turn, seen)
    return Ask("which_customer", reading, choices, f"customer:{mention.text}", {"name": mention.text}, slot="customer")


async def _ask_whom(turn: Turn, reading: Reading) -> Ask:
    recent = await recent_customers(turn.session, turn.actor, CHOICES - 1)
    return Ask("whom_is_it_about", reading, await customer_choices(turn, recent), "customer:", slot="customer")
