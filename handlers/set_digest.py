"""Which digests come to somebody by themselves, and when: moved, muted, subscribed to, or shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm.calendar import Hours, read_time
from crm.digests import DIGESTS, Standing
from crm.users import Team
from handlers.digests_of_one import nothing_of_one
from handlers.look import answer_below
from handlers.team_digests import settle_for_team
from handlers.turn import Result, Turn
from nlu.rule import Mention, Reading
from storage.digests import settle_digest as settle
from storage.digests import standings_of
from storage.people import teams_by_id
from talk.message import Offer, Outcome, Phrase, Word

OF_A_TEAM = {"team", "everyone", "all"}
OF_ONE = {"user", "customer"}


async def set_digest(turn: Turn, reading: Reading) -> list[Result]:
    """Settle each kind that is told, for the speaker or a team; without any, show how all of them stand.

    Raises InvalidHours, NotYourTeam, NoTeamOfYours, NotYourPeople, NotAllowed (masked).
    """
    said = reading.slots
    if said.keys() & OF_A_TEAM:
        return await settle_for_team(turn, reading)
    if said.keys() & OF_ONE and not (said.get("kinds") and _is_own(turn, reading)):
        return [await nothing_of_one(turn, reading)]
    standings = {standing.kind: standing for standing in await standings_of(turn.session, turn.actor)}
    if not said.get("kinds"):
        return [await _shown(turn, list(standings.values()))]
    at = f"{read_time(said['hour']):%H:%M}" if "hour" in said else None
    is_muted = bool(said.get("is_muted"))
    results: list[Result] = [await _settled(turn, standings[kind], at, is_muted) for kind in said["kinds"]]
    quiet = Hours.read(turn.actor.user.quiet_hours)
    if at is not None and quiet.hold(read_time(at)):
        results.append(Outcome("digest_in_quiet_hours", {"at": at, "hours": str(quiet)}, wrote=False))
    return results


def _is_own(turn: Turn, reading: Reading) -> bool:
    user: Mention | None = reading.slots.get("user")
    return user is not None and user.key == turn.actor.id


async def digest_tapped(turn: Turn, facts: Mapping[str, Any]) -> None:
    """A digest is muted or subscribed to by a tap."""
    slots = {"kinds": (facts["kind"],), "is_muted": facts["is_muted"]}
    await answer_below(turn, Reading("set_digest", slots))


async def _settled(turn: Turn, before: Standing, at: str | None, is_muted: bool) -> Outcome:
    """One digest as it was settled; what stands so already is left, but for what a team may yet change."""
    told = {"digest": Word(f"digest_{before.kind}"), **_hour(before.kind, at or before.at)}
    is_same = before.is_on is not is_muted and at in (None, before.at) and before.team_id is None
    wrote = not is_same and await settle(turn.ledger, turn.actor.user, before.kind, at=at, is_muted=is_muted)
    state = "muted" if is_muted else "on"
    return Outcome(f"digest_{state}" if wrote else f"digest_{state}_already", told, wrote=wrote)


async def _shown(turn: Turn, standings: list[Standing]) -> Outcome:
    offers = tuple((_offer(one),) for one in standings)
    teams = await teams_by_id(turn.session)
    entries = [_entry(one, teams.get(one.team_id or 0)) for one in standings]
    return Outcome("digests_shown", {"entries": entries}, wrote=False, offers=offers)


def _entry(standing: Standing, team: Team | None) -> Phrase:
    state = "comes" if standing.is_on else "is_muted" if standing.is_settled else "is_not"
    told: dict[str, Any] = {"digest": Word(f"digest_{standing.kind}"), "state": Word(f"digest_{state}")}
    told |= _hour(standing.kind, standing.at)
    return Phrase("digest_entry_of_team", {**told, "team": team.name}) if team else Phrase("digest_entry", told)


def _offer(standing: Standing) -> Offer:
    facts = {"kind": standing.kind, "is_muted": standing.is_on}
    label = "digest_mute" if standing.is_on else "digest_subscribe"
    return Offer(label, "digest", facts, {"digest": Word(f"digest_{standing.kind}")})


def _hour(kind: str, at: str) -> dict[str, Any]:
    return {"days": Word(f"digest_days_{DIGESTS[kind].days}"), "at": at}
