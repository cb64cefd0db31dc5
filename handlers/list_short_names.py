"""What short names were learnt: the speaker's own and those settled for all, each with a button to forget it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from crm import policy
from handlers.queries.pages import Item, List, Section, listed
from handlers.turn import Result, Turn
from nlu.rule import Reading
from storage.short_names import count_taught, taught_window
from talk.message import Offer, Parts, Phrase, Word


async def list_short_names(turn: Turn, reading: Reading) -> list[Result]:
    """A page of them, of the customers that the speaker sees."""
    sections = [
        Section(
            Word(f"head_short_names_{'settled' if settled else 'own'}"),
            await count_taught(turn.session, turn.actor, settled=settled),
            partial(_window, turn, settled),
        )
        for settled in (False, True)
    ]
    return [await listed(turn, reading, List(Parts((Word("head_short_names"),)), sections))]


async def _window(turn: Turn, settled: bool, limit: int, skip: int) -> Sequence[Item]:
    may_forget = not settled or policy.may("settle_short_name", policy.relations(turn.actor, None))
    found = await taught_window(turn.session, turn.actor, settled=settled, limit=limit, skip=skip)
    return [
        Item(
            Parts((Phrase("short_name_means", {"text": short.text, "name": customer.name}),)),
            Offer("forget_name", "forget_name", {"short": short.id, "text": short.text}, {"text": short.text})
            if may_forget
            else None,
        )
        for short, customer in found
    ]
