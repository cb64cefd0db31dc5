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
from nlu.tasks import meant, numbered_near, told_task, unknown_task
from nlu.titles import title_of

SAID_AS_TASK = re.compile(r"待办|任务|[划勾剔销]掉|搞定|✅|\btick|\btodo\b|\btask\b|#")
TICKED = re.compile(r"[✅✔☑]")
NOT_YET = re.compile(
    r"等[^,。]{0,12}(?:完|好|发|交|搞定)|(?:完成?|好|发|交|搞定)了?(?:之?后|以后|再|才能|就可以)"
    r"|前(?:要|得|必须|务必)?[^,。]{0,4}(?:完|好|发|交|搞定)|\b(?:when|once|after|until|by)\b"
)
COUNTS = re.compile(r"(?:几|多少|哪些?)[个条件项]?(?:任务|待办)|\b(?:how many|which) (?:tasks|to-?dos)\b")
ALONE = re.compile(
    r"[\s,]{0,4}(?:我|都|全|已经?|这边|ok,?|好了,?|yes,?){0,4}(?:搞[定掂]|完成|做完|弄完|办完|办[好妥]|完事"
    r"|(?:all |it's |it is |that's )?(?:done|finished|completed))"
    r"[了啦咯喽啊哈 ~!。.,✅👌]{0,12}"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The task that a clause calls finished."""
    if _is_unfinished(scene, clause) or (clause.has("move") and not numbered_near(scene, clause)):
        return
    slots: dict[str, Any] = {"customer": clause.customer} if clause.customer else {}
    if found := meant(scene, clause):
        yield from (told if numbered_near(scene, clause) else slots | told for told in found)
    elif unknown := unknown_task(scene, clause):
        yield slots | unknown
    elif len(scene.clauses) == 1 and ALONE.fullmatch(clause.text):
        yield slots | {"points": True}
    elif SAID_AS_TASK.search(clause.text) and (clause.customer or TICKED.search(clause.text)):
        title = title_of(scene, scene.sentence(clause)[0])
        if len(title) >= 4:
            yield slots | {"title": title}


def _is_unfinished(scene: Scene, clause: Clause) -> bool:
    """Whether a clause that speaks of finishing tells of no end: planned, asked, supposed, awaited, denied."""
    word = clause.word("done")
    return bool(
        ahead(scene, clause)
        or is_plan(scene, clause)
        or asked(scene, clause)
        or supposed(scene, clause)
        or NOT_YET.search(clause.text)
        or COUNTS.search(clause.text)
        or (clause.has("budget") and clause.first("money"))
        or (word and denied(clause, word))
    )


def read_numbered(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The tasks whose numbers a clause gives, whatever it tells of them but that they move."""
    after = scene.after(clause)
    is_moved = clause.has("move") or (after is not None and after.has("move"))
    if not is_moved and not _is_unfinished(scene, clause):
        yield from ({"task": find.value} for find in numbered_near(scene, clause))


def read_likely(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The known task that a clause paraphrases, whatever it tells of it."""
    if not _is_unfinished(scene, clause) and (told := told_task(scene, clause, clause.text)) and "task" in told:
        yield told


RULES = (
    Rule("finish_task", "finished", ("done",), read),
    Rule("finish_task", "numbered", (), read_numbered, ("task",), perhaps=True),
    Rule("finish_task", "likely", (), read_likely, perhaps=True),
)
EXAMPLES = (
    "#7 完成了",
    "给何总的方案发了,任务划掉",
    "#7 和 #8 都搞定了",
    "#7 已發",
    "那个任务搞定了",
    "那个任务销了吧",
    "第7条消了吧",
    "演示环境那条勾掉",
    "搞定了",
    "方案那个发了",
    "#99 done",
    "done with the proposal",
    "7 搞掂咗",
    "7号可以关了",
    "第7条完成了,划掉吧",
    "白鹭的演示环境搭好了",
    "给晨岚的修订方案发过去了",
)
COUNTER_EXAMPLES = (
    "#7 还没完成",
    "#7 推到下周三",
    "订单#4512已经发了",
    "等#7完成了再说",
    "#7 done yet?",
    "小方上周完成了几个任务",
    "今天去了晨岚,都搞定了",
    "晨岚要了7套,合同已交",
)
