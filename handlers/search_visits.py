"""Visits and notes in whose words something stands, the newest first; each leads to its customer."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.customer_of import customer_of
from handlers.queries.pages import Item, List, Section, brief, listed, look, short
from handlers.turn import Ask, Result, Turn
from nlu.rule import Mention, Reading
from storage.search import WordsHit, find_words
from talk.message import Count, Parts, Phrase, Word

AROUND = 14  # characters told before what was searched for


async def search_visits(turn: Turn, reading: Reading) -> list[Result]:
    """What the asker may read that holds the words. Raises NotFound, NotAllowed (masked), CustomerGone."""
    text = str(reading.slots["text"])
    customer = None
    if reading.slots.get("customer") is not None:
        about = await customer_of(turn, reading, "see")
        if isinstance(about, Ask):
            return [about]
        customer = about
    hits = await find_words(turn.session, turn.actor, text, customer_id=customer.id if customer else None)
    told = Parts((customer.name if customer else None, Phrase("list_words", {"text": short(text, 40)}), _count(hits)))
    return [await listed(turn, reading, List(told, (words_section(hits, text, None),)), customer)]


def words_section(hits: Sequence[WordsHit], text: str, head: Word | None) -> Section:
    """A part of a list that shows what was told."""

    async def fetch(limit: int, offset: int) -> Sequence[Item]:
        shown = hits[offset : offset + limit]
        first = {hit.customer_id: hit for hit in reversed(shown)}  # one button a customer
        return [_entry(hit, text, opens=first[hit.customer_id] is hit) for hit in shown]

    return Section(head, len(hits), fetch)


def _count(hits: Sequence[WordsHit]) -> Count | None:
    return Count(len(hits), "count_entries") if hits else None


def _entry(hit: WordsHit, text: str, *, opens: bool) -> Item:
    card = Reading("look_up_customer", {"customer": Mention(hit.customer, hit.customer_id)})
    note = Word("kind_of_note") if hit.kind == "note" else None
    beside = next((also for also in hit.also if text.lower() in also.lower()), None)
    also = short(beside, 30) if beside and text.lower() not in hit.text.lower() else None
    shown = Parts((hit.on, hit.user, brief(hit.customer), note, also, _excerpt(hit.text, text)))
    return Item(shown, look("named", card, name=short(brief(hit.customer), 20)) if opens else None)


def _excerpt(told: str, text: str) -> str:
    """The words around what was searched for."""
    line = " ".join(told.split())
    place = line.lower().find(text.lower())
    return short(f"…{line[place - AROUND :]}" if place > AROUND else line)
