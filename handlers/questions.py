"""An open question: what one message left open, on one card. Choose, fill in words, confirm, wave through, cancel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from crm.changes import OpenQuestion
from handlers.run import Ran, run_one
from handlers.stored import revived, stored
from handlers.turn import Ask, Turn
from talk.message import Outcome

LIFETIME = timedelta(days=1)


@dataclass(frozen=True)
class Waiting:
    """An ask with what has been decided so far; `at_superior` names whom it waits for instead of the speaker."""

    ask: Ask
    decisions: Mapping[str, Any]
    at_superior: str = ""


Line = Outcome | Waiting


async def keep(turn: Turn, ran: Ran) -> OpenQuestion:
    """Store what a message left open together with what it did, as the lines of its card."""
    question = OpenQuestion(
        chat_id=turn.chat.id,
        asked_id=turn.actor.id,
        inbox_id=turn.incoming.id,
        asked_at=turn.ledger.now,
        expires_at=turn.ledger.now + LIFETIME,
    )
    write(question, turn, [*ran.done, *(Waiting(ask, {}) for ask in ran.asks)])
    turn.session.add(question)
    await turn.session.flush()
    return question


def lines_of(question: OpenQuestion) -> list[Line]:
    """The lines of a question's card."""
    return [_line(item) for item in question.items[1:]]


def asked_turn(question: OpenQuestion, turn: Turn) -> Turn:
    """The turn as it was when the message came: its words and its moment, the transaction and actor of now."""
    first = question.items[0]
    incoming = replace(turn.incoming, at=datetime.fromisoformat(first["at"]))
    return replace(turn, incoming=incoming, text=first["text"])


def write(question: OpenQuestion, turn: Turn, lines: Sequence[Line]) -> None:
    """Store the lines; the question is answered when none of them waits."""
    head = {"text": turn.text, "at": turn.incoming.at.isoformat()} if not question.items else question.items[0]
    question.items = [head, *(_stored(line) for line in lines)]
    if not any(isinstance(line, Waiting) for line in lines):
        question.state, question.answered_at = "answered", turn.ledger.now


async def settle(turn: Turn, question: OpenQuestion, group: str, decision: Mapping[str, Any]) -> list[Line]:
    """Apply a decision to every ask of a group: drop it, or run its reading again. Returns the card's new lines."""
    lines: list[Line] = []
    then = asked_turn(question, turn)
    for line in lines_of(question):
        if not isinstance(line, Waiting) or line.ask.group != group:
            lines.append(line)
        elif decision.get("dropped"):
            lines.append(Outcome("left_alone", dict(line.ask.facts), wrote=False))
        else:
            lines += await _again(then, line, decision)
    write(question, turn, lines)
    await turn.session.flush()
    return lines


async def _again(turn: Turn, waiting: Waiting, decision: Mapping[str, Any]) -> list[Line]:
    facts = [*waiting.decisions.get("facts", ()), *decision.get("facts", ())]
    decisions = {**waiting.decisions, **decision, "facts": facts}
    ran = await run_one(turn, waiting.ask.reading, decisions)
    return [*ran.done, *(Waiting(ask, decisions) for ask in ran.asks)]


def _stored(line: Line) -> dict[str, Any]:
    if isinstance(line, Outcome):
        return {"done": stored(line)}
    return {"ask": stored(line.ask), "decisions": stored(line.decisions), "at_superior": line.at_superior}


def _line(item: Mapping[str, Any]) -> Line:
    if "done" in item:
        outcome: Outcome = revived(item["done"])
        return outcome
    return Waiting(revived(item["ask"]), revived(item["decisions"]), item["at_superior"])
