"""A person's data is erased at their request: asked once, with what cannot be reached, and never put back."""

from __future__ import annotations

from functools import partial

from handlers.colleagues import demand
from handlers.list_person import places
from handlers.person_of import whose_data
from handlers.turn import Ask, Choice, Result, Turn
from nlu.rule import Reading
from storage.erasure.erase import count_traces, erase
from talk.message import Outcome


async def erase_person(turn: Turn, reading: Reading) -> list[Result]:
    """Erase a person once it is confirmed. Raises AdminsOnly, NotFound."""
    demand(turn.actor, "erase_person")
    person = await whose_data(turn, reading)
    if isinstance(person, Ask):
        return [person]
    contact = person.contact
    if not turn.decisions.get("confirmed"):
        facts = {
            "name": person.name,
            "customer": person.customer,
            "pseudonym": person.pseudonym,
            "places": places(await count_traces(turn.session, person)),
        }
        choices = (
            Choice("button_erase_person", {"confirmed": True}, {"name": person.name}),
            Choice("button_keep_person", {"dropped": True}),
        )
        key = "erasure_asked" if person.is_only else "erasure_asked_namesake"
        return [Ask(key, reading, choices, f"erase:{contact.id}", facts, customer=contact.customer_id)]
    turn.ledger.at_last(partial(erase, turn.session, person, turn.actor.id, turn.ledger.now, turn.ledger.inbox_id))
    return [Outcome("person_erased", {"pseudonym": person.pseudonym}, (), contact.customer_id, wrote=False)]
