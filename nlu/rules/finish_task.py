"""A task is finished.

Slots: task Key; else tasks, the Keys of those that fit equally well; else title str, the words for one that nobody
knows; else points True, the one spoken of last. customer Mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.mood import ahead, asked, denied, is_plan, supposed
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.tasks import numbered_near, told_task, unknown_task
from nlu.titles import title_of

FINISHED = re.compile(
    r"完成了?|[搭做写弄办备调改整]好了?|已经?(?:发|寄|交|提交|办|做)|都?发给[^,。]{1,6}了|交了|搞[定掂]|划掉|勾掉|关掉|可以关"
    r"|关了|[办弄做核写改理备画搞忙]完|修好|已归档|寄了|寄出去|发[过掉]?了"
    r"|[发寄送传](?:过去|出去)了|发他了|发她了|给到|送了|提交了|办妥|完事|了结|done|tick|close|gone out"
    r"|finished|completed|complete\b|wrapped up|sorted|结掉|关\d|开好|票已开|✅"
)
SAID_AS_TASK = re.compile(r"待办|任务|划掉|勾掉|搞定|✅|tick|done|#")
NOT_YET = re.compile(
    r"等[^,。]{0,12}(?:完|好|发|交|搞定)|(?:完成?|好|发|交|搞定)了?(?:之?后|以后|再|才能|就可以)"
    r"|前(?:要|得|必须|务必)?[^,。]{0,4}(?:完|好|发|交|搞定)|\b(?:when|once|after|until|by)\b"
)
ALONE = re.compile(
    r"[\s,]{0,4}(?:我|都|全|已经?|这边|ok,?|好了,?|yes,?){0,4}(?:搞[定掂]|完成|做完|弄完|办完|办[好妥]|完事"
    r"|(?:all |it's |it is |that's )?(?:done|finished|completed))"
    r"[了啦咯喽啊哈 ~!。.,✅👌]{0,12}"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The task that a clause calls finished."""
    around = [c for c in scene.sentence(clause) if abs(c.start - clause.start) < 60]
    text = "".join(c.text for c in around) + scene.folded[clause.end : clause.end + 3]
    word = clause.word("done")
    if (
        ahead(scene, clause)
        or is_plan(scene, clause)
        or not FINISHED.search(text)
        or asked(scene, clause)
        or supposed(scene, clause)
        or NOT_YET.search(clause.text)
        or (word and denied(clause, word))
    ):
        return
    slots: dict[str, Any] = {"customer": clause.customer} if clause.customer else {}
    if numbered := numbered_near(scene, clause):
        yield from ({"task": find.value} for find in numbered)
    elif not FINISHED.search(clause.text) or clause.has("move"):
        return
    elif found := told_task(scene, clause, text) or unknown_task(scene, clause):
        yield slots | found
    elif len(scene.clauses) == 1 and ALONE.fullmatch(clause.text):
        yield slots | {"points": True}
    elif SAID_AS_TASK.search(clause.text) and clause.customer:
        title = title_of(scene, around[0])
        if len(title) >= 4:
            yield slots | {"title": title}


RULES = (Rule("finish_task", "finished", ("done",), read),)
EXAMPLES = (
    "#7 完成了",
    "给何总的方案发了,任务划掉",
    "#7 和 #8 都搞定了",
    "#7 已發",
    "那个任务搞定了",
    "搞定了",
    "方案那个发了",
    "#99 done",
    "done with the proposal",
)
COUNTER_EXAMPLES = (
    "#7 还没完成",
    "#7 推到下周三",
    "订单#4512已经发了",
    "等#7完成了再说",
    "#7 done yet?",
    "今天去了晨岚,都搞定了",
)
