"""A tap on a button of a list or card: its question is asked anew, with the rights of now, and shown in place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers import post
from handlers.cards import offered
from handlers.focus import keep_focus
from handlers.run import run_one
from handlers.stored import revived
from handlers.turn import Turn
from nlu.rule import Reading
from talk.message import Outcome
from talk.views import outcome_blocks


async def look(turn: Turn, facts: Mapping[str, Any]) -> None:
    """Show the answer of the question that a button holds. What may not be seen any more is refused in its place.

    Where the message holds other lines too, which would be lost, the answer is a message of its own.
    """
    reading: Reading = revived(facts["reading"])
    lines = await run_one(turn, reading, {"page": facts["page"]})
    shown = [line for line in lines if isinstance(line, Outcome)]
    await keep_focus(turn, [outcome.customer for outcome in shown])
    blocks = tuple(block for outcome in shown for block in outcome_blocks(outcome, turn.reader))
    rows = tuple(row for outcome in shown for row in offered(turn, outcome))
    await post.answer_tap(turn)
    if not blocks:
        return
    if facts.get("shared"):
        await post.send(turn, turn.chat, "reply", blocks, rows)
    else:
        await post.reply(turn, blocks, rows)
