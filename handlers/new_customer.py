"""A customer that nobody knows: the known ones it may be after all are asked about first, then it is made, once.

Like it are those of a like name, and those with its telephone number or tax id.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crm.customers import Customer
from handlers.ask_owner import ask_owner, whom_to_ask
from handlers.customer_choices import CHOICES, customer_choices
from handlers.known import customer_known
from handlers.turn import Ask, Choice, Turn
from nlu.look_alikes import NEAR, look_alikes
from nlu.rule import Reading
from storage.customers import customer_of_that_name, hold_name, owners_of, visible_among
from storage.duplicates import same_number


async def ask_new(turn: Turn, reading: Reading, name: str) -> Ask:
    """Whether the words mean a known customer, else to make one of that name; of a colleague's one may ask them."""
    told = reading.slots
    found = look_alikes(name, turn.names)
    numbered = await same_number(turn.session, str(told.get("phone") or ""), str(told.get("tax_id") or ""))
    likely = list(dict.fromkeys([*numbered, *(int(one.key) for one in found)]))
    seen = {c.id: c for c in await visible_among(turn.session, turn.actor, likely)}
    alike = [seen[key] for key in likely if key in seen][: CHOICES - 1]
    # Of what the speaker may not see nothing is said but who looks after it, and that only where it is likely.
    strong = {*numbered, *(int(one.key) for one in found if one.strength > NEAR)}
    hidden = [key for key in likely if key not in seen and key in strong][: CHOICES - 1]
    owners = await owners_of(turn.session, hidden)
    key = "customer_like_others" if owners else "customer_looks_like" if alike else "customer_not_known"
    if numbered and key != "customer_not_known":
        key = "customer_same_number_others" if owners else "customer_same_number"
    reading = await _asked_now(turn, reading, name)
    create = Choice("create_customer", {"new_customer": name}, {"name": name})
    choices = (*await customer_choices(turn, alike), *await _to_ask(turn, reading, hidden), create)
    facts = {"name": name, "owners": owners}
    return Ask(_once_asked(key, reading), reading, choices, f"customer:{name}", facts, slot="customer")


async def _asked_now(turn: Turn, reading: Reading, name: str) -> Reading:
    """The reading once the colleague is asked whom the speaker chose to ask: each is asked once."""
    key, asked = turn.decisions.get("ask_owner"), tuple(reading.slots.get("asked") or ())
    if key is None or key in asked:
        return reading
    await ask_owner(turn, int(key), name)
    return replace(reading, slots={**reading.slots, "asked": (*asked, key)})


def _once_asked(key: str, reading: Reading) -> str:
    return "customer_owner_asked" if reading.slots.get("asked") else key


async def _to_ask(turn: Turn, reading: Reading, hidden: Sequence[int]) -> list[Choice]:
    """A button for each colleague who may share one of the customers and was not asked."""
    asked = {int(key) for key in reading.slots.get("asked") or ()}
    people: dict[int, tuple[str, int]] = {}
    for key in hidden:
        who = await whom_to_ask(turn, key)
        if who is not None:
            people.setdefault(who.id, (who.name, key))
    return [
        Choice("ask_owner", {"ask_owner": key}, {"owner": name}) for name, key in people.values() if key not in asked
    ]


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
