"""A list shown a page at a time, and the buttons that lead from it: each holds the question that a tap asks anew."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from crm.customers import Customer
from handlers.stored import stored
from handlers.turn import Turn
from nlu.company_forms import without_form
from nlu.rule import Mention, Reading
from talk.message import Offer, Outcome, Parts, Phrase

PAGE = 8  # entries a page: what a phone shows without scrolling far
IN_A_ROW = 2  # buttons that name a record
NOTHING = Parts()
EXPORTED = frozenset({"contact", "customers", "deals", "schedule", "tasks", "visits"})
Rows = tuple[tuple[Offer, ...], ...]


@dataclass(frozen=True)
class Item:
    """A line of a list, and the button that opens it where it brings one."""

    shown: Parts
    opens: Offer | None = None


@dataclass(frozen=True)
class Section:
    """A part of a list under a head of its own (None: without): how many entries, and how to get a window of them."""

    head: Any
    count: int
    fetch: Callable[[int, int], Awaitable[Sequence[Item]]]


@dataclass(frozen=True)
class List:
    """What is shown: the head's parts, a summary shown on the first page only (heads with entries), the sections;
    `conditions` are what narrows it beside the head; `otherwise` says what can be done where there is nothing.
    """

    head: Parts
    sections: Sequence[Section]
    summary: Sequence[tuple[Any, Sequence[Parts]]] = ()
    note: Any = None
    offers: Rows = ()
    conditions: Parts = NOTHING
    otherwise: Any = None


async def listed(turn: Turn, reading: Reading, shown: List, customer: Customer | None = None) -> Outcome:
    """The page of a list that the turn decides on, the first unless told. Nothing at all is said in one line."""
    key = customer.id if customer else None
    total = sum(section.count for section in shown.sections)
    if not total and not shown.summary:
        nothing = {"what": Parts((*shown.head, *shown.conditions)), "how": shown.otherwise}
        said = "nothing_listed_yet" if shown.otherwise else "nothing_listed"
        return Outcome(said, nothing, (), key, wrote=False, offers=shown.offers)
    pages = max(1, -(-total // PAGE))
    page = min(max(0, int(turn.decisions.get("page") or 0)), pages - 1)
    window = await _window(shown.sections, page)
    told = [(title, [entry.shown for entry in entries]) for title, entries in window]
    facts = {
        "head": Parts((*shown.head, f"{page + 1}/{pages}" if pages > 1 else None)),
        "conditions": shown.conditions,
        "note": shown.note,
        "sections": [*(shown.summary if page == 0 else ()), *told],
    }
    opening = [entry.opens for _, entries in window for entry in entries if entry.opens is not None]
    turning = tuple(
        look(label, reading, page=other, step=other - page)
        for label, other in (("page_before", page - 1), ("page_after", page + 1))
        if 0 <= other < pages
    )
    rows = [*in_rows(opening, IN_A_ROW), (*turning, *_taken_out(turn, reading)), *shown.offers]
    return Outcome("listed", facts, (), key, wrote=False, offers=tuple(row for row in rows if row))


async def _window(sections: Sequence[Section], page: int) -> list[tuple[Any, list[Item]]]:
    """The entries of a page, taken across the sections in their order."""
    found: list[tuple[Any, list[Item]]] = []
    skip, left = page * PAGE, PAGE
    for section in sections:
        take = min(left, section.count - skip)
        if take > 0:
            found.append((section.head, list(await section.fetch(take, skip))))
            left -= take
        skip = max(0, skip - section.count)
    return found


def _taken_out(turn: Turn, reading: Reading) -> tuple[Offer, ...]:
    """The button that sends a list, or what a figure is of, as a file, where it can be one; in private only.

    What is said next may be told of it (queries/again.py).
    """
    topic = reading.slots.get("topic")
    if reading.intent != "answer_query" or topic not in EXPORTED or turn.chat.is_group:
        return ()
    return (Offer("button_export", "export", {"reading": stored(replace(reading, intent="export_list"))}),)


def look(label: str, reading: Reading, *, page: int = 0, step: int = 0, **words: Any) -> Offer:
    """A button that asks a question anew and shows its answer in place of the card (handlers/look.py).

    `step` tells a page before or after the one shown, which can also be said in words (handlers/turn_page.py).
    """
    return Offer(label, "look", {"reading": stored(reading), "page": page, "step": step}, words)


def look_at_customer(customer: Customer, label: str = "button_card", **words: Any) -> Offer:
    """A button to the customer's card."""
    return look(label, Reading("look_up_customer", {"customer": Mention(customer.name, customer.id)}), **words)


def in_rows(offers: Sequence[Offer], wide: int) -> Rows:
    """Buttons in rows of so many."""
    return tuple(tuple(offers[start : start + wide]) for start in range(0, len(offers), wide))


def capped(entries: Sequence[Parts]) -> Sequence[Parts]:
    """The first entries of a summary, and how many there are more: it has no pages of its own."""
    more = len(entries) - PAGE
    return [*entries[:PAGE], Parts((Phrase("and_more", {"n": more}),))] if more > 1 else entries


def brief(name: str) -> str:
    """A customer's name without its legal form, for a line of a list: 上海华信科技, Larkspur Instruments."""
    return short(without_form(name), 40)


def short(text: str, most: int = 60) -> str:
    """A text on one line, cut where it is longer than a line of a list may be."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"
