"""A group and the daily funnel of a team: its manager subscribes the group, after a notice that all will see it, moves
the hour, and ends it.

What a group is told stands in `set_digest.toml`. Everything else that is said in a group is none of this.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from crm.calendar import Hours, read_time
from crm.digests import DIGESTS, Subscription
from crm.errors import CrmError
from crm.setting_errors import NotYourGroup
from crm.users import Team
from handlers import post
from handlers.cards import offered
from handlers.teams import teams_to_subscribe
from handlers.turn import Turn
from nlu.clock_times import CLOCK
from nlu.names import fold
from nlu.rules.set_digest import hour_moved_to, hour_of
from storage.cards import button_of
from storage.digests import settle_digest, subscriptions_in
from talk.catalogue import say
from talk.message import Line, Offer, Outcome, Word
from talk.views import outcome_blocks

KIND = "funnel"
CALLED = re.compile(r"^\s*(?P<command>/\w+)?@\w+(?=\s|$)")
SAID = re.compile(
    rf"(?P<on>/subscribe(?:\s+(?P<at>{CLOCK}))?|订阅(?:漏斗|漏斗日报|日报))|/mute|(?:取消|关掉)(?:漏斗|漏斗日报|日报)"
)


async def group_digest(turn: Turn) -> bool:
    """Do what a message or tap in a group asks of its funnel; False where it is about something else."""
    try:
        if turn.incoming.kind == "tap":
            return await _tapped(turn)
        outcomes = await _told(turn) if turn.incoming.kind == "text" else []
    except CrmError as refusal:
        outcomes = [Outcome(refusal.key, refusal.facts, wrote=False)]
        if turn.incoming.kind == "tap":
            await post.answer_tap(turn, tuple(outcome_blocks(outcomes[0], turn.reader)), is_alert=True)
            return True
    if outcomes:
        await _show(turn, outcomes)
    return bool(outcomes)


async def _told(turn: Turn) -> list[Outcome]:
    """What comes of a message; nothing where it is about something else. Raises NotYourGroup, InvalidHours."""
    text = fold(CALLED.sub(lambda said: said["command"] or "", turn.text))
    if hour := hour_moved_to(text, KIND):
        return await _move(turn, hour)
    said = SAID.fullmatch(text)
    if said is None:
        return []
    if said["at"]:
        return await _at_hour(turn, str(hour_of((KIND,), said["at"])))
    return [await (_subscribe(turn) if said["on"] else _mute(turn))]


async def _show(turn: Turn, outcomes: list[Outcome]) -> None:
    blocks = [block for outcome in outcomes for block in outcome_blocks(outcome, turn.reader)]
    rows = [row for outcome in outcomes for row in offered(turn, outcome)]
    await post.reply(turn, tuple(blocks), tuple(rows))


async def _tapped(turn: Turn) -> bool:
    """A tap on a button of these, which works for whom it was shown to; any other is not answered here."""
    stored = await button_of(turn.session, turn.incoming.button)
    if stored is None or stored.action not in TAPS:
        return False
    if stored.user_id != turn.actor.id:
        await post.answer_tap(turn, (Line(say("button_not_yours", turn.reader)),), is_alert=True)
        return True
    outcome = await TAPS[stored.action](turn, stored.facts)
    await post.answer_tap(turn)
    await _show(turn, [outcome])
    return True


async def _subscribe(turn: Turn, at: str = "") -> Outcome:
    """The notice, or the question which team. Raises NotYourGroup."""
    teams = await _teams(turn)
    if len(teams) == 1:
        return await _notice(turn, teams[0], at)
    offers = [Offer("group_team", "group_notice", {"team": team.id, "at": at}, {"team": team.name}) for team in teams]
    return Outcome("group_which_team", wrote=False, offers=tuple((offer,) for offer in offers))


async def _mute(turn: Turn) -> Outcome:
    """No funnel of a team that the speaker leads comes here any more. Raises NotYourGroup."""
    told = await _theirs(turn)
    for one, _ in told:
        turn.ledger.set(one, is_muted=True)
    return Outcome("group_muted" if told else "group_has_none", wrote=False)


async def _move(turn: Turn, hour: str) -> list[Outcome]:
    """The funnels of the speaker's teams come here at another hour. Raises NotYourGroup, InvalidHours."""
    told = await _theirs(turn)
    at = f"{read_time(hour):%H:%M}"
    outcomes = []
    for one, team in told:
        is_same = at == (one.at or DIGESTS[KIND].at)
        if not is_same:
            await settle_digest(turn.ledger, turn.actor.user, KIND, at=at, chat=turn.chat, team_id=team.id)
        key = "group_moved_already" if is_same else "group_moved"
        outcomes.append(Outcome(key, _facts(team, at), wrote=False))
    return [*outcomes, *_in_quiet_hours(turn, at)] if told else [Outcome("group_has_none", wrote=False)]


async def _at_hour(turn: Turn, hour: str) -> list[Outcome]:
    """What comes here already is moved, else it is to come at that hour. Raises NotYourGroup, InvalidHours."""
    mine = {team.id for team in await _teams(turn)}
    if any(one.team_id in mine for one in await _there(turn)):
        return await _move(turn, hour)
    at = f"{read_time(hour):%H:%M}"
    return [await _subscribe(turn, at), *_in_quiet_hours(turn, at)]


def _in_quiet_hours(turn: Turn, at: str) -> list[Outcome]:
    """What is to be said where nothing is pushed at that hour: a group's is told in the hours of whoever settled it."""
    quiet = Hours.read(turn.actor.user.quiet_hours)
    if not quiet.hold(read_time(at)):
        return []
    return [Outcome("digest_in_quiet_hours", {"at": at, "hours": str(quiet)}, wrote=False)]


async def _there(turn: Turn) -> list[Subscription]:
    return [one for one in await subscriptions_in(turn.session, turn.chat.id) if one.kind == KIND]


async def _theirs(turn: Turn) -> list[tuple[Subscription, Team]]:
    """What comes here of the teams that the speaker leads. Raises NotYourGroup where only others' does."""
    mine = {team.id: team for team in await _teams(turn)}
    there = await _there(turn)
    told = [(one, mine[one.team_id]) for one in there if one.team_id in mine]
    if there and not told:
        raise NotYourGroup
    return told


async def _chosen(turn: Turn, facts: Mapping[str, Any]) -> Outcome:
    return await _notice(turn, await _team(turn, facts["team"]), facts.get("at", ""))


async def _confirmed(turn: Turn, facts: Mapping[str, Any]) -> Outcome:
    team, at = await _team(turn, facts["team"]), facts.get("at", "")
    await settle_digest(turn.ledger, turn.actor.user, KIND, at=at, is_muted=False, chat=turn.chat, team_id=team.id)
    return Outcome("group_subscribed", _facts(team, at), wrote=False)


async def _notice(turn: Turn, team: Team, at: str) -> Outcome:
    """What the members will see, and the button that lets them."""
    if any(one.team_id == team.id for one in await _there(turn)):
        return Outcome("group_subscribed_already", {"team": team.name}, wrote=False)
    offer = Offer("group_confirm", "group_subscribe", {"team": team.id, "at": at})
    return Outcome("group_notice", _facts(team, at), wrote=False, offers=((offer,),))


def _facts(team: Team, at: str) -> dict[str, Any]:
    default = DIGESTS[KIND]
    return {"team": team.name, "days": Word(f"digest_days_{default.days}"), "at": at or default.at}


async def _teams(turn: Turn) -> list[Team]:
    """The teams whose figures the speaker may show. Raises NotYourGroup where there are none."""
    found = await teams_to_subscribe(turn)
    if not found:
        raise NotYourGroup
    return found


async def _team(turn: Turn, key: int) -> Team:
    """One of those teams, as things stand now. Raises NotYourGroup."""
    found = next((team for team in await _teams(turn) if team.id == key), None)
    if found is None:
        raise NotYourGroup
    return found


TAPS: dict[str, Callable[[Turn, Mapping[str, Any]], Awaitable[Outcome]]] = {
    "group_notice": _chosen,
    "group_subscribe": _confirmed,
}
