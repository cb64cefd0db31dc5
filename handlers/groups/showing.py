"""What is said in a group about the group itself, and how a tap there is refused."""

from __future__ import annotations

from typing import Any

from handlers import post
from handlers.cards import offered
from handlers.turn import Turn
from talk.catalogue import say
from talk.message import Line, Outcome
from talk.views import outcome_blocks


def told(key: str, **facts: Any) -> Outcome:
    """Something that is said and wrote no record."""
    return Outcome(key, facts, wrote=False)


async def show(turn: Turn, *outcomes: Outcome) -> None:
    """Answer with some outcomes and the buttons that they bring; on a tap, in place of the card that was tapped."""
    blocks = [block for outcome in outcomes for block in outcome_blocks(outcome, turn.reader)]
    rows = [row for outcome in outcomes for row in offered(turn, outcome)]
    if turn.incoming.kind == "tap":
        await post.answer_tap(turn)
    await post.reply(turn, tuple(blocks), tuple(rows))


async def refuse(turn: Turn, key: str, **facts: Any) -> None:
    """Answer with one line; a tap, with an alert that only who tapped sees."""
    line = Line(say(key, turn.reader, facts))
    if turn.incoming.kind == "tap":
        await post.answer_tap(turn, (line,), is_alert=True)
    else:
        await post.reply(turn, (line,))
