"""A colleague is to be shut out. Slots: user Mention."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.rule import Mention, Rule
from nlu.scene import Scene
from nlu.whole import PLEASE, holds_values, is_full_name, names_records, told, whole

NAME = r"(?P<{}>[^\s,。;!?:@/]{{1,24}}?(?: [^\s,。;!?:@/]{{1,24}}?){{0,3}}?)"
ACCOUNT = r"(?:的)?(?:账号|账户|帐号|帐户|使用权限|权限)"
SHUT = r"(?:停用|禁用|停掉|注销|冻结|封停|移除|踢出)"
SAID = re.compile(
    rf"{PLEASE}{SHUT}(?:一下|掉|了)?[ @]?(?:同事|用户|员工|账号|账户)?[ @:]?{NAME.format('a')}(?:{ACCOUNT})?"
    rf"|{PLEASE}把[ @]?{NAME.format('b')}(?:{ACCOUNT})?(?:给)?{SHUT}(?:了|掉|一下)?"
    rf"|{PLEASE}(?:deactivate|offboard|suspend|disable|block|(?:revoke|remove) access for) (?:user |colleague )?"
    rf"@?{NAME.format('c')}(?:(?:'s)? (?:account|access))?"
    rf"|{PLEASE}(?:同事)?[ @]?{NAME.format('e')}(?:要|已经?|马上|快要?|今天|刚)?(?:离职|辞职)(?:了|啦)?"
    rf"|@?{NAME.format('f')} (?:is leaving us|has left us|left the company|has left the company|has resigned|resigned)"
    rf"|{PLEASE}remove @?{NAME.format('d')} from (?:the|our) team"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message is the command, and names a colleague, or somebody of whom an account is spoken."""
    said = whole(scene, clause, SAID)
    user = named(scene, said, "abcdef") if said is not None else None
    if said is None or user is None or ((said["e"] or said["f"]) and user.key is None):
        return  # who leaves may be somebody of a customer's: only a colleague who is known is one of ours
    yield {"user": user}


def named(scene: Scene, said: re.Match[str], groups: str) -> Mention | None:
    """The colleague whom a command names: one who is known, else what looks like a person's name."""
    group = next(group for group in groups if said[group])
    for find in scene.finds:
        if find.kind == "user" and said.start(group) <= find.start and find.end <= said.end(group):
            if find.end - find.start < said.end(group) - said.start(group):
                return None
            only = find.value[0] if len(find.value) == 1 else None
            return Mention(told(scene, said, group), only, () if only is not None else find.value)
    name = told(scene, said, group)
    if names_records(scene) or holds_values(scene):
        return None
    return Mention(name) if is_full_name(name) else None


WORDS = (
    "停用",
    "禁用",
    "停掉",
    "注销",
    "冻结",
    "封停",
    "移除",
    "踢出",
    "deactivate",
    "offboard",
    "suspend",
    "disable",
    "block",
    "revoke",
    "remove",
    "离职",
    "辞职",
    "leaving",
    "left",
    "resigned",
)
RULES = (Rule("deactivate_user", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = (
    "停用方一诺",
    "把方一诺的账号停用",
    "deactivate Jane Doe",
    "disable Joy's account",
    "停用石佳的账号",
    "石佳离职了",
)
COUNTER_EXAMPLES = (
    "停用晨岚",
    "晨岚停用了旧系统",
    "停用旧系统",
    "方一诺停用了门禁系统",
    "disable the feature",
    "何总要注销账号",
    "何总离职了",
    "晨岚的采购经理离职了",
)
