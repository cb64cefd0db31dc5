"""Whatever goes by a part of a name: customers, people, deals; one alone shows its card at once."""

from __future__ import annotations

from collections.abc import Sequence

from crm.errors import NotFound
from handlers.queries.pages import Item, List, Section, brief, listed, look, short
from handlers.turn import Result, Turn
from nlu.rule import Mention, Reading
from storage.search import Hit, find
from talk.message import Count, Parts, Phrase, Word


async def search(turn: Turn, reading: Reading, text: str) -> list[Result] | Reading:
    """What the asker sees of that name, or the reading that opens the only hit. Raises NotFound."""
    hits = await find(turn.session, turn.actor, text)
    if not hits:
        raise NotFound(name=text)
    if len(hits) == 1:
        return _opening(hits[0])

    async def fetch(limit: int, offset: int) -> Sequence[Item]:
        return [_entry(hit) for hit in hits[offset : offset + limit]]

    told = Parts((Phrase("list_found", {"text": short(text, 40)}), Count(len(hits), "count_entries")))
    return [await listed(turn, reading, List(told, (Section(None, len(hits), fetch),)))]


def _entry(hit: Hit) -> Item:
    customer = brief(hit.customer) if hit.kind != "customer" else None
    opens = look("named", _opening(hit), name=short(hit.name, 20))
    return Item(Parts((Word(f"kind_of_{hit.kind}"), short(hit.name), customer)), opens)


def _opening(hit: Hit) -> Reading:
    named = Mention(hit.name, hit.key)
    if hit.kind == "customer":
        return Reading("look_up_customer", {"customer": named})
    topic = "deals" if hit.kind == "deal" else "contact"
    return Reading("answer_query", {"topic": topic, hit.kind: named})
