"""A group and the daily funnel of a team: its manager subscribes the group, after a notice that all will see it.

What a group is told stands in `set_digest.toml`. Everything else that is said in a group is none of this.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from crm.digests import DIGESTS
from crm.errors import CrmError
from crm.setting_errors import NotYourGroup
from crm.users import Team
from handlers import post
from handlers.cards import offered
from handlers.teams import teams_to_subscribe
from handlers.turn import Turn
from storage.cards import button_of
from storage.digests import settle_digest, subscriptions_in
from talk.catalogue import say
from talk.message import Line, Offer, Outcome, Word
from talk.views import outcome_blocks

KIND = "funnel"
SAID = re.compile(
    r"\s*(?:@\w+\s+)?(?:/(?P<on>subscribe)|/(?P<off>mute)|(?P<on2>订阅(?:漏斗|漏斗日报|日报))|(?P<off2>(?:取消|关掉)(?:漏斗|漏斗日报|日报)))"
    r"(?:@\w+)?\s*",
    re.IGNORECASE,
)


async def group_digest(turn: Turn) -> bool:
    """Do what a message or tap in a group asks of its funnel; False where it is about something else."""
    try:
        if turn.incoming.kind == "tap":
            return await _tapped(turn)
        said = SAID.fullmatch(turn.text) if turn.incoming.kind == "text" else None
        if said is None:
            return False
        outcome = await (_subscribe(turn) if said["on"] or said["on2"] else _mute(turn))
    except CrmError as refusal:
        outcome = Outcome(refusal.key, refusal.facts, wrote=False)
        if turn.incoming.kind == "tap":
            await post.answer_tap(turn, tuple(outcome_blocks(outcome, turn.reader)), is_alert=True)
            return True
    await _show(turn, outcome)
    return True


async def _show(turn: Turn, outcome: Outcome) -> None:
    await post.reply(turn, tuple(outcome_blocks(outcome, turn.reader)), tuple(offered(turn, outcome)))


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
    await _show(turn, outcome)
    return True


async def _subscribe(turn: Turn) -> Outcome:
    """The notice, or the question which team. Raises NotYourGroup."""
    teams = await _teams(turn)
    if len(teams) == 1:
        return await _notice(turn, teams[0])
    offers = [Offer("group_team", "group_notice", {"team": team.id}, {"team": team.name}) for team in teams]
    return Outcome("group_which_team", wrote=False, offers=tuple((offer,) for offer in offers))


async def _mute(turn: Turn) -> Outcome:
    """No funnel of a team that the speaker leads comes here any more. Raises NotYourGroup."""
    mine = {team.id for team in await _teams(turn)}
    there = [one for one in await subscriptions_in(turn.session, turn.chat.id) if one.kind == KIND]
    told = [one for one in there if one.team_id in mine]
    if there and not told:
        raise NotYourGroup
    for one in told:
        turn.ledger.set(one, is_muted=True)
    return Outcome("group_muted" if told else "group_nothing_to_mute", wrote=False)


async def _chosen(turn: Turn, facts: Mapping[str, Any]) -> Outcome:
    return await _notice(turn, await _team(turn, facts["team"]))


async def _confirmed(turn: Turn, facts: Mapping[str, Any]) -> Outcome:
    team = await _team(turn, facts["team"])
    await settle_digest(turn.ledger, turn.actor.user, KIND, is_muted=False, chat=turn.chat, team_id=team.id)
    return Outcome("group_subscribed", _facts(team), wrote=False)


async def _notice(turn: Turn, team: Team) -> Outcome:
    """What the members will see, and the button that lets them."""
    if any(one.team_id == team.id and one.kind == KIND for one in await subscriptions_in(turn.session, turn.chat.id)):
        return Outcome("group_subscribed_already", {"team": team.name}, wrote=False)
    offer = Offer("group_confirm", "group_subscribe", {"team": team.id})
    return Outcome("group_notice", _facts(team), wrote=False, offers=((offer,),))


def _facts(team: Team) -> dict[str, Any]:
    default = DIGESTS[KIND]
    return {"team": team.name, "days": Word(f"digest_days_{default.days}"), "at": default.at}


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
