"""Which digests come to somebody by themselves, and when: moved, muted, subscribed to, or shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm.calendar import Hours, read_time
from crm.digests import DIGESTS, Standing
from handlers.look import answer_below
from handlers.turn import Result, Turn
from nlu.rule import Reading
from storage.digests import settle_digest as settle
from storage.digests import standings_of
from talk.message import Offer, Outcome, Phrase, Word


async def set_digest(turn: Turn, reading: Reading) -> list[Result]:
    """Settle each kind that is told; without any, show how all of them stand. Raises InvalidHours."""
    said = reading.slots
    standings = {standing.kind: standing for standing in await standings_of(turn.session, turn.actor)}
    if not said.get("kinds"):
        return [_shown(list(standings.values()))]
    at = f"{read_time(said['hour']):%H:%M}" if "hour" in said else None
    is_muted = bool(said.get("is_muted"))
    results: list[Result] = [await _settled(turn, standings[kind], at, is_muted) for kind in said["kinds"]]
    quiet = Hours.read(turn.actor.user.quiet_hours)
    if at is not None and quiet.hold(read_time(at)):
        results.append(Outcome("digest_in_quiet_hours", {"at": at, "hours": str(quiet)}, wrote=False))
    return results


async def digest_tapped(turn: Turn, facts: Mapping[str, Any]) -> None:
    """A digest is muted or subscribed to by a tap."""
    slots = {"kinds": (facts["kind"],), "is_muted": facts["is_muted"]}
    await answer_below(turn, Reading("set_digest", slots))


async def _settled(turn: Turn, before: Standing, at: str | None, is_muted: bool) -> Outcome:
    """One digest as it was settled; what stands so already is left."""
    told = {"digest": Word(f"digest_{before.kind}"), **_hour(before.kind, at or before.at)}
    is_same = before.is_on is not is_muted and at in (None, before.at)
    wrote = not is_same and await settle(turn.ledger, turn.actor.user, before.kind, at=at, is_muted=is_muted)
    state = "muted" if is_muted else "on"
    return Outcome(f"digest_{state}" if wrote else f"digest_{state}_already", told, wrote=wrote)


def _shown(standings: list[Standing]) -> Outcome:
    offers = tuple((_offer(one),) for one in standings)
    return Outcome("digests_shown", {"entries": [_entry(one) for one in standings]}, wrote=False, offers=offers)


def _entry(standing: Standing) -> Phrase:
    state = "comes" if standing.is_on else "is_muted" if standing.is_settled else "is_not"
    told = {"digest": Word(f"digest_{standing.kind}"), "state": Word(f"digest_{state}")}
    return Phrase("digest_entry", {**told, **_hour(standing.kind, standing.at)})


def _offer(standing: Standing) -> Offer:
    facts = {"kind": standing.kind, "is_muted": standing.is_on}
    label = "digest_mute" if standing.is_on else "digest_subscribe"
    return Offer(label, "digest", facts, {"digest": Word(f"digest_{standing.kind}")})


def _hour(kind: str, at: str) -> dict[str, Any]:
    return {"days": Word(f"digest_days_{DIGESTS[kind].days}"), "at": at}
