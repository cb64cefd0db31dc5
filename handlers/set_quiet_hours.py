"""The hours at which somebody gets no pushes, and those at which they work; reminders follow them from then on."""

from __future__ import annotations

from crm.calendar import Hours
from handlers.turn import Result, Turn
from nlu.rule import Reading
from talk.message import Outcome


async def set_quiet_hours(turn: Turn, reading: Reading) -> list[Result]:
    """Keep the hours told; without any, tell what is kept. Raises InvalidHours."""
    user, said = turn.actor.user, reading.slots
    told = {f"{name}_hours": str(Hours.read(said[name])) for name in ("quiet", "working") if name in said}
    if not told:
        return [Outcome("hours_told", {"quiet": user.quiet_hours, "working": user.working_hours}, wrote=False)]
    return [
        Outcome(f"{name}_set", {"hours": hours}, wrote=turn.ledger.set(user, **{name: hours}))
        for name, hours in told.items()
    ]
