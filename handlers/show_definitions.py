"""How the figures of reports are calculated: in words, or by the button under a report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers import post
from handlers.turn import Result, Turn
from nlu.rule import Reading
from talk.message import Outcome
from talk.views import outcome_blocks


async def show_definitions(turn: Turn, reading: Reading) -> list[Result]:
    """The definitions of one report's figures, of all where none is named."""
    return [_shown(str(reading.slots.get("report") or ""))]


async def definitions_tapped(turn: Turn, facts: Mapping[str, Any]) -> None:
    """The button under a report: the definitions come below, and the report stays."""
    await post.answer_tap(turn)
    blocks = tuple(outcome_blocks(_shown(str(facts["report"])), turn.reader))
    await post.send(turn, turn.chat, "reply", blocks)


def _shown(report: str) -> Outcome:
    return Outcome("definitions_shown", {"report": report}, wrote=False)
