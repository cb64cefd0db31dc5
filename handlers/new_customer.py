"""A customer that nobody knows: the known ones it may be after all are asked about first, then it is made, once."""

from __future__ import annotations

from crm.customers import Customer
from handlers.customer_choices import CHOICES, customer_choices
from handlers.known import customer_known
from handlers.turn import Ask, Choice, Turn
from nlu.look_alikes import NEAR, look_alikes
from nlu.rule import Reading
from storage.customers import customer_of_that_name, hold_name, owners_of, visible_among


async def ask_new(turn: Turn, reading: Reading, name: str) -> Ask:
    """Whether the words mean a known customer, else to make one of that name."""
    found = look_alikes(name, turn.names)
    seen = {c.id: c for c in await visible_among(turn.session, turn.actor, [int(one.key) for one in found])}
    alike = [seen[int(one.key)] for one in found if one.key in seen][: CHOICES - 1]
    # Of what the speaker may not see nothing is said but who looks after it, and that only where it is likely.
    hidden = [int(one.key) for one in found if one.key not in seen and one.strength > NEAR][: CHOICES - 1]
    owners = await owners_of(turn.session, hidden)
    key = "customer_like_others" if owners else "customer_looks_like" if alike else "customer_not_known"
    create = Choice("create_customer", {"new_customer": name}, {"name": name})
    choices = (*await customer_choices(turn, alike), create)
    return Ask(key, reading, choices, f"customer:{name}", {"name": name, "owners": owners}, slot="customer")


async def made_here(turn: Turn, name: str) -> Customer | None:
    """The customer of that name that another reading of this very message has made."""
    known = await turn.ledger.get(Customer, await customer_of_that_name(turn.session, " ".join(name.split())))
    return known if known is not None and turn.ledger.is_new(known) else None


async def create_customer(turn: Turn, name: str) -> Customer:
    """A new customer, unless there is one of that name: of another reading of this message, or a colleague's.

    Raises NotAllowed where a colleague looks after it.
    """
    name = " ".join(name.split())
    await hold_name(turn.session, name)
    known = await customer_of_that_name(turn.session, name)
    if known is not None:
        return await customer_known(turn, known, "create_deal")
    return await turn.ledger.add(Customer(name=name, owner_id=turn.actor.id, created_at=turn.ledger.now))
