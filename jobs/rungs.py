"""What the rung that a push stands on adds to it: a mark of high risk, words of the admin's own."""

from __future__ import annotations

from dataclasses import replace

from crm.ladders import Rung
from crm.pushes import Push
from jobs.pushing import To
from storage.working_time import rungs_for
from talk.message import Outcome


async def is_high_risk(to: To, ladder: str, push: Push) -> bool:
    """Whether a push stands on a rung that is high risk, or above one."""
    return any(rung.is_high_risk for rung in await _climbed(to, ladder, push))


async def in_words(to: To, ladder: str, push: Push, outcome: Outcome) -> Outcome:
    """The outcome, in the rung's own words where it has some; what it is about stands behind them."""
    climbed = await _climbed(to, ladder, push)
    words = climbed[-1].words if climbed else ""
    if not words:
        return outcome
    return replace(outcome, key="push_in_words", facts={"words": words, "what": outcome.facts["parts"]})


async def _climbed(to: To, ladder: str, push: Push) -> tuple[Rung, ...]:
    return (await rungs_for(to.session, ladder))[: push.level] if push.level else ()
