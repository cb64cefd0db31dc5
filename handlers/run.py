"""Run readings through their skills, each in a savepoint of its own: a refusal takes back that reading alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from crm.errors import CrmError
from crm.money import check_sum
from handlers import SKILLS
from handlers.turn import Ask, Turn
from nlu.rule import Amount, Reading
from talk.message import Outcome, Word


@dataclass
class Ran:
    """What came of one or several readings: done, waiting for an answer, a refusal being done too: it says why."""

    done: list[Outcome] = field(default_factory=list)
    asks: list[Ask] = field(default_factory=list)


async def run_all(turn: Turn, readings: Iterable[Reading]) -> Ran:
    """Run the readings of a message in the order of the SKILLS table."""
    order = {intent: place for place, intent in enumerate(SKILLS)}
    ran = Ran()
    for reading in sorted(readings, key=lambda r: order.get(r.intent, len(order))):
        one = await run_one(turn, reading, {})
        ran.done += one.done
        ran.asks += one.asks
    return ran


async def run_one(turn: Turn, reading: Reading, decisions: Mapping[str, Any]) -> Ran:
    """Run one reading with what has been decided about it. Only refusals are caught: anything else is a bug."""
    skill = SKILLS.get(reading.intent)
    if skill is None:
        return Ran([Outcome("read_not_kept", {"what": Word(f"intent_{reading.intent}")}, wrote=False)])
    turn.decisions = decisions
    notes = len(turn.notes)
    try:
        async with turn.ledger.savepoint():
            _check(reading)
            results = await skill(turn, reading)
    except CrmError as refusal:
        del turn.notes[notes:]
        turn.known.clear()
        return Ran([Outcome(refusal.key, refusal.facts, wrote=False)])
    return Ran([r for r in results if isinstance(r, Outcome)], [r for r in results if isinstance(r, Ask)])


def _check(reading: Reading) -> None:
    """Refuse sums that no deal has, before they reach a column that cannot hold them. Raises InvalidValue."""
    for value in reading.slots.values():
        if isinstance(value, Amount):
            check_sum(value.low)
            check_sum(value.high or value.low)
