"""A tap on a button of a list or card: its question is asked anew, with the rights of now, and shown in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from handlers import post
from handlers.cards import blocks_of, buttons_of, offered
from handlers.entries import keep, lines_in
from handlers.focus import keep_focus
from handlers.run import run_entry, run_one
from handlers.stored import revived
from handlers.turn import Line, Turn, Waiting
from nlu.rule import Reading
from talk.message import Outcome
from talk.views import outcome_blocks


async def look(turn: Turn, facts: Mapping[str, Any]) -> None:
    """Show the answer of the question that a button holds. What may not be seen any more is refused in its place.

    Where the message holds other lines too, which would be lost, the answer is a message of its own.
    """
    reading: Reading = revived(facts["reading"])
    lines = await run_one(turn, reading, {"page": facts["page"]})
    await post.answer_tap(turn)
    await show_anew(turn, lines, is_shared=bool(facts.get("shared")))


async def show_anew(turn: Turn, lines: Sequence[Line], *, is_shared: bool = False) -> None:
    """Show an answer in place of the one that was tapped, below it where that holds other lines too."""
    shown = [line for line in lines if isinstance(line, Outcome)]
    await keep_focus(turn, [outcome.customer for outcome in shown])
    blocks = tuple(block for outcome in shown for block in outcome_blocks(outcome, turn.reader))
    rows = tuple(row for outcome in shown for row in offered(turn, outcome))
    if not blocks:
        return
    if is_shared:
        await post.send(turn, turn.chat, "reply", blocks, rows)
    else:
        await post.reply(turn, blocks, rows)


async def answer_below(turn: Turn, reading: Reading) -> None:
    """Do what a button means as if it had been said: its card comes below, and can be put back."""
    entries = [await run_entry(turn, 0, reading)]
    lines = lines_in(entries)
    card = await keep(turn, entries) if any(isinstance(line, Waiting) or line.wrote for line in lines) else None
    await post.answer_tap(turn)
    rows = buttons_of(turn, lines, turn.incoming.id, card)
    await post.send(turn, turn.chat, "reply", blocks_of(lines, turn.reader), rows)
