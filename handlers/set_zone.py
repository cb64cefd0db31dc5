"""The time zone that somebody lives in: their days, deadlines and quiet hours follow it."""

from __future__ import annotations

from crm.errors import UnknownPlace
from handlers.turn import Result, Turn
from nlu.places import zone_of
from nlu.rule import Reading
from talk.message import Outcome
from talk.zones import zone_names


async def set_zone(turn: Turn, reading: Reading) -> list[Result]:
    """Keep the zone of the place told and tell the time there; without a place, what is kept. Raises UnknownPlace."""
    user, place = turn.actor.user, reading.slots.get("place")
    if place is None:
        return [Outcome("zone_told", _facts(turn), wrote=False)]
    zone = zone_of(place)
    if zone is None:
        raise UnknownPlace(name=place)
    wrote = turn.ledger.set(user, zone=zone)
    return [Outcome("zone_set", _facts(turn), wrote=wrote)]


def _facts(turn: Turn) -> dict[str, object]:
    return {"place": zone_names(turn.actor.user.zone), "now": turn.now}
