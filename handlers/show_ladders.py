"""After how many working days who is told of what is left lying."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm.ladders import KINDS, Rung
from handlers.turn import Result, Turn
from nlu.rule import Reading
from storage.working_time import rungs_for
from talk.message import Outcome, Phrase, Word


async def show_ladders(turn: Turn, reading: Reading) -> list[Result]:
    """Both ladders, a line a rung."""
    facts = {kind: rungs_told(await rungs_for(turn.session, kind)) for kind in KINDS}
    return [Outcome("ladders_shown", facts, wrote=False)]


def rungs_told(rungs: Sequence[Rung]) -> list[Any]:
    """The rungs in words."""
    return [
        Phrase(
            "rung_high_risk" if rung.is_high_risk else "rung",
            {"day": rung.after, "to": [Word(f"recipient_{name}") for name in rung.to]},
        )
        for rung in rungs
    ]
