"""The sender wants to be told regularly, of their own figures, or of a colleague or a customer, which no digest does.

Slots: kinds and is_muted as `set_digest` has them; user or customer Mention, where it is of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from nlu.clauses import Clause
from nlu.colleagues_named import addressed_at, customers_at
from nlu.rule import Rule
from nlu.rules.set_digest import KNOWN, LIST, kinds_of
from nlu.scene import Scene
from nlu.whole import PLEASE, whole

WHO = r"@?(?P<who>[^,、。;!?:@]{1,20}?)"
OFTEN = (
    r"(?:每天|每日|每周[一二三四五六日天]?|每个?(?:星期|礼拜)[一二三四五六日天]?|每个?月|每个?工作日|定期)(?:的)?"
    r"(?:早上|上午|中午|下午|晚上|早晨)?"
)
OFTEN_EN = (
    r"(?: (?:every|each) (?:day|week|month|morning|monday|tuesday|wednesday|thursday|friday)(?: morning| afternoon)?)"
)
SENDS = r"(?:发|推送|推|送)(?:一份|一下|一次)?"
OURS = r"(?:我们?|咱们?|本)?的?(?:团队|全组|组|部门|小组|大家)?的?"
OWN = (
    rf"{PLEASE}(?:以后)?{OFTEN}(?:都|要)?(?:给|帮)?我?{SENDS}(?:我)?{OURS}(?P<a>{LIST})(?:给我)?(?:吧)?",
    rf"{PLEASE}(?:以后)?(?:把)?{OURS}(?P<a>{LIST}){OFTEN}(?:都|要)?{SENDS}(?:给)?我(?:吧)?",
    rf"{PLEASE}(?:send|get|give) me (?:the |our |my )?(?:team(?:'s)? )?(?P<a>{LIST}){OFTEN_EN}",
    rf"{PLEASE}i (?:want|need) (?:the |our |my )?(?:team(?:'s)? )?(?P<a>{LIST}){OFTEN_EN}",
)
REPORTS = (
    rf"{PLEASE}(?:给我|帮我|我要|我想)?(?:重新)?(?:订阅|开通)(?:一下)?{WHO}的?(?P<a>{LIST})(?:吧)?",
    rf"{PLEASE}(?:以后)?{OFTEN}(?:都|要)?(?:给|帮)?我?{SENDS}(?:我)?{WHO}的?(?P<a>{LIST})(?:给我)?(?:吧)?",
    rf"{PLEASE}(?:以后)?(?:把)?{WHO}的?(?P<a>{LIST})(?:以后)?{OFTEN}(?:都|要)?{SENDS}(?:给)?我(?:吧)?",
    rf"{PLEASE}(?:subscribe(?: me)? to|send me|get me) {WHO}(?:'s|’s) (?P<a>{LIST}){OFTEN_EN}?",
)
THINGS = r"(?:拜访(?:记录)?|跟进(?:记录)?|动态|动静|进展|变化|更新|消息|情况|新单|签单|报价|商机|工作)"
TELLS = r"(?:告诉|通知|提醒|知会|同步给|推送给|抄送给?|发给|推给)(?:一下)?我(?:一声|一下)?(?:吧)?"
AT_ONCE = r"(?:都|就|马上|及时|第一时间|自动|随时|立刻|要|也)"
DOES = r"(?:写|记|录|交|发|提交|新增|完成|拜访|签|跑|见|推进)[^,。;!?]{0,8}?"
HAS = r"有(?:了|什么|新的?|任何)?(?:动静|动态|进展|变化|更新|消息|情况)"
EVENTS = (
    rf"{PLEASE}(?:以后|今后|从现在起)(?:只要)?{WHO}的?{THINGS}(?:有(?:更新|变化|进展))?{AT_ONCE}{{0,3}}{TELLS}",
    rf"{PLEASE}{WHO}的?{THINGS}(?:有(?:更新|变化|进展))?{AT_ONCE}{{1,3}}{TELLS}",
    rf"{PLEASE}(?:以后|今后)?(?:只要|如果|要是)?{WHO}(?:那边)?(?:一|每次|只要)?(?:{HAS}|{DOES})(?:的时候|之?后|时)?,?{AT_ONCE}{{1,3}}{TELLS}",
    rf"{PLEASE}(?:以后|今后)?(?:只要|如果|要是)?{WHO}(?:那边)?(?:一)?{HAS}(?:的时候|之?后|时)?,?{AT_ONCE}{{0,3}}{TELLS}",
    rf"{PLEASE}(?:把)?{WHO}的?{THINGS}(?:推送给?|抄送给?)我(?:吧)?",
    rf"{PLEASE}(?:我要|我想)?(?:关注|订阅)(?:一下)?{WHO}(?:的?{THINGS})?",
    r"(?:please )?(?:notify|alert|tell|ping|update) me (?:of|about|on) (?:all |any )?"
    rf"{WHO}(?:'s|’s) (?:visits?|updates?|activity|activities|progress|news|deals)",
    r"(?:please )?(?:(?:notify|alert|tell|ping) me|let me know) (?:when(?:ever)?|if|each time|every time) "
    rf"{WHO} (?:logs?|makes?|adds?|has|closes?|wins?|moves?|visits?|reports?|writes?)(?: [^,.;!?]{{1,30}}?)?",
    rf"(?:please )?(?:follow|subscribe(?: me)? to) {WHO}(?:(?:'s|’s) (?:visits?|updates?|activity|progress|news))?",
)


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """The patterns, and whether they name somebody."""
    return tuple((re.compile(one), of_one) for all_, of_one in ((OWN, False), (REPORTS + EVENTS, True)) for one in all_)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message wants it."""
    for pattern, is_of_one in _patterns():
        said = whole(scene, clause, pattern)
        if said is None:
            continue
        about = _about(scene, said) if is_of_one else {}
        if about is not None:
            kinds = kinds_of(said["a"]) if said.groupdict().get("a") else ()
            yield about | ({"kinds": kinds, "is_muted": False} if kinds else {})
            return


def _about(scene: Scene, said: re.Match[str]) -> dict[str, Any] | None:
    """The colleague or the customer who is named; None where it is neither."""
    start, end = said.span("who")
    if customers := customers_at(scene, start, end):
        return {"customer": customers[0]} if len(customers) == 1 else None
    user = addressed_at(scene, start, end)
    return {"user": user} if user is not None and (user.key is not None or user.candidates) else None


WORDS = (
    *KNOWN,
    "订阅",
    "关注",
    "告诉",
    "通知",
    "提醒",
    "知会",
    "同步",
    "送",
    "发给",
    "推给",
    "me",
    "follow",
    "subscri",
)
RULES = (Rule("set_digest", "of one", (), read, certain=True, whole=True, words=WORDS),)
EXAMPLES = (
    "每周一早上给我发团队周报",
    "每天早上给我发日报",
    "周报每周一发给我",
    "send me the team weekly every Monday morning",
    "订阅石佳的日报",
    "每周五下午给我发小方的周报",
    "subscribe to Joy's weekly",
    "以后小方的拜访都告诉我",
    "小方拜访了客户就通知我",
    "小方一写拜访就提醒我",
    "小方的动态推送给我",
    "关注小方",
    "晨岚有动静告诉我",
    "以后晨岚有进展就告诉我",
    "晨岚有什么变化及时通知我",
    "notify me of Joy's visits",
    "let me know when Joy logs a visit",
    "tell me whenever Northwind has news",
    "follow Northwind",
)
COUNTER_EXAMPLES = (
    "小方的拜访",
    "小方的拜访发我",
    "把小方的周报发给何总",
    "提醒我给小方发周报",
    "每周一早上提醒我交周报",
    "何总有消息了就告诉我",
    "明天提醒我关注晨岚",
    "晨岚关注价格",
    "关注晨岚的招标进度",
    "小方周五前把方案发给我",
    "@小方 晨岚签了就告诉我",
    "let me know when Lena calls back",
    "tell me about Northwind",
    "remind me to follow up with Northwind",
)
