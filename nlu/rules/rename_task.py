"""A task gets another title. Slots: task, tasks or points as `finish_task` has them; new_title str."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.mood import asked, supposed
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.tasks import named_in

NAMED = re.compile(
    r"[的]?(?:标题|名字|名称|题目)?[,: ]{0,4}(?:请|帮我|麻烦|就|也)?"
    r"(?:(?:改名|更名|重命名|改个名字?|标题改|名字改)(?:[为成叫]|叫做)?|改[成为叫]|叫做)"
    r"[「“\": ]{0,4}(?P<zh>[^「」“”\"]{2,120})"
    r"| ?(?:to|as|into|:)[「“\" ]{1,4}(?P<en>[^「」“”\"]{2,120})"
)
RENAMES = re.compile(r"\b(?:rename|retitle|change the (?:title|name) of|call)\b")
ENDS = re.compile(r"[\s」”\"。.!;,~]{1,12}$|(?:吧|哈|谢谢|please|thanks)[\s。.!]{0,6}$")


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The new title, to the end of the sentence."""
    if asked(scene, clause) or supposed(scene, clause):
        return
    sentence = scene.sentence(clause)
    for told, end in named_in(scene, clause):
        said = NAMED.match(scene.folded, end, sentence[-1].end)
        name = "zh" if said and said["zh"] else "en"
        if said is None or (name == "en" and not RENAMES.search(scene.folded, clause.start, end)):
            continue
        title = ENDS.sub("", scene.original(said.start(name), said.end(name)))
        if len(title) >= 2 and not _is_no_title(scene, clause, said.start(name), said.end(name)):
            yield told | {"new_title": title}


def _is_no_title(scene: Scene, clause: Clause, start: int, end: int) -> bool:
    """Whether what follows is a day (改成下周二), a sum, or a colleague (改成小李做): a change of something else."""
    rest = scene.folded[start:end]
    for find in scene.finds:
        if find.kind in ("when", "user", "money") and start <= find.start < end:
            rest = rest.replace(find.text, "", 1)
    return len(re.sub(r"[\s,。.!给让由去来做办跟进负责处理交吧]", "", rest)) < 2


WORDS = ("改", "更名", "命名", "叫做", "rename", "retitle", "change the", "call")
RULES = (Rule("rename_task", "named anew", (), read, words=WORDS),)
EXAMPLES = (
    "#7改名为给何总发正式方案",
    "把#7改成给何总发最终版方案",
    "rename #8 to Prepare the Egret demo",
    "方案那个改名叫发正式方案",
    "任务7的标题改成:月底前给何总发方案",
)
COUNTER_EXAMPLES = ("#7改成下周二", "#7改成小方做", "晨岚的行业改成医疗", "金额改成30万", "#7 推到下周三")
