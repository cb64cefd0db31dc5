"""Who works on a customer: its owner, and those with whom it is shared."""

from __future__ import annotations

from crm.customers import Customer
from handlers.customer_of import customer_of
from handlers.turn import Ask, Result, Turn
from nlu.rule import Reading
from storage.people import users_named
from storage.sharing import sharers_named
from talk.message import Outcome, Parts, Word


async def list_sharers(turn: Turn, reading: Reading) -> list[Result]:
    """The owner first. Raises NotFound, NotAllowed (masked), CustomerGone."""
    customer = await customer_of(turn, reading, "see")
    return [customer] if isinstance(customer, Ask) else [await sharers_of(turn, customer)]


async def sharers_of(turn: Turn, customer: Customer) -> Outcome:
    """Who works on a customer that the policy has let the speaker see."""
    owner = (await users_named(turn.session, [customer.owner_id]))[customer.owner_id]
    entries = [Parts((owner, Word("label_owner")))]
    for one in await sharers_named(turn.session, customer.id):
        by_group = Word("by_group") if one.by_group else None
        entries.append(Parts((one.name, Word(f"user_role_{one.role}"), by_group)))
    facts = {"head": Parts((customer.name, Word("head_sharers"))), "note": None, "sections": [(None, entries)]}
    return Outcome("listed", facts, (), customer.id, wrote=False)
