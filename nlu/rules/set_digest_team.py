"""Whoever leads a team moves, mutes or turns on a digest for each of its members.

Slots: kinds, hour, is_muted as `set_digest` has them; team str, everyone True for the sender's own, or all True.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from nlu.clauses import Clause
from nlu.clock_times import CLOCK
from nlu.rule import Rule
from nlu.rules.set_digest import HOUR, KNOWN, LIST, TAIL, Settings, setting_of, settings_of
from nlu.scene import Scene
from nlu.teams import GENERAL, TEAM
from nlu.whole import PLEASE, whole

ALL = r"全公司|公司全员|全员|全体(?:员工|同事)?|所有人|everyone|everybody|the (?:whole )?company"
OWN = r"(?:我们?的?|咱们?的?)(?:组|团队|部门|队)|团队|全组|全队|(?:my|our|the)(?: whole| entire)? team"
_WORD = r"[a-z\d][\w-]*"
_CALLED = rf"team {_WORD}(?: {_WORD}){{0,2}}?|(?:the )?{_WORD}(?: {_WORD})? team|{TEAM}|[a-z][\w-]+"
_TEAM = rf"(?:(?P<all>{ALL})|(?P<own>{OWN})|(?P<team>{_CALLED}))"
_THEIR = rf"{_TEAM}(?: ?的|'s|’s| )?(?:全员|成员|每个人|都)?"
_OFF = (
    r"(?:不要|不用|不想要|不再?(?:接收|收|看|需要)|取消|关掉|关闭|停掉|停发|退订|别再?(?:收|发))"
    r"再?(?:发|推送|推|收|订阅|接收)?"
)
MUTED = (
    rf"{PLEASE}(?:给|帮|替|让)?{_THEIR}{_OFF}(?P<a>{LIST}){TAIL}",
    rf"{PLEASE}(?:关掉|关闭|关了|关|停掉|停止|停发|停了|停|取消|退订|屏蔽){_THEIR}(?P<a>{LIST}){TAIL}",
    rf"{PLEASE}(?:别|不要|不用)再?给{_TEAM}(?:再)?(?:发送?|推送?)(?P<a>{LIST}){TAIL}",
    rf"{PLEASE}(?:把)?{_THEIR}(?P<a>{LIST})(?:不要|关掉|关闭|关了|停掉|停了|退订|(?:不用|不要|别)再?(?:发|推送|推)){TAIL}",
    rf"{PLEASE}(?:mute|stop|turn off|switch off|cancel|disable|no more) (?P<a>{LIST}) (?:for|of) {_TEAM}",
    rf"{PLEASE}(?:mute|stop|turn off|switch off|cancel|disable) {_TEAM}(?:'s|’s) (?P<a>{LIST})",
    rf"{PLEASE}unsubscribe {_TEAM} from (?P<a>{LIST})",
    rf"{PLEASE}(?:stop sending|don't send|don’t send|do not send) {_TEAM} (?P<a>{LIST})",
)
SUBSCRIBED = (
    rf"{PLEASE}(?:给|帮|为|替|让)?{_THEIR}(?:重新)?(?:恢复|订阅|开启|开通|启用|打开)(?:一下)?(?P<a>{LIST}){TAIL}",
    rf"{PLEASE}(?:恢复|开启|开通|启用|重新打开){_THEIR}(?P<a>{LIST}){TAIL}",
    rf"{PLEASE}(?:把)?{_THEIR}(?P<a>{LIST})(?:重新)?(?:恢复|开启|打开){TAIL}",
    rf"{PLEASE}(?:subscribe|sign up) {_TEAM} (?:to|for) (?P<a>{LIST})",
    rf"{PLEASE}(?:turn on|switch on|enable|resume|restore|unmute) (?P<a>{LIST}) (?:for|of) {_TEAM}",
    rf"{PLEASE}(?:turn on|switch on|enable|resume|restore|unmute) {_TEAM}(?:'s|’s) (?P<a>{LIST})",
)
MOVED = (
    rf"{PLEASE}(?:把|给|让)?{_THEIR}(?P<a>{LIST}){HOUR}",
    rf"{PLEASE}(?:以后)?(?:每天|每周一|每月)(?P<t>{CLOCK})给{_TEAM}(?:发|推送)(?P<a>{LIST})",
    rf"{PLEASE}(?:move|set|change|shift|reschedule) {_TEAM}(?:'s|’s) (?P<a>{LIST}) (?:to|at|for) (?P<t>{CLOCK})",
    rf"{PLEASE}(?:move|set|change|shift|reschedule) (?P<a>{LIST}) (?:for|of) {_TEAM} (?:to|at) (?P<t>{CLOCK})",
)
NO_NAME = re.compile(r"[的了把给让为被您你我他她它这那哪谁各每]")
BARE = re.compile(r"[A-Z][\w-]+")  # a team called by its mere name is written as one
_THE = re.compile(r"^(?:the )?team |^the | team$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _patterns() -> Settings:
    return settings_of(MUTED, SUBSCRIBED, MOVED)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message is the setting."""
    if clause.place:
        return
    for slots, pattern in _patterns():
        if (said := whole(scene, clause, pattern)) and (whose := _whose(scene, said)):
            yield setting_of(slots, said) | whose
            return


def _whose(scene: Scene, said: re.Match[str]) -> dict[str, Any]:
    """Whose digest it is, as slots; none where what stands there is no team's name."""
    if said["all"]:
        return {"all": True}
    if said["own"]:
        return {"everyone": True}
    start, end = said.span("team")
    name = scene.original(start, end)
    if NO_NAME.search(name) or GENERAL.fullmatch(said["team"]):
        return {}
    called = _THE.sub("", name).strip()
    if called == name and said["team"].isascii() and not _is_bare_name(scene, name, start, end):
        return {}
    return {"team": called}


def _is_bare_name(scene: Scene, name: str, start: int, end: int) -> bool:
    """Whether a Latin word alone may be a team's name: it is written as a name, and nothing else is known by it."""
    return bool(BARE.fullmatch(name)) and not any(find.start < end and start < find.end for find in scene.finds)


WORDS = tuple(KNOWN)
RULES = (Rule("set_digest", "team", (), read, whole=True, words=WORDS),)
EXAMPLES = (
    "给华东组订阅周报",
    "华东组的日报改到17:30",
    "华东组不要日报了",
    "把销售二组的早报挪到早上8点",
    "关掉华东组的周报",
    "别给华东组发日报了",
    "每天8点给华东组发早报",
    "恢复华东组的周报",
    "给我们组订阅周报和月报",
    "团队的日报改到下午5点半",
    "全公司的月报改到10点",
    "subscribe team East to the weekly review",
    "move East's brief to 08:00",
    "mute the daily funnel for East",
    "mute the brief for the East team",
    "unsubscribe my team from the weekly",
    "turn on the weekly for team 2",
)
COUNTER_EXAMPLES = (
    "华东组的日报",
    "订阅华东组的周报",
    "华东组周报",
    "我看看华东组的周报",
    "把华东组的周报发给何总",
    "客户的销售部不要周报了",
    "他们团队不要日报了",
    "各组的日报改到17:30",
    "move Joy's brief to 08:00",
    "mute the daily funnel for today",
    "mute the daily funnel for Monday",
    "subscribe to the weekly for the customer",
    "send the weekly report to the East team",
    "the East team wants the weekly moved to Friday",
)
