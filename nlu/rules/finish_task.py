"""A known task is finished. Slots: task Key, or title str where no known task fits; customer Mention."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.mood import ahead, asked, denied, is_plan, supposed
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.tasks import likeliest
from nlu.titles import title_of

FINISHED = re.compile(
    r"完成了?|[搭做写弄办备调改整]好了?|已经?发给|都?发给[^,。]{1,6}了|交了|搞定|划掉|勾掉|关掉|可以关"
    r"|关了|办完|弄完|做完|核完|修好|已归档|寄了|寄出去|发过?了"
    r"|[发寄送传](?:过去|出去)了|发他了|发她了|给到|送了|done|tick|close|gone out"
    r"|finished|completed|结掉|关\d|开好|票已开|✅"
)
SAID_AS_TASK = re.compile(r"待办|任务|划掉|勾掉|搞定|✅|tick|done|#")


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
        or (word and denied(clause, word))
    ):
        return
    slots: dict[str, Any] = {"customer": clause.customer} if clause.customer else {}
    if numbered := [f for c in around for f in c.all("task")]:
        yield slots | {"task": numbered[0].value}
    elif not FINISHED.search(clause.text) or clause.has("move"):
        return
    elif (task := likeliest(scene, clause, text)) is not None:
        yield slots | {"task": task.key}
    elif SAID_AS_TASK.search(clause.text) and clause.customer:
        title = title_of(scene, around[0])
        if len(title) >= 4:
            yield slots | {"title": title}


RULES = (Rule("finish_task", "finished", ("done",), read),)
EXAMPLES = ("#7 完成了", "给何总的方案发了,任务划掉")
COUNTER_EXAMPLES = ("#7 还没完成", "#7 推到下周三")
