"""A number that is told of a known customer, or of somebody there, and that another customer has: said, not refused."""

from __future__ import annotations

from collections.abc import Sequence

from crm.customers import Customer
from handlers.ask_owner import whom_to_ask
from handlers.turn import Turn
from storage.customers import owners_of, visible_among
from storage.duplicates import same_number
from talk.message import Offer, Outcome


async def others_of_number(turn: Turn, customer: Customer, phone: object, tax_id: object = None) -> list[Outcome]:
    """Who else has it: one's own by name; of a colleague's the owner alone, and the button that asks them. In a group
    nothing is said of other customers.
    """
    if turn.chat.is_group or not (phone or tax_id):
        return []
    await turn.session.flush()
    others = [key for key in await same_number(turn.session, str(phone or ""), str(tax_id or "")) if key != customer.id]
    seen = await visible_among(turn.session, turn.actor, others)
    hidden = [key for key in others if key not in {each.id for each in seen}]
    told = []
    if seen:
        told.append(Outcome("number_of_yours", {"names": [each.name for each in seen]}, wrote=False))
    if hidden:
        facts, offers = {"owners": await owners_of(turn.session, hidden)}, await _offers(turn, customer, hidden)
        told.append(Outcome("number_of_others", facts, wrote=False, offers=offers))
    return told


async def _offers(turn: Turn, customer: Customer, hidden: Sequence[int]) -> tuple[tuple[Offer, ...], ...]:
    """A button for each colleague who may share one of the customers."""
    people: dict[int, tuple[str, int]] = {}
    for key in hidden:
        who = await whom_to_ask(turn, key)
        if who is not None:
            people.setdefault(who.id, (who.name, key))
    said = {"said": customer.name, "shared": True, "key": "colleague_asks_number"}
    return tuple(
        (Offer("ask_owner", "ask_owner", {"customer": key, **said}, {"owner": name}),) for name, key in people.values()
    )
