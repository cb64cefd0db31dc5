"""The one card of a message: its lines, the choices that are open, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from crm.changes import OpenQuestion
from handlers import post
from handlers.focus import keep_focus
from handlers.questions import Line, Waiting, asked_turn, lines_of
from handlers.stored import stored
from handlers.turn import Choice, Turn
from storage.questions import card_of
from talk.catalogue import say
from talk.forms import Reader
from talk.message import Block, Button, Outcome
from talk.views import card

TEXT_KEPT = 1_500  # characters of a message that 改 gives back


def blocks_of(lines: Sequence[Line], reader: Reader) -> tuple[Block, ...]:
    """The card's text. Asks of one group are one line."""
    done = [line for line in lines if isinstance(line, Outcome)]
    waiting = {line.ask.group: line for line in reversed(lines) if isinstance(line, Waiting)}
    shown = [
        ("waits_for_superior", {"what": _what(line, reader), "name": line.at_superior})
        if line.at_superior
        else (line.ask.key, line.ask.facts)
        for line in reversed(waiting.values())
    ]
    return card(done, shown, reader)


def buttons_of(turn: Turn, lines: Sequence[Line], inbox_id: int, question: OpenQuestion | None) -> post.Rows:
    """A row a choice, what the outcomes offer, then undo, correct and the customer where there is something to undo."""
    rows: list[tuple[Button, ...]] = []
    asked: set[str] = set()
    for line in lines:
        if isinstance(line, Waiting) and not line.at_superior and question and line.ask.group not in asked:
            asked.add(line.ask.group)
            rows += [(_choice(turn, question, line.ask.group, choice),) for choice in line.ask.choices]
        elif isinstance(line, Outcome):
            rows += offered(turn, line)
    last = _last_row(turn, lines, inbox_id)
    return (*rows, last) if last else tuple(rows)


def offered(turn: Turn, outcome: Outcome) -> list[tuple[Button, ...]]:
    """The buttons that an outcome brings, for the speaker."""
    return [
        tuple(
            post.button(turn, turn.actor.id, say(o.label, turn.reader, o.words), o.action, dict(o.facts)) for o in row
        )
        for row in outcome.offers
    ]


async def show_card(turn: Turn, question: OpenQuestion) -> None:
    """Bring the card of a question up to date: the one that was tapped, else a new one in place of the old."""
    lines = lines_of(question)
    keep_focus(turn, [line.customer for line in lines if isinstance(line, Outcome)])
    blocks = blocks_of(lines, turn.reader)
    rows = buttons_of(asked_turn(question, turn), lines, question.inbox_id, question)
    old = "" if turn.incoming.kind == "tap" else await card_of(turn.session, question.inbox_id)
    if old:
        await post.edit(turn, turn.chat, old, blocks)
    await post.reply(turn, blocks, rows)


def _choice(turn: Turn, question: OpenQuestion, group: str, choice: Choice) -> Button:
    label = say(choice.label, turn.reader, choice.facts)
    facts = {"question": question.id, "group": group, "decision": stored(choice.decision)}
    return post.button(turn, question.asked_id, label, "answer", facts)


def _last_row(turn: Turn, lines: Sequence[Line], inbox_id: int) -> tuple[Button, ...]:
    done = [line for line in lines if isinstance(line, Outcome)]
    customers = list(dict.fromkeys(line.customer for line in done if line.customer and line.wrote))
    row: list[Button] = []
    if any(line.wrote for line in done):
        text = turn.text[:TEXT_KEPT]
        row.append(post.button(turn, turn.actor.id, _label(turn, "undo"), "undo", {"inbox": inbox_id}))
        facts = {"inbox": inbox_id, "text": text}
        row.append(post.button(turn, turn.actor.id, _label(turn, "rewrite"), "rewrite", facts))
    if len(customers) == 1:
        facts = {"customer": customers[0]}
        row.append(post.button(turn, turn.actor.id, _label(turn, "customer"), "customer", facts))
    return tuple(row)


def _label(turn: Turn, name: str) -> str:
    return say(f"button_{name}", turn.reader)


def _what(line: Waiting, reader: Reader) -> str:
    return say(line.ask.key, reader, line.ask.facts)
