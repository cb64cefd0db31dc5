"""Which digests come to each member of a team, and when: settled by whoever leads it, until a member says otherwise.

What is told stands in `set_digest.toml`.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from crm.calendar import Hours, read_time
from crm.digests import DIGESTS, Subscription
from crm.setting_errors import NoTeamOfYours, NotYourTeam
from crm.users import Team, User
from handlers.teams import company, named_among, own_team, teams_to_subscribe
from handlers.turn import Result, Turn
from nlu.rule import Reading
from storage.digests import settle_digest, team_subscriptions
from storage.due_tasks import users_by_id
from storage.people import people_of, teams_by_id
from talk.message import Count, Outcome, Word


async def settle_for_team(turn: Turn, reading: Reading) -> list[Result]:
    """Settle each kind that is told for the team meant. Raises NotYourTeam, NoTeamOfYours, InvalidHours."""
    said = reading.slots
    team = await _team(turn, reading)
    at = f"{read_time(said['hour']):%H:%M}" if "hour" in said else None
    people = (await users_by_id(turn.session, await people_of(turn.session, team))).values()
    before = (await team_subscriptions(turn.session)).get(team.id, {})
    who = {"team": team.name, "people": Count(len(people), "count_people")}
    results: list[Result] = []
    for kind in said["kinds"]:
        told = before.get(kind)
        outcome = await _settled(turn, team, kind, told, at=at, is_muted=bool(said.get("is_muted")))
        results.append(Outcome(outcome.key, {**outcome.facts, **who}, wrote=outcome.wrote))
    if at is not None and (kept := _kept_quiet(people, at)):
        results.append(Outcome("digest_in_their_quiet_hours", {"at": at, "people": kept}, wrote=False))
    return results


async def _team(turn: Turn, reading: Reading) -> Team:
    """The team that is meant, among those of the speaker. Raises NotYourTeam, NoTeamOfYours."""
    said, mine = reading.slots, await teams_to_subscribe(turn)
    if not mine:
        raise NotYourTeam
    if "team" in said:
        name = said["team"]
        meant = named_among((await teams_by_id(turn.session)).values(), name) or named_among(mine, name)
    else:
        name = Word("whose_all" if said.get("all") else "whose_team")
        meant = await (company(turn) if said.get("all") else own_team(turn))
    if meant not in mine:
        raise NoTeamOfYours(name=name)
    return meant


async def _settled(
    turn: Turn, team: Team, kind: str, before: Subscription | None, *, at: str | None, is_muted: bool
) -> Outcome:
    """One digest as it was settled; what stands so already is left."""
    digest = DIGESTS[kind]
    hour = (before.at if before else "") or digest.at
    told: dict[str, Any] = {
        "digest": Word(f"digest_{kind}"),
        "days": Word(f"digest_days_{digest.days}"),
        "at": at or hour,
    }
    is_same = before is not None and before.is_muted is is_muted and at in (None, hour)
    user, key = turn.actor.user, "digest_team_muted" if is_muted else "digest_team_on"
    wrote = not is_same and await settle_digest(turn.ledger, user, kind, at=at, is_muted=is_muted, team_id=team.id)
    return Outcome(key if wrote else f"{key}_already", told, wrote=wrote)


def _kept_quiet(people: Collection[User], at: str) -> Count | None:
    """How many are not told at an hour since it is within their quiet hours."""
    count = sum(Hours.read(user.quiet_hours).hold(read_time(at)) for user in people)
    return Count(count, "count_people") if count else None
