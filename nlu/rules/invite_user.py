"""A colleague is to be let in.

Slots: called str; role (rep, presales, support, finance, manager, admin), team, language (zh, en) str, where said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from nlu.clauses import Clause
from nlu.lexicon import groups
from nlu.rule import Rule
from nlu.rules.set_language import LANGUAGES
from nlu.scene import Scene
from nlu.segment import is_ordinary
from nlu.whole import NOT_IN_NAMES, PLEASE, holds_values, is_full_name, names_records, told, whole

GAP = r"[\s,、;/:|()]"
ENGLISH_LEADS = "as|to|in|into|on|for|join|role|speaking|speaks"
LEADS = (
    r"(?:作为|担任|放[到在进]?|分到|加入到?|进入?|调到|到|在|当|做|任|为|来|带|管(?!理员)|负责(?!人)|角色是?|团队是?"
    rf"|(?:{ENGLISH_LEADS})(?![a-z]))"
)
SOMEBODY = r"(?:新?同事|新人|新?成员|新?用户|新?账号)"
CALLED = (
    rf"(?:/invite |{PLEASE}(?:(?:邀请|invite)(?:一下)?(?:一?[个位名])?"
    rf"(?:{SOMEBODY}|(?: a)?(?: new)? (?:colleague|user))?"
    rf"|(?:添加|新增|增加|加|开通)(?:一?[个位名])?{SOMEBODY}"
    r"|add (?:a |an )?(?:new )?(?:colleague|user|team ?mate|team member)))"
    rf"{GAP}{{0,2}}(?P<name>[一-鿿·]{{2,8}}?|[a-z][\w'’.-]{{0,30}}(?: [a-z][\w'’.-]{{0,30}}){{0,3}}?)"
)
APART = rf"[,、;/:|]|\s(?=[一-鿿]|(?:{ENGLISH_LEADS})\s)"
SAID = (  # the second where a word that leads on is part of the name: 张大为
    re.compile(rf"{CALLED}(?P<rest>(?:{APART}|(?<=[一-鿿·])(?:\s|{LEADS})).{{0,80}}| ?\(.{{1,80}}\))?"),
    re.compile(rf"{CALLED}(?P<rest>(?:{APART}|(?<=[一-鿿·])\s).{{0,80}})"),
)
LANGUAGE = "|".join(f"(?P<{key}>(?:说|用)?(?:{names})(?:界面)?)" for key, names in LANGUAGES.items())
TEAM = (
    r"(?P<team>(?:team )?[^\s,、;/:|()]{1,16}?(?:组|部|队|团队|大区|区域|区|中心|分公司|办事处| team)"
    r"|team [\w-]{1,20})"
)
JOIN_US = r"(?:加入|join)?(?: ?(?:团队|系统|我们|公司|genjin|跟进|team|us|system|company|join|加入))(?:吧|里)?"


@lru_cache(maxsize=1)
def _part() -> re.Pattern[str]:
    """One thing told of the newcomer: a role, a language, a team, or other words up to the next gap."""
    roles = "|".join(
        f"(?P<{role}>(?:an? |the |一[名个])?(?:{'|'.join(re.escape(w) for w in sorted(said, key=len, reverse=True))}))"
        for role, said in groups("user_role").items()
    )
    return re.compile(
        rf"{GAP}{{0,4}}(?:{LEADS}[ :]?){{0,3}}(?:(?:the|our|an?|这个|我们的?) ?)?"
        rf"(?:(?:{roles}|{LANGUAGE}|{TEAM}|(?P<us>{JOIN_US})|(?P<other>[^\s,、;/:|()]{{1,16}}))"
        rf"(?={GAP}|{LEADS}|$))"
    )


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message is the command: a name, and what is told of the newcomer; anything more makes it another."""
    for pattern in SAID:
        said = whole(scene, clause, pattern)
        if said is None or names_records(scene) or holds_values(scene):
            continue
        parts = _parts(scene, said.start("rest"), said.end("rest")) if said["rest"] else {}
        name = told(scene, said, "name")
        if parts is None or is_ordinary(said["name"]) or NOT_IN_NAMES.search(name):
            continue
        if "role" in parts or is_full_name(name):
            yield {"called": name} | {slot: value for slot, value in parts.items() if slot != "us"}
            return


def _parts(scene: Scene, place: int, end: int) -> dict[str, Any] | None:
    """What is told behind the name, None where some of it is nothing that is told of a colleague."""
    parts: dict[str, Any] = {}
    while place < end:
        found = _part().match(scene.folded, place, end)
        if found is None:
            return parts if not scene.folded[place:end].strip(" ,、;.()") else None
        kind = found.lastgroup or ""
        slot = "role" if kind in groups("user_role") else "language" if kind in LANGUAGES else kind
        value = kind if slot in ("role", "language") else told(scene, found, kind)
        if slot == "other":  # a team's name, where a role was told before
            slot = "team" if "role" in parts else ""
        if not slot or slot in parts:
            return None
        parts[slot] = value
        place = found.end()
    return parts


WORDS = ("邀请", "invite", "同事", "新人", "成员", "用户", "账号", "add ")
RULES = (Rule("invite_user", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = (
    "邀请张三,销售,华东组",
    "邀请李雷加入华东组做销售",
    "邀请韩梅梅当财务",
    "帮我邀请新同事王晓梅,售前",
    "邀请欧阳明",
    "invite Jane Doe as rep in East team",
    "invite Jane Doe as a sales rep",
    "invite Bob Stone to the North team as manager",
    "邀请Jenny,客服,英文",
    "邀请李雷,管理员",
    "添加一个新同事李雷,做销售",
    "add a new user: Jane Doe, rep",
)
COUNTER_EXAMPLES = (
    "邀请何总参加发布会",
    "邀请客户来访",
    "邀请晨岚的陶欣来参观,她是采购",
    "下周邀请李雷来公司讲一讲",
    "invite Jane to lunch tomorrow",
    "invite Bob to the demo",
    "邀请张三周五来公司",
    "invite the customer to our event",
    "加个联系人张伟,财务",
    "新增客户李雷商贸",
)
