"""Whatever goes by a part of a name: customers, people, deals; one alone shows its card at once.

Where few names are found, what was told of it is a button away, and where none is, shown. Where nothing is found, that
is said, with what one can do.
"""

from __future__ import annotations

from collections.abc import Sequence

from handlers.queries.pages import Item, List, Section, brief, listed, look, short
from handlers.search_visits import words_section
from handlers.turn import Result, Turn
from nlu.rule import Mention, Reading
from nlu.sought import is_number
from storage.search import Hit, find, find_words
from talk.message import Count, Outcome, Parts, Phrase, Word

NOT_FOUND = ("found_nobody", "found_no_number")  # what is said where nothing goes by the words
FEW = 4  # hits from which on nobody looks into the words of visits as well


async def search(turn: Turn, reading: Reading, text: str) -> list[Result] | Reading:
    """What the asker sees of that name, or the reading that opens the only hit."""
    hits = await find(turn.session, turn.actor, text)
    told = await find_words(turn.session, turn.actor, text) if len(hits) != 1 and len(hits) < FEW else []
    if not hits and not told:
        key = NOT_FOUND[is_number(text)]
        return [Outcome(key, {"name": short(text, 40)}, wrote=False)]
    if len(hits) == 1:
        return _opening(hits[0])

    async def fetch(limit: int, offset: int) -> Sequence[Item]:
        return [_entry(hit) for hit in hits[offset : offset + limit]]

    head = Parts((Phrase("list_found", {"text": short(text, 40)}), Count(len(hits) or len(told), "count_entries")))
    if not hits:
        return [await listed(turn, reading, List(head, (words_section(told, text, Word("head_words")),)))]
    more = look("page_words", Reading("search_visits", {"text": text}), n=len(told))
    shown = List(head, (Section(None, len(hits), fetch),), offers=((more,),) if told else ())
    return [await listed(turn, reading, shown)]


def _entry(hit: Hit) -> Item:
    """What it is · its name · somebody's title · the customer · what it was found by, where the name does not tell."""
    customer = brief(hit.customer) if hit.kind != "customer" else None
    opens = look("named", _opening(hit), name=short(hit.name, 20))
    by = Phrase(f"found_by_{hit.by}", {"text": short(hit.told, 40)}) if hit.by else None
    return Item(Parts((Word(f"kind_of_{hit.kind}"), short(hit.name), short(hit.title, 30), customer, by)), opens)


def _opening(hit: Hit) -> Reading:
    named = Mention(hit.name, hit.key)
    if hit.kind == "customer":
        return Reading("look_up_customer", {"customer": named})
    topic = "deals" if hit.kind == "deal" else "contact"
    return Reading("answer_query", {"topic": topic, hit.kind: named})
