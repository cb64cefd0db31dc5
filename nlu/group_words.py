"""What is said to the bot in a group about the group itself: that it be bound or freed, to what it is, who sees that by
it, and how its deal stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from nlu.names import Names, fold
from nlu.rule import Key
from nlu.scene import lay_out
from nlu.whole import ENDS, LONGEST, PLEASE

_GROUP = r"(?:这个|这|本|当前)?群(?:聊|组)?"
_THIS = r"(?:this |the )?(?:group|chat|topic)"
_OURS = rf"(?:我们|咱们?)?{_GROUP}(?:里|现在|目前|到底|都)?"
_WHAT = r"(?:哪[个家一]?(?:个|家)?|什么|啥|谁)(?:的)?(?:客户|商机|单子?|项目|公司)?"
_RECORDS = r"(?:单子?|商机|客户|项目|内容|资料|信息|记录|东西)"
_WHO = r"(?:都)?(?:有)?(?:谁|哪些人|哪几个人|哪些同事)(?:都)?(?:能|可以)(?:看(?:到|见)?|访问)"
WHICH = (
    rf"{_OURS}(?:是)?(?:绑定?|关联|对应|跟进?|挂)(?:的|了|到|在)?(?:的)?(?:是)?{_WHAT}(?:的)?(?:呢|啊|吗)?",
    rf"{_OURS}(?:的)?绑定(?:情况|关系|状态|信息|对象)(?:是什么|怎么样)?|{_OURS}绑定?(?:了吗|了没有?|没有?)",
    rf"{_OURS}(?:是)?(?:用来)?(?:干[嘛吗啥]|(?:干|做|聊|讲|说)(?:什么|啥)|(?:什么|啥)群|关于{_WHAT})(?:用)?(?:的)?(?:呢|啊|呀)?",
    rf"(?:what|which (?:deal|customer|client|account)) is {_THIS} (?:bound|linked|connected|tied) to",
    rf"what(?:'s| is) {_THIS} (?:about|for)",
    rf"is {_THIS} (?:bound|linked|connected)(?: to (?:anything|something|a deal))?",
)
WHO = (
    rf"{_WHO}(?:{_GROUP}|这里|这)?(?:里)?(?:的)?(?:这个)?{_RECORDS}?(?:啊|呢)?",
    rf"{_OURS}(?:的)?{_RECORDS}?{_WHO}(?:啊|呢)?",
    r"who(?: all)? (?:can|may) (?:see|view|access) (?:it|this|what is here|(?:this|the|our) (?:deal|customer|account)"
    rf"|{_THIS}(?:'s)?(?: ?(?:deal|customer|records))?)(?: here)?",
)
BIND = (
    r"/bind(?:\s+(?P<rest>.+))?",
    rf"{PLEASE}(?:把)?(?:{_GROUP})?(?:绑定(?!的)|绑到|关联到)(?:{_GROUP})?(?:到|成|为|给|上|在)?(?:客户|商机|项目)?(?P<rest>.*)",
    rf"{PLEASE}(?:bind|link|connect) {_THIS}(?: to| with)?(?: the)?(?: (?:deal|customer|client))?(?: (?P<rest>.+))?",
)
UNBIND = (
    rf"/unbind|{PLEASE}(?:把)?(?:{_GROUP})?(?:的)?(?:解绑|(?:取消|解除)(?:{_GROUP})?(?:的)?(?:绑定|关联))(?:{_GROUP})?(?:吧|了)?",
    rf"{PLEASE}(?:unbind|unlink|untie|disconnect)(?: {_THIS})?",
)
STATUS = (
    r"/status|(?:项目|商机|这单|这个单子|客户)?(?:现在|目前|眼下)?(?:是|都)?(?:什么|啥|怎么个?)(?:情况|状态|进展|样)了?(?:呢|啊)?",
    r"(?:现在|目前)?(?:进展|进度|情况)(?:如何|怎么?样|怎样)?了?|(?:现在|目前)?(?:到|走到)(?:哪|什么)(?:一?步|个?阶段)了?",
    rf"{PLEASE}(?:what(?:'s| is) (?:the )?(?:status|state)(?: (?:of (?:this|the) deal|here|now))?|status"
    r"|(?:where|how) (?:do|are) (?:we|things)(?: stand(?:ing)?)?(?: now)?|how is (?:it|this|the deal) (?:going|doing))",
)
_SAID = {
    kind: tuple(re.compile(pattern) for pattern in patterns)
    for kind, patterns in (
        ("which", WHICH),
        ("who", WHO),
        ("unbind", UNBIND),
        ("bind", BIND),
        ("status", STATUS),
    )
}
_AROUND = re.compile(r"(?:这个|的|那个|项目|商机|单子|客户|deal|project|'s|\s|,|、|·|/|-)+")


@dataclass(frozen=True)
class GroupCommand:
    """`kind` is bind, unbind, which, who or status; `rest` tells of bind to what, "" where nothing was told."""

    kind: str
    rest: str = ""


@dataclass(frozen=True)
class Named:
    """What words name: customers and deals by key, and the words that are left when the customer's are taken out."""

    customers: tuple[Key, ...] = ()
    deals: tuple[Key, ...] = ()
    left: str = ""


def group_command(text: str) -> GroupCommand | None:
    """What the whole of a text wants of the group; None where it says anything else."""
    if len(text) > LONGEST:
        return None
    said = fold(text).strip(ENDS)
    for kind, patterns in _SAID.items():
        for pattern in patterns:
            if found := pattern.fullmatch(said):
                rest = (found.groupdict().get("rest") or "").strip()
                at = fold(text).find(rest)
                is_same_length = len(fold(text)) == len(text)
                return GroupCommand(kind, text[at : at + len(rest)] if is_same_length else rest)
    return None


def named_in(text: str, *, now: datetime, names: Names, sender: Key | None) -> Named:
    """The customers and deals that a few words name."""
    scene = lay_out(text, now, names, sender)
    found = [find for find in scene.finds if find.kind in ("customer", "deal") and not isinstance(find.value, str)]
    customers = [key for find in found if find.kind == "customer" for key in find.value]
    deals = [pair for find in found if find.kind == "deal" for pair in find.value]
    said = [pair for pair in deals if not customers or pair[0] in customers]
    left = fold(text)
    for find in found:
        if find.kind == "customer":
            left = left.replace(fold(find.text), " ", 1)
    own: Sequence[Key] = customers or [pair[0] for pair in said]
    return Named(tuple(dict.fromkeys(own)), tuple(dict.fromkeys(pair[1] for pair in said)), _AROUND.sub("", left))


def is_called(name: str, left: str) -> bool:
    """Whether what is left of the words names a deal: in full, or by a part of its name."""
    folded = _AROUND.sub("", fold(name))
    return len(left) > 1 and (left in folded or folded in left)
