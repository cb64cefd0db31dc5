"""The sender moves a digest to another hour, mutes it, has it come (again), or asks which ones come.

Slots: kinds tuple of str (the lexicon's table of digests), hour str as HH:MM (25:00 too, where it was told), is_muted
bool; none of them where it is only asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from nlu.clauses import Clause
from nlu.clock_times import CLOCK, clock_of
from nlu.commands import command
from nlu.lexicon import groups
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.whole import ENDS, PLEASE, whole

EVENING = 8  # the daily funnel told to come at an earlier hour comes that late in the afternoon
OF_COMMANDS = {"subscribe": False, "mute": True}
KNOWN = {word: kind for kind, listed in groups("digest").items() for word in listed}
_ONE = rf"(?:{'|'.join(re.escape(word) for word in sorted(KNOWN, key=len, reverse=True))})(?![a-z])"
LIST = (
    rf"(?:the |my |我的|每天的|每日的|每周的)?{_ONE}"
    rf"(?:(?: ?[,、&] ?| ?(?:和|跟|与|以及|还有) ?| and )(?:the |my )?{_ONE}){{0,3}}"
)
TAIL = r"(?:的?(?:订阅|推送|提醒))?(?:了|吧|啦)?"
HOUR = (
    r"(?:的?(?:推送|发送)?时间)?(?:改|挪|调|换|设|推迟|延后|提前|提早|移|定)(?:成|到|为|至|在)?"
    rf"(?:每天|每个?工作日|每周一)?(?:的)?(?P<t>{CLOCK})(?:再)?(?:发|发送|推送)?(?:给我)?(?:吧)?"
)
MUTED = (
    rf"{PLEASE}(?:我)?(?:不要|不用|不想要|不想(?:再)?(?:收到?|看)|不再?(?:接收|收|看|需要)|关掉|关闭|关了|关|停掉|停止|停发|停了|停"
    rf"|取消|退订|别(?:再)?(?:给我)?发|屏蔽)(?:再)?(?:给我)?(?:发|推送|推|收|订阅|接收)?(?P<a>{LIST}){TAIL}",
    rf"{PLEASE}(?:把)?(?P<a>{LIST})(?:不要|别)(?:再)?(?:发|推送|推)(?:给我)?{TAIL}",
    rf"{PLEASE}(?:把)?(?P<a>{LIST})(?:不要|关掉|关闭|关了|停掉|停了|退订|不用发?){TAIL}",
    rf"{PLEASE}(?:mute|stop|turn off|switch off|cancel|disable|unsubscribe(?: me)? from|no more|stop sending(?: me)?"
    rf"|(?:don't|don’t|do not) send(?: me)?) (?P<a>{LIST})",
)
SUBSCRIBED = (
    rf"{PLEASE}(?:我要|我想)?(?:重新)?(?:恢复|订阅|开启|开通|启用|重新打开|继续(?:给我)?(?:发|推送))(?P<a>{LIST}){TAIL}",
    rf"{PLEASE}(?:把)?(?P<a>{LIST})(?:重新)?(?:恢复|开启|打开){TAIL}",
    rf"{PLEASE}(?:subscribe(?: me)? to|turn on|switch on|enable|resume|restore|unmute|bring back) (?P<a>{LIST})",
)
MOVED = (
    rf"{PLEASE}(?:把)?(?P<a>{LIST}){HOUR}",
    rf"{PLEASE}(?:以后)?(?:每天|每周一|每月)(?P<t>{CLOCK})(?:给我)(?:发|推送)(?P<a>{LIST})",
    rf"{PLEASE}(?:move|set|change|shift|send(?: me)?|reschedule) (?P<a>{LIST}) (?:to|at|for) (?P<t>{CLOCK})",
)
ASKED = re.compile(
    r"我(?:现在|目前)?(?:都)?(?:订阅|订)了(?:什么|哪些|啥)|(?:查看|看看)?我的(?:订阅|(?:[日周月早]报|推送|订阅)的?设置)"
    r"|我(?:会|能)收到哪些(?:推送|报告)"
    r"|(?:show |list |what are |which are )?(?:me )?my (?:digests|subscriptions|digest settings)"
    r"|what (?:am i|have i) subscribed to|which digests do i get"
)


Settings = tuple[tuple[dict[str, Any], re.Pattern[str]], ...]


def settings_of(muted: Iterable[str], subscribed: Iterable[str], moved: Iterable[str]) -> Settings:
    """The patterns of a setting, each with what it says; the hour stands in the match of those that move."""
    told: tuple[tuple[dict[str, Any], Iterable[str]], ...]
    told = (({"is_muted": True}, muted), ({"is_muted": False}, subscribed), ({}, moved))
    return tuple((slots, re.compile(pattern)) for slots, patterns in told for pattern in patterns)


def setting_of(slots: Mapping[str, Any], said: re.Match[str]) -> dict[str, Any]:
    """The slots that a match with one of the patterns tells."""
    kinds = kinds_of(said["a"])
    return {"kinds": kinds, **slots, **({} if slots else {"hour": hour_of(kinds, said["t"])})}


@lru_cache(maxsize=1)
def _patterns() -> Settings:
    return settings_of(MUTED, SUBSCRIBED, MOVED)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message is the setting, the question, or the command."""
    if clause.place:
        return
    if (told := command(scene)) is not None:
        name, start, end = told
        if name in OF_COMMANDS and (slots := _of_command(name, scene.folded[start:end])) is not None:
            yield slots
        return
    if whole(scene, clause, ASKED):
        yield {}
        return
    for slots, pattern in _patterns():
        if said := whole(scene, clause, pattern):
            yield setting_of(slots, said)
            return


def _of_command(name: str, rest: str) -> dict[str, Any] | None:
    """What /subscribe and /mute say: of no kind they ask which ones there are."""
    if not rest:
        return {}
    said = re.fullmatch(LIST, rest)
    return {"kinds": kinds_of(rest), "is_muted": OF_COMMANDS[name]} if said else None


def kinds_of(text: str) -> tuple[str, ...]:
    """The kinds of a text that LIST matches."""
    return tuple(dict.fromkeys(KNOWN[word] for word in re.findall(_ONE, text)))


def hour_moved_to(text: str, kind: str) -> str | None:
    """The hour to which the whole of a folded text moves a digest of that kind; None where it says anything else."""
    for slots, pattern in _patterns():
        if not slots and (said := pattern.fullmatch(text.strip(ENDS))) and kinds_of(said["a"]) == (kind,):
            return hour_of((kind,), said["t"])
    return None


def hour_of(kinds: tuple[str, ...], text: str) -> str:
    """The hour of a text that CLOCK matches; half past five of the daily funnel is in the afternoon."""
    told = clock_of(text)
    return str(told.later if told.is_open and "funnel" in kinds and told.hour < EVENING else told)


WORDS = (*KNOWN, "订阅", "推送", "digests", "subscri", "/mute", "收到")
RULES = (Rule("set_digest", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = (
    "日报改到17:30",
    "日报改到下午5点半",
    "早报改到8点",
    "日报改到25:00",
    "不要早报了",
    "关掉周报",
    "恢复日报",
    "订阅周报",
    "订阅周报和月报",
    "重新打开日报",
    "我订阅了什么",
    "我的日报设置",
    "move the daily funnel to 17:30",
    "mute the morning brief",
    "subscribe to the weekly",
    "my digests",
    "/subscribe",
    "/mute 周报",
)
COUNTER_EXAMPLES = (
    "日报",
    "周报",
    "漏斗",
    "我要看日报",
    "下午5点发周报",
    "把周报发给何总",
    "晨岚要求每天发日报",
    "客户订阅了我们的周报",
    "the customer wants the weekly moved to Friday",
    "send the weekly report to the customer",
    "取消订单",
)
