"""A colleague gets another team, role, name, short name, language, zone or username.

Slots: user Mention; team, role (one of the lexicon's), no_role (words that are none), called, also (a short name),
no_longer (one that is theirs no more), language (zh, en), place, username (xiaoli_sales) str; leads True, where they
are to lead the team; each where it is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from nlu.clauses import Clause
from nlu.colleagues_named import COLLEAGUE, addressed_at
from nlu.lexicon import groups
from nlu.places import zone_of
from nlu.rule import Rule
from nlu.rules.set_language import LANGUAGES
from nlu.rules.set_team import EN_TEAM, KNOWN, is_name
from nlu.scene import Scene
from nlu.whole import NOT_IN_NAMES, PLEASE, holds_values, told, whole

WHO = rf"(?P<user>{COLLEAGUE})"
NAME = r"[^\s,、;。!?:/@的了]{1,12}|[a-z][\w'’.-]*(?: [a-z][\w'’.-]*){0,2}"
PLACE = r"[^\s,、;。!?:][^,、;。!?:]{0,30}?"
USERNAME = r"@?(?P<username>[a-z][a-z0-9_]{2,31})"
ACCOUNT = r"(?:telegram|tg|电报)?[ ]?(?:账号|帐号|用户名|username|id)"
TO = r"(?:为|成|任|到|做|当|作|是|:)"
LEADS = r"组长|团队负责人|负责人|主管|经理|老大|领导|头儿?"  # behind a team: of that team
LANGUAGE = "|".join(f"(?P<{key}>{names})" for key, names in LANGUAGES.items())
PARTS_ZH = (
    rf"(?:调岗|调动|调|转岗|转|挪|移|划|分|分配|派|加入|进|归|换)(?:到|去|入|进|给|在)?(?P<team>{KNOWN})",
    rf"的?(?:团队|部门)(?:改|换|设)?{TO}(?P<team>{KNOWN})",
    rf"(?:以后|现在)?(?:去|来)?(?:当|做|担任|任)(?:一?[名个位])?(?P<leads>{LEADS})",
    rf"(?:的?(?:角色|职位|岗位|权限|身份))?(?:已经|现在|刚)?(?:被)?(?:升职|升级|升|提升|提拔|晋升|改|转岗|转|调|任命|变更|变|设置|设|降职|降)"
    rf"(?:了,?)?{TO}(?:了)?(?:一?[名个位])?(?P<role>ROLES)",
    r"(?:已经|现在|刚)?(?:被)?(?:升职|升|提拔|晋升)(?:了)?(?P<role>ROLES)",
    rf"(?:以后|现在|已经)?(?:当|做|担任|任){TO}?(?:上|了)?(?:一?[名个位])?(?P<role>ROLES)",
    r"(?:以后|现在|已经)(?:就)?是(?:一?[名个位])?(?P<role>ROLES)",
    rf"(?:的?(?:角色|职位|岗位|权限|身份))(?:改|设置|设|换|变)?{TO}(?P<no_role>[^\s,、;了吧啦]{{1,10}})",
    r"(?:升级|升|提升|提拔|晋升|任命)(?:为|成|任)(?P<no_role>[^\s,、;了吧啦]{1,10})",
    rf"(?:也|又|还)叫(?:做|作)?(?P<also>{NAME})",
    rf"的?(?:别名|小名|外号|昵称|简称)(?:是|叫|为|:|加|加上|设为)(?P<also>{NAME})",
    rf"(?:不再|不)叫(?P<no_longer>{NAME}?)了?",
    rf"的?{ACCOUNT}(?:现在|以后)?(?:是|为|叫|:|改成|改为|换成|设为)[ ]?{USERNAME}",
    rf"(?:改名|更名)(?:为|叫|成)(?P<called>{NAME})",
    rf"的?(?:名字|姓名)(?:改|换)?(?:成|为|是|叫)(?P<called>{NAME})",
    rf"的?(?:语言)?(?:以后|现在)?(?:改用|使用|用|说|讲|改成|换成|改为|设为|是|切换到)(?:{LANGUAGE})(?:界面|回复)?",
    rf"的?时区(?:是|改成|改为|设为|换成|在|:)(?P<place>{PLACE})(?:时间|时区)?",
    rf"(?:现在|以后|目前)?(?:人)?(?:在|搬到|搬去|常驻|派驻|调到|去了)(?P<there>{PLACE})(?:了|上班|办公|工作)?",
)
WHOLE = (
    rf"(?:任命|提拔|提升){WHO}(?:为|成|任|当|做|担任)(?:一?[名个位])?(?P<role>ROLES)",
    rf"(?:move|transfer|put|assign|add) {WHO} (?:to|in|into|on)(?: team)? (?P<team>{EN_TEAM})",
    rf"(?:set |change |switch )?{WHO}['’]s team (?:is|to|=) (?P<team>{EN_TEAM})",
    rf"{WHO} (?:is now|has become|became|(?:(?:was|has been|got|is) )?promoted to|(?:was|has been) made) "
    r"(?:an? |the )?(?P<role>ROLES)",
    rf"(?:make|promote|change|turn|set) {WHO} (?:to |into |as )?(?:an? |the )?(?P<role>ROLES)",
    rf"(?:set |change |make )?{WHO}['’]s role (?:is|to|=) (?:an? )?(?P<role>ROLES)",
    rf"(?:set|change|make) {WHO}['’]s role (?:to|=) (?:an? )?(?P<no_role>[^\s,;]{{1,20}})",
    rf"{WHO} (?:is )?(?:also (?:called|known as|goes by)|aka|a\.k\.a\.|goes by) (?P<also>{NAME})",
    rf"{WHO}['’]s (?:alias|nickname|short name) is (?P<also>{NAME})",
    rf"(?:set |change )?{WHO}['’]s (?:telegram |tg )?(?:username|handle|account) (?:is(?: now)?|to|=) {USERNAME}",
    rf"{WHO} is {USERNAME.replace('@?', '@', 1)} on (?:telegram|tg)",
    rf"{WHO} is (?:no longer|not) called (?P<no_longer>{NAME})",
    rf"rename (?:user |colleague )?{WHO} (?:to|as) (?P<called>{NAME})",
    rf"(?:set|change) {WHO}['’]s name to (?P<called>{NAME})",
    rf"(?:set |change |switch )?{WHO}['’]s language (?:is|to|=) (?:{LANGUAGE})",
    rf"{WHO} (?:uses|speaks|reads|wants|prefers) (?:{LANGUAGE})",
    rf"switch {WHO} to (?:{LANGUAGE})",
    rf"(?:set |change )?{WHO}['’]s (?:time ?zone|zone) (?:is|to|=) (?P<place>{PLACE})",
    rf"{WHO} (?:is (?:now )?(?:in|based in)|(?:has )?moved to|lives in|works from) (?P<there>{PLACE})",
)
NO_NAME = re.compile(r"客户|项目|商机|方案|合同|报价|任务|吗$")
_THE = re.compile(r"^the |^team | team$", re.IGNORECASE)
_GOES_ON = re.compile(r"[,、; ]{1,3}(?:并且?|同时|而且|也)?|并且?|同时")


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]]:
    """The patterns of whole messages, and those of one thing more behind the first."""
    roles = "|".join(sorted((re.escape(word) for word in _roles()), key=len, reverse=True))
    parts = [part.replace("ROLES", roles) for part in PARTS_ZH]
    more = r"(?:[,、;]|并|同时|去?[当做任担]).{1,60}?"
    first = [rf"{PLEASE}(?:把|将|让)?{WHO}(?:{part})(?P<rest>{more})?(?:了|吧|啦)?" for part in parts]
    wholes = [rf"{PLEASE}(?:{pattern.replace('ROLES', roles)})" for pattern in WHOLE]
    return tuple(re.compile(each) for each in (*first, *wholes)), tuple(re.compile(part) for part in parts)


@lru_cache(maxsize=1)
def _roles() -> dict[str, str]:
    return {word: role for role, listed in groups("user_role").items() for word in listed}


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message is the setting, and names no customer, day or sum."""
    if clause.place or scene.has_any("customer", "deal", "task") or holds_values(scene):
        return
    for pattern in _patterns()[0]:
        said = whole(scene, clause, pattern)
        user = addressed_at(scene, *said.span("user")) if said else None
        if said is not None and user is not None and (slots := _slots(scene, said)) is not None:
            yield {"user": user} | slots
            return


def _slots(scene: Scene, said: re.Match[str]) -> dict[str, Any] | None:
    """What is told in a match and behind it; None where some of it is nothing that is told of a colleague."""
    slots = _of(scene, said)
    place, end = said.span("rest") if said.groupdict().get("rest") else (0, 0)
    while slots is not None and place < end:
        joint = _GOES_ON.match(scene.folded, place, end)
        start = joint.end() if joint else place
        more = next((m for part in _patterns()[1] if (m := part.match(scene.folded, start, end))), None)
        told_of = _of(scene, more) if more else None
        if more is None or told_of is None or told_of.keys() & slots.keys():
            return None
        slots |= told_of
        place = more.end()
    if slots is not None and "team" not in slots:
        slots.pop("leads", None)
    return slots


def _of(scene: Scene, said: re.Match[str]) -> dict[str, Any] | None:
    groups_told = {name: told(scene, said, name) for name, value in said.groupdict().items() if value}
    groups_told.pop("rest", None)
    groups_told.pop("user", None)
    name, value = next(iter(groups_told.items()))
    if name in LANGUAGES:
        return {"language": name}
    if name in ("role", "leads"):
        return {"role": _roles()[said["role"]]} if name == "role" else {"role": "manager", "leads": True}
    if name == "there":
        return {"place": value} if zone_of(value) else None
    if name == "team":
        value = _THE.sub("", value).strip()
        return {"team": value} if is_name(value) else None
    if name in ("also", "no_longer", "called") and (NOT_IN_NAMES.search(value) or NO_NAME.search(value)):
        return None
    return {name: value}


WORDS = (
    *(
        "调",
        "转",
        "挪",
        "移",
        "划",
        "分",
        "派",
        "加入",
        "进",
        "归",
        "换",
        "改",
        "升",
        "提",
        "晋",
        "任",
        "当",
        "做",
        "变",
        "设",
        "降",
    ),
    *(
        "叫",
        "别名",
        "小名",
        "外号",
        "昵称",
        "简称",
        "名字",
        "姓名",
        "语言",
        "用",
        "说",
        "讲",
        "时区",
        "账号",
        "帐号",
        "用户名",
        "在",
        "搬",
        "常驻",
    ),
    *(
        "become",
        "became",
        "now",
        "made",
        "promoted",
        "move",
        "transfer",
        "put",
        "assign",
        "add",
        "'s ",
        "’s ",
        "make",
        "promote",
        "change",
        "turn",
        "also",
        "aka",
    ),
    *(
        "goes by",
        "called",
        "rename",
        "username",
        "handle",
        "account",
        "on telegram",
        "on tg",
        "uses",
        "speaks",
        "reads",
        "wants",
        "prefers",
        "switch",
        " in ",
        "lives",
        "works",
    ),
)
RULES = (Rule("set_user", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = (
    "石佳调到华南组",
    "把石佳调到销售二部",
    "石佳升为经理",
    "石佳改为售前",
    "任命石佳为经理",
    "石佳的角色改成财务",
    "石佳调到华南组,升为经理",
    "石佳也叫佳姐",
    "石佳不再叫佳姐",
    "石佳的名字改成石嘉",
    "石佳升职当经理了",
    "石佳升为经理了",
    "石佳被提拔为主管",
    "石佳现在是售前了",
    "石佳调到华南组当组长",
    "石佳用英文",
    "石佳在纽约",
    "石佳的时区是伦敦",
    "石佳的账号是 @shijia_sales",
    "把石佳的用户名改成@shijia88",
    "move Joy to South",
    "transfer Joy to the South team",
    "make Joy a manager",
    "Joy is now a manager",
    "Joy has been promoted to manager",
    "promote Joy to manager",
    "set Joy's role to presales",
    "Joy is also called JJ",
    "Joy speaks English",
    "Joy's language is Chinese",
    "Joy is in New York",
    "Joy's time zone is London",
    "Joy's username is @joy_north",
    "Joy is @joy_north on Telegram",
)
COUNTER_EXAMPLES = (
    "石佳在晨岚",
    "石佳在开会",
    "何总升为经理",
    "何总在纽约",
    "何总用英文",
    "石佳明天在纽约",
    "石佳转到商务谈判",
    "晨岚也叫老陈家",
    "move Joy's brief to 08:00",
    "move the demo to Monday",
    "make Joy a quote",
    "我在纽约",
    "谁在纽约",
    "石佳当经理的时候",
    "石佳是经理",
    "何总升职当经理了",
    "石佳说何总升职当经理了",
    "Lena is now a manager",
    "石佳负责晨岚",
    "何总的账号是 @he_zong",
    "石佳的账号是多少",
)
