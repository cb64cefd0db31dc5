"""A message read anew: what no longer holds is taken back, what is new is written, what is the same stays untouched.

One mechanism for a correction in words, an edited message and a field changed by a button.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from crm.changes import Card, Change
from crm.errors import CardTooOld, CardUndone, NotYours
from crm.tasks import Task
from handlers.approvals import ask_superiors
from handlers.corrections import Pair, note_correction
from handlers.entries import entries_of, turn_of, write
from handlers.run import in_order, run_entry
from handlers.settle import answer
from handlers.stored import stored
from handlers.take_back import TakenBack, left_as_it_is, take_back, what_of
from handlers.turn import Entry, Note, Turn, Waiting
from nlu.rule import Mention, Reading
from storage.cards import locked_card
from storage.changes import standing_changes, withdrawn_of
from storage.people import users_named
from talk.message import Outcome

CORRECTABLE = timedelta(days=30)  # later, figures have been reported on: a new message tells what is so now


@dataclass(frozen=True)
class Wanted:
    """A reading that the message is to have, and the entry that it stands for, None where it is new."""

    reading: Reading
    former: Entry | None = None


async def correctable(turn: Turn, key: int, *, undone: bool = False) -> Card:
    """The card, locked, if the speaker may correct it; one that was taken back only where `undone` says so.

    Raises CardUndone, CardTooOld, NotYours.
    """
    card = await locked_card(turn.session, key)
    if card is None or (card.state == "undone" and not undone):
        raise CardUndone
    if card.user_id != turn.actor.id:
        raise NotYours(owner=(await users_named(turn.session, [card.user_id]))[card.user_id])
    if turn.ledger.now - card.at > CORRECTABLE:
        raise CardTooOld(day=card.at)
    return card


async def rewrite(turn: Turn, card: Card, wanted: Sequence[Wanted], text: str | None = None, *, way: str = "") -> None:
    """Make the card's message mean the wanted readings. `text`: the message's new words, where it was edited;
    `way`: how somebody put right how it was read (crm.corrections.WAYS), "" where it was read rightly.
    """
    then = turn_of(card, turn) if text is None else replace(turn_of(card, turn), text=text)
    own, turn.ledger.inbox_id = turn.ledger.inbox_id, card.inbox_id
    before = entries_of(card)
    standing = await standing_changes(turn.session, card.inbox_id)
    same = _untouched(card, wanted, standing, text is not None)
    going = _going(standing, same, wanted)
    taken = await take_back(turn, going, notes=False, told_anew=True)
    taken.former.records += await _withdrawn_before(turn, card, same, taken)
    turn.ledger.former = taken.former
    entries = await _run(then, wanted, same, max((entry.place for entry in before), default=-1) + 1)
    remarks = await _remarks(turn, taken)
    turn.ledger.former, turn.ledger.inbox_id = None, own
    if text is not None:
        card.text = text
    if way:
        note_correction(turn, card, way, _pairs(before, wanted))
    write(card, turn, [*entries, *_remark(entries, remarks)])
    await ask_superiors(turn, card)
    _tell_of_tasks_taken(turn, taken)


def _pairs(before: Sequence[Entry], wanted: Sequence[Wanted]) -> list[Pair]:
    """Each reading with what it was read as before."""
    left = {entry.place for entry in before} - {want.former.place for want in wanted if want.former is not None}
    gone: list[Pair] = [(entry.reading, None) for entry in before if entry.place in left]
    return gone + [(want.former.reading if want.former is not None else None, want.reading) for want in wanted]


def _untouched(card: Card, wanted: Sequence[Wanted], standing: Sequence[Change], is_retold: bool) -> set[int]:
    """The places of the entries that stay as they are. Once what others rest on is taken back, none does."""
    there = {change.entry for change in standing}
    same = {
        want.former.place
        for want in wanted
        if want.former is not None
        and _is_same(want.former, want.reading)
        and not (is_retold and (_quotes(want.reading) or _was_undone(card, want.former, there)))
    }
    return set() if any(_bears_others(change) for change in _going(standing, same, wanted)) else same


def _going(standing: Sequence[Change], same: set[int], wanted: Sequence[Wanted]) -> list[Change]:
    """What is taken back first; a customer that the message made and still speaks of stays."""
    named = [want.reading.slots.get("customer") for want in wanted]
    spoken_of = {int(mention.key) for mention in named if isinstance(mention, Mention) and mention.key is not None}
    return [
        change
        for change in standing
        if change.entry not in same and not (_makes_customer(change) and change.thing_id in spoken_of)
    ]


def _makes_customer(change: Change) -> bool:
    return change.thing == "customer" and not change.field


def _is_same(former: Entry, reading: Reading) -> bool:
    return former.reading is not None and stored(former.reading.slots) == stored(reading.slots)


def _was_undone(card: Card, former: Entry, there: set[int]) -> bool:
    """Whether what an entry wrote has been taken back, with the message or alone: told anew, it is written anew."""
    wrote = any(isinstance(line, Outcome) and line.wrote for line in former.lines)
    return card.state == "undone" or (wrote and former.place not in there)


async def _withdrawn_before(turn: Turn, card: Card, same: set[int], taken: TakenBack) -> list[tuple[int, Any]]:
    """What the message made and took back earlier: told anew, a task has the number that it had."""
    now_taken = {id(record) for _, record in taken.former.records}
    made = await withdrawn_of(turn.session, card.inbox_id)
    return [(place, record) for place, record in made if place not in same and id(record) not in now_taken]


def _quotes(reading: Reading) -> bool:
    """Whether what the reading writes holds the message's own words."""
    return reading.intent in ("record_visit", "add_note", "add_to_visit", "note_payment", "note_ticket")


def _bears_others(change: Change) -> bool:
    return not change.field and change.thing in ("customer", "deal", "contact")


async def _run(turn: Turn, wanted: Sequence[Wanted], same: set[int], free: int) -> list[Entry]:
    """The entries of the wanted readings, in the order in which they run; what is the same is not run."""
    by_reading = {id(want.reading): want for want in wanted}
    entries: list[Entry] = []
    for reading in in_order(want.reading for want in wanted):
        former = by_reading[id(reading)].former
        if former is not None and former.place in same:
            entries.append(former)
            continue
        place, free = (former.place, free) if former is not None else (free, free + 1)
        entry = await run_entry(turn, place, reading)
        entries.append(await _answered(turn, entry, former) if former is not None else entry)
    return entries


async def run_again(turn: Turn, entry: Entry, reading: Reading) -> Entry:
    """The entry with a reading that tells more than its own did: nothing of it is taken back, its answers stand."""
    return await _answered(turn, await run_entry(turn, entry.place, reading), entry)


async def _answered(turn: Turn, entry: Entry, former: Entry) -> Entry:
    """The answers that were given stand, save a superior's: that was a word on what stood there then."""
    for group, decision in former.answers:
        asked = any(isinstance(line, Waiting) and line.ask.group == group for line in entry.lines)
        if asked and not decision.get("waved_by"):
            entry = await answer(turn, entry, group, decision)
    return entry


async def _remarks(turn: Turn, taken: TakenBack) -> list[Outcome]:
    """What somebody has changed since and therefore stays: said, never silently lost."""
    left = {id(record) for _, record in taken.former.records}
    kept = [
        (what_of(change), user_id) for change, record, user_id in taken.standing if change.field or id(record) in left
    ]
    names = await users_named(turn.session, [user_id for _, user_id in kept])
    told = left_as_it_is(kept, names)
    return [Outcome("kept_since", {"kept": told}, wrote=False)] if told else []


def _remark(entries: Iterable[Entry], remarks: list[Outcome]) -> list[Entry]:
    if not remarks:
        return []
    return [Entry(max((entry.place for entry in entries), default=-1) + 1, None, tuple(remarks))]


def _tell_of_tasks_taken(turn: Turn, taken: TakenBack) -> None:
    for _, record in taken.former.records:
        if isinstance(record, Task) and record.withdrawn_at is not None and record.assignee_id != turn.actor.id:
            facts = {"name": turn.actor.user.name, "title": record.title}
            turn.notes.append(Note(record.assignee_id, Outcome("task_taken_back", facts, wrote=False)))
