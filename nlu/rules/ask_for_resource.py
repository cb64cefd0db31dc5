"""Somebody of presales or support is wanted for a customer on a day; or the sender asks who of them is free then, or
whether a colleague is.

Slots: role (presales, support), where one is told; at When, today where none is; customer Mention, where one is wanted;
user Mention of the colleague; any_day True, where it is asked when they are free.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from nlu.clauses import Clause
from nlu.lexicon import groups
from nlu.lists import mention_of
from nlu.pieces import mention_of as colleague_mention
from nlu.rule import Find, Rule
from nlu.scene import Scene
from nlu.whole import ENDS, LONGEST, PLEASE

DAY, CUSTOMER, USER = "§", "¤", "¶"  # stand for what was found in the text
SIGNS = {"when": DAY, "customer": CUSTOMER, "user": USER}
ROLES = ("presales", "support")
NO_PERSON = {"方案", "解决方案", "支持"}  # 要个方案 wants a paper
ONE = r"(?:一?[个位名])?"
ON = rf"(?:[ ,]{{0,2}}(?:on |for |by )?{DAY})?"
GOES = r"(?:同事|工程师|人员)?(?:去|来|到场|支持|支援|帮忙|陪同?|一起去)?(?:一下|支持)?"


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    words = {role: set(groups("user_role")[role]) - NO_PERSON for role in ROLES}
    said = {role: sorted(map(re.escape, named), key=len, reverse=True) for role, named in words.items()}
    role = "(?:" + "|".join(f"(?P<{name}>{'|'.join(words)})" for name, words in said.items()) + ")"
    free = r"(?:有空|有时间|空着|闲着|得空|能去|能支持)(?:吗|呢|啊)?"
    return tuple(
        re.compile(pattern)
        for pattern in (
            rf"{PLEASE}{ON}{CUSTOMER}(?:这边|那边)?{ON}(?:想要|需要|要|缺|得有){ONE}{role}{GOES}{ON}{GOES}",
            rf"{PLEASE}{ON}(?:给|帮|为){CUSTOMER}{ON}(?:安排|派|找|约|配){ONE}{role}{GOES}{ON}{GOES}",
            rf"{PLEASE}{ON}(?:安排|派|找|约|需要|要){ONE}{role}{ON}{GOES}{CUSTOMER}{ON}",
            rf"{PLEASE}(?:i |we )?(?:need|want|get me|find me|find|book|request|get) (?:an? )?{role} (?:for|at|with) "
            rf"{CUSTOMER}{ON}",
            rf"{PLEASE}{CUSTOMER} (?:needs|wants) (?:an? )?{role}{ON}",
            rf"{PLEASE}{ON}(?:有)?(?:哪些?|什么){ONE}{role}{ON}{free}",
            rf"{PLEASE}{ON}{role}{ON}(?:谁|哪[个位]|有谁){ON}{free}",
            rf"{PLEASE}{ON}(?:谁|有谁){ON}{free}",
            rf"{PLEASE}(?:which|what) {role} (?:is|are) (?:free|available){ON}",
            rf"{PLEASE}(?:who(?:'s| is)?) (?:free|available){ON}",
            rf"{PLEASE}{ON}{USER}{ON}(?:忙不忙|能不能去|有没有(?:空|时间|安排)"
            r"|(?:忙|(?:有|得|能抽出|抽得出)(?:空|时间)|有安排|空着|能去|能支持)(?:吗|么|不))(?:呢|啊)?",
            rf"{PLEASE}{ON}{USER}{ON}(?P<any_day>什么时候|哪天|哪一天|几号|啥时候)(?:比较)?(?:有空|有时间|得空|空|不忙)(?:呢|啊)?",
            rf"{PLEASE}(?:is|will) {USER} (?:be )?(?:free|available|busy){ON}",
            rf"{PLEASE}(?:does|will) {USER} have (?:any )?time{ON}",
            rf"{PLEASE}(?P<any_day>when) (?:is|will) {USER} (?:be )?(?:free|available){ON}",
        )
    )


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message asks for it: at most one day, and one customer where somebody is wanted, or one colleague."""
    days, customers, users = ([find for find in scene.finds if find.kind == kind] for kind in SIGNS)
    if clause.place or max(map(len, (days, customers, users))) > 1 or len(scene.folded) > LONGEST:
        return
    text = _with_signs(scene, [*days, *customers, *users]).strip(ENDS)
    for pattern in _patterns():
        if said := pattern.fullmatch(text):
            named = said.groupdict()
            role = next((role for role in ROLES if named.get(role)), None)
            yield {
                **({"role": role} if role else {}),
                **({"customer": mention_of(scene, customers[0])} if customers else {}),
                **({"user": colleague_mention(scene, users[0])} if users else {}),
                **({"any_day": True} if named.get("any_day") else {}),
                **({"at": days[0].value} if days else {}),
            }
            return


def _with_signs(scene: Scene, found: list[Find]) -> str:
    text = scene.folded
    for find in sorted(found, key=lambda find: -find.start):
        text = text[: find.start] + SIGNS[find.kind] + text[find.end :]
    return text


FREE = ("忙", "安排", "时间", "空", "能去", "能支持", "busy", "have", "free", "available")
WORDS = ("售前", "客服", "售后", "支持", "客户", "方案", "sales", "support", "solution", "customer", *FREE)
RULES = (Rule("ask_for_resource", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = (
    "晨岚要个售前,周四",
    "周四白鹭要个售前",
    "给白鹭安排一个售前周四去",
    "需要一位客服支持晨岚,明天",
    "周四哪个售前有空",
    "周四谁有空",
    "谁有空",
    "need a presales for Northwind on Thursday",
    "which presales is free on Thursday?",
    "who is free tomorrow?",
    "小方周四有空吗",
    "明天小方忙不忙",
    "小方下周哪天有空",
    "is Joy free on Thursday?",
    "when is Joy available?",
)
COUNTER_EXAMPLES = (
    "晨岚要个报价,周四",
    "晨岚要个方案,周四",
    "周四何总有空",
    "晨岚的售前说周四来",
    "问问何总周四有没有空",
    "Lena is free on Thursday",
    "何总周四有空吗",
    "小方周四有空,让他去晨岚",
    "小方忙着做方案",
    "小方周三有空",
    "小方周四能去",
    "is Lena free on Thursday?",
    "周四售前去了晨岚",
)
