"""A new customer, or new facts of one: tier, industry, what people call it."""

from __future__ import annotations

from typing import Any

from crm import policy
from crm.customers import Customer, ShortName
from crm.errors import NotAllowed
from handlers.ask_owner import refused_with_offer
from handlers.colleagues import one_line
from handlers.customer_of import customer_of
from handlers.new_customer import ask_new, create_customer
from handlers.same_number import others_of_number
from handlers.turn import Ask, Result, Turn
from nlu.names import fold
from nlu.rule import Mention, Reading
from storage.customers import customer_of_that_name, short_names_of
from talk.message import Outcome, Parts, Word

FIELDS = ("tier", "industry", "region", "size", "source", "phone", "address", "tax_id")


async def update_customer(turn: Turn, reading: Reading) -> list[Result]:
    """Write the facts told; a customer called new that is like no other is made at once."""
    customer = await _customer(turn, reading)
    if not isinstance(customer, Customer):
        return [customer]
    told = {name: reading.slots[name] for name in FIELDS if reading.slots.get(name)}
    new = {name: value for name, value in told.items() if getattr(customer, name) != value}
    is_new = turn.ledger.is_new(customer)
    turn.ledger.set(customer, **new)
    names = [line for text in reading.slots.get("short_names", ()) for line in await _called(turn, customer, str(text))]
    fields = (*((f"label_{name}", _shown(name, value)) for name, value in new.items()), *names)
    if not is_new and not fields:
        return [Outcome("customer_unchanged", {"name": customer.name}, (), customer.id, wrote=False)]
    key = "customer_created" if is_new else "customer_updated"
    written = Outcome(key, {"parts": Parts((customer.name,))}, fields, customer.id)
    if is_new:  # those alike were shown before
        return [written]
    return [written, *await others_of_number(turn, customer, new.get("phone"), new.get("tax_id"))]


async def _customer(turn: Turn, reading: Reading) -> Customer | Result:
    """The customer meant or made; of one called new that a colleague has already, whom to ask. Raises NotAllowed."""
    try:
        return await _meant(turn, reading)
    except NotAllowed as refusal:
        mention: Mention | None = reading.slots.get("customer")
        name = str(turn.decisions.get("new_customer") or (mention.text if mention else ""))
        key = mention.key if mention is not None else None
        theirs = int(key) if key is not None else await customer_of_that_name(turn.session, one_line(name))
        if not reading.slots.get("is_new") or theirs is None:
            raise
        return await refused_with_offer(turn, refusal, theirs, name)


async def _meant(turn: Turn, reading: Reading) -> Customer | Ask:
    mention: Mention | None = reading.slots.get("customer")
    decided = turn.decisions.get("customer") or turn.decisions.get("new_customer")
    is_unknown = mention is not None and mention.key is None and not mention.candidates
    if mention is not None and is_unknown and reading.slots.get("is_new") and not decided:
        ask = await ask_new(turn, reading, mention.text)
        return ask if ask.key != "customer_not_known" else await create_customer(turn, mention.text)
    return await customer_of(turn, reading, "change_customer")


async def _called(turn: Turn, customer: Customer, text: str) -> list[tuple[str, Any]]:
    """Keep a short name, for everybody where the speaker may settle that and no other customer goes by it.

    Returns the card's field, nothing where it is known.
    """
    known = [name for name in await short_names_of(turn.session, customer.id) if fold(name.text) == fold(text)]
    held = policy.relations(turn.actor, customer.owner_id)
    for_all = policy.may("name_customer", held) and ("admin" in held or not _is_taken(turn, text, customer.id))
    mine = None if for_all else turn.actor.id
    if any(name.learnt_by_id in (None, mine) for name in known):
        return []
    await turn.ledger.add(ShortName(customer.id, text, mine))
    return [("label_short_name" if for_all else "label_short_name_own", text)]


def _is_taken(turn: Turn, text: str, but: int) -> bool:
    """Whether another customer goes by a name, for everybody."""
    return any(key != but for key in turn.names.recorded_as(text))


def _shown(name: str, value: Any) -> Any:
    return Word(f"tier_{value}") if name == "tier" else value
