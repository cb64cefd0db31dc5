"""Run readings through their skills, each in a savepoint of its own: a refusal takes back that reading alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import handlers
from crm.errors import CrmError, NoSuchColleague
from handlers.gate import Held, obey_policies
from handlers.marks import marks_of
from handlers.turn import Ask, Entry, Line, Result, Turn, Waiting
from handlers.unsound import without_unsound
from handlers.usernames import stranger_named
from nlu.rule import Reading
from talk.message import Outcome, Word


def in_order(readings: Iterable[Reading]) -> list[Reading]:
    """The readings in the order of the SKILLS table."""
    order = {intent: place for place, intent in enumerate(handlers.SKILLS)}
    return sorted(readings, key=lambda reading: order.get(reading.intent, len(order)))


async def run_all(turn: Turn, readings: Iterable[Reading]) -> list[Entry]:
    """Run the readings of a message, and tell what came of each."""
    return [await run_entry(turn, place, reading) for place, reading in enumerate(in_order(readings))]


async def run_entry(turn: Turn, place: int, reading: Reading) -> Entry:
    """Run a reading as the entry of that place."""
    turn.ledger.entry = place
    return Entry(place, reading, tuple(await run_one(turn, reading, {})))


async def run_one(turn: Turn, reading: Reading, decisions: Mapping[str, Any]) -> list[Line]:
    """Run one reading with what has been decided about it. Only refusals are caught: anything else is a bug."""
    skill = handlers.SKILLS.get(reading.intent)
    if skill is None:
        return [Outcome("read_not_kept", {"what": Word(f"intent_{reading.intent}")}, wrote=False)]
    if stranger := stranger_named(turn, reading):
        return [Outcome(NoSuchColleague.key, {"name": stranger}, wrote=False)]
    turn.decisions = decisions
    sound, asks = without_unsound(turn, reading)
    notes, written = len(turn.notes), len(turn.ledger.written())
    results: list[Result] = []
    try:
        async with turn.ledger.savepoint():
            if sound is not None:
                results = await skill(turn, sound)
                await obey_policies(turn, sound, results, written)
    except (CrmError, Held) as refusal:
        del turn.notes[notes:]
        turn.known.clear()
        if not isinstance(refusal, Held):
            return [Outcome(refusal.key, refusal.facts, wrote=False)]
        results = [refusal.ask]
    lines = [Waiting(one, decisions) if isinstance(one, Ask) else one for one in (*results, *asks)]
    return [*marks_of(turn, reading), *lines] if lines else []
