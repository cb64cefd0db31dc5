"""Where files may belong is asked: the visits and customers that the speaker was with last are the choices."""

from __future__ import annotations

from dataclasses import replace

from handlers.customer_choices import CHOICES
from handlers.focus import focus_of
from handlers.turn import Ask, Choice, Turn
from nlu.rule import Reading
from storage.customers import visible_among
from storage.visits import recent_visits
from talk.message import Parts

WHOSE = "customer:"  # the group of asks that wait for a customer who was not named


async def ask_whose(turn: Turn, reading: Reading) -> Ask:
    """The question to whom the files of a reading belong; not to its `not_visit`."""
    choices = await visit_choices(turn, reading.slots.get("not_visit"))
    return Ask("whose_files", reading, choices, WHOSE, {"n": len(reading.slots["files"])}, slot="customer")


def with_count(asked: Ask, count: int) -> Ask:
    """The question, once it is known how many files it is about."""
    return replace(asked, facts={"n": count}) if asked.key == "whose_files" else asked


async def visit_choices(turn: Turn, but: int | None) -> tuple[Choice, ...]:
    """The speaker's last visit to each of a few customers, `but` that one; before them the customer just spoken of."""
    visits = await recent_visits(turn.session, turn.actor, CHOICES, but)
    found = [
        Choice(
            "choose_customer",
            {"customer": customer.id, "visit": visit.id, "confirmed": True},
            {"parts": Parts((customer.name, visit.held_on))},
        )
        for visit, customer in visits
    ]
    focus = focus_of(turn)
    spoken_of = [int(focus.customer)] if focus and focus.customer else []
    new = [key for key in spoken_of if all(customer.id != key for _, customer in visits)]
    for customer in await visible_among(turn.session, turn.actor, new):
        choice = Choice("choose_customer", {"customer": customer.id, "confirmed": True}, {"parts": customer.name})
        found.insert(0, choice)
    return tuple(found[:CHOICES])
