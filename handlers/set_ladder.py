"""An admin settles after how many working days who is told of what is left lying."""

from __future__ import annotations

from crm import policy
from crm.errors import AdminsOnly
from crm.ladders import Rung, check_rungs, plain_rungs, with_days
from handlers.show_ladders import rungs_told
from handlers.turn import Result, Turn
from nlu.rule import Reading
from storage.working_time import rungs_for, settle_ladder
from talk.message import Outcome, Word


async def set_ladder(turn: Turn, reading: Reading) -> list[Result]:
    """Settle the ladder told; where only days are, it keeps whom it tells. Raises AdminsOnly, InvalidLadder."""
    if not policy.may("set_ladder", policy.relations(turn.actor, None)):
        raise AdminsOnly
    kind: str = reading.slots["ladder"]
    before = await rungs_for(turn.session, kind)
    wanted = check_rungs(_wanted(reading, before))
    told = {"kind": Word(f"ladder_{kind}"), "rungs": rungs_told(wanted)}
    if wanted == before:
        return [Outcome("ladder_unchanged", told, wrote=False)]
    await settle_ladder(turn.ledger, kind, plain_rungs(wanted))
    return [Outcome("ladder_set", told)]


def _wanted(reading: Reading, before: tuple[Rung, ...]) -> tuple[Rung, ...]:
    if "days" in reading.slots:
        return with_days(before, reading.slots["days"])
    return tuple(
        Rung(told["after"], tuple(told["to"]), is_high_risk=told["is_high_risk"]) for told in reading.slots["rungs"]
    )
