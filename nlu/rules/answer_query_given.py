"""The sender asks what becomes of the tasks that they gave to others.

Slots as in answer_query: topic tasks, given True, user.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.colleagues_named import COLLEAGUE, addressed_at
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.whole import PLEASE, whole

HOW = (
    r"(?:都|现在|目前)?(?:怎么样了?|进展如何|进度|进展|到哪了?|清单|列表"
    r"|(?:做|完成|办|干)(?:完|好|到哪)?了?(?:吗|没有?|没))"
)
GAVE = r"(?:派|布置|交代|安排|分配|指派|交办|下派|给出)(?:了|出去|下去)?"
SAID = re.compile(
    rf"{PLEASE}(?:看看|看一下|查看|查一下|列出|列一下)?我"
    rf"(?:{GAVE}(?:给(?P<to>{COLLEAGUE}))?|给(?P<to3>{COLLEAGUE}){GAVE})的(?:任务|活|事情?)(?:{HOW})?"
    rf"|{PLEASE}(?:show |list |what about |how are )?(?:me )?(?:the )?(?:tasks|todos)(?: that)? i(?: have|'ve)? "
    rf"(?:gave|given|assigned|delegated|handed out)(?: to (?P<to2>{COLLEAGUE}))?"
    r"|what (?:tasks |work )?(?:have i|did i) (?:delegated?|assign(?:ed)?)(?: to (?P<to4>[a-z一-鿿][^,;!?]{0,30}?))?"
    r"|(?:my )?delegated tasks"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message is the question."""
    said = whole(scene, clause, SAID)
    if said is None:
        return
    group = next((name for name in ("to", "to2", "to3", "to4") if said[name]), None)
    user = addressed_at(scene, *said.span(group)) if group else None
    if group is None or user is not None:
        yield {"topic": "tasks", "given": True} | ({"user": user} if user else {})


WORDS = ("派", "布置", "交代", "安排", "分配", "交办", "给出", "gave", "given", "assign", "delegate", "handed")
RULES = (Rule("answer_query", "command", (), read, certain=True, whole=True, words=WORDS),)
EXAMPLES = (
    "我派的任务",
    "我派给石佳的任务",
    "我布置的任务怎么样了",
    "我安排的事都做了吗",
    "我给石佳派的任务",
    "what tasks did I assign to Joy",
    "tasks I gave",
    "tasks I assigned to Joy",
    "what did I delegate",
)
COUNTER_EXAMPLES = ("派个任务给石佳", "我派石佳去了晨岚", "白鹭安排的任务明天做")
