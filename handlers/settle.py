"""What is asked gets its answer: the reading that waits is run once more with what has been decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from crm.changes import Card
from handlers.entries import entries_of, turn_of, write
from handlers.run import run_one
from handlers.turn import Entry, Line, Turn, Waiting
from talk.message import Outcome


async def settle(turn: Turn, card: Card, group: str, decision: Mapping[str, Any]) -> None:
    """Apply a decision to every ask of a group: drop it, or run its reading again."""
    then = turn_of(card, turn)
    write(card, turn, [await answer(then, entry, group, decision) for entry in entries_of(card)])
    turn.sent = then.sent  # what was sent to others meanwhile
    await turn.session.flush()


async def answer(turn: Turn, entry: Entry, group: str, decision: Mapping[str, Any]) -> Entry:
    """The entry once its asks of a group are decided; the answer is remembered for when it is rewritten."""
    if not any(_asks(line, group) for line in entry.lines):
        return entry
    turn.ledger.entry = entry.place
    lines: list[Line] = []
    for line in entry.lines:
        if not isinstance(line, Waiting) or not _asks(line, group):
            lines.append(line)
        elif decision.get("dropped"):
            lines.append(Outcome("left_alone", dict(line.ask.facts), wrote=False))
        else:
            lines += await _again(turn, line, decision)
    return replace(entry, lines=tuple(lines), answers=(*entry.answers, (group, decision)))


def _asks(line: Line, group: str) -> bool:
    return isinstance(line, Waiting) and line.ask.group == group


async def _again(turn: Turn, waiting: Waiting, decision: Mapping[str, Any]) -> list[Line]:
    facts = [*waiting.decisions.get("facts", ()), *decision.get("facts", ())]
    decisions = {**waiting.decisions, **decision, "facts": facts}
    return await run_one(turn, waiting.ask.reading, decisions)
