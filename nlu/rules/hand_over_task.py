"""A task goes to somebody else.

Slots: task, tasks, title or points as `finish_task` has them; assignee Mention, due When where a day is told with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.mood import asked, supposed
from nlu.rule import Find, Mention, Rule
from nlu.scene import Scene
from nlu.tasks import named_in
from nlu.telling import due_at

DOING = (
    r"(?:去|来|帮忙|帮我)?(?:做|跟进|跟|负责|处理|接手|接|办|弄|搞|发|管|牵头|落实|完成|盯)?(?:完|好)?"
    r"(?:一下|了|吧|哈|啦|就行|就好){0,4}"
)
BEFORE = re.compile(
    r"[\s,的都也就先]{0,6}(?:请|麻烦|帮我|改|换|直接)?"
    r"(?:(?:转|交|移交|转交|交接|派|分|分派|分配|指派|改派|转派|移|安排)?(?:给|到)|让|由|叫|换成|换|改成|归|派)[\s@]{0,4}"
    r"| ?(?:over |back )?(?:to|for) (?:my colleague )?@?"
)
AFTER = re.compile(
    rf"\s{{0,4}}{DOING}[\s,。.!~;]{{0,6}}(?:谢谢|please|thanks|to (?:do|handle|finish)|instead)?[\s。.!~]{{0,6}}"
)
PAUSE = re.compile(r"[,。;]\s*$")
GIVES = re.compile(r"(?:hand|give|assign|reassign|re-assign|transfer|pass|delegate|move)\b[^,。]{0,12}$")
LETS = re.compile(r"(?:let|have|ask)? ?@?$")
TAKES = re.compile(r" ?(?:do|handle|take(?:s)?(?: over| care of)?|finish|own)s? ?$")
ENDS = r"(?=去|来|做|跟|负责|处理|接|办|吧|[\s,。.!~;]|$)"
SOMEBODY = re.compile(rf"(?:[老小阿大][一-鿿]{{1,2}}?{ENDS}|[一-鿿]{{2,4}}?{ENDS}|[a-z]{{2,20}}(?: [a-z]{{2,20}})?)")


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """Who gets the task that a clause refers to: #7给小方, 方案那个让小方去做, give #7 to Lee, let Lee do #7."""
    named = named_in(scene, clause)
    if not named or asked(scene, clause) or supposed(scene, clause):
        return
    for told, place in named:
        end = _where_told(scene, clause, place)
        before = BEFORE.match(scene.folded, place, end)
        if before is None or (before[0].isascii() and not GIVES.search(scene.folded, clause.start, place)):
            continue
        if someone := _somebody(scene, before.end(), end):
            within = [other for other in scene.sentence(clause) if place <= other.end <= end]
            due = next((at for other in within if (at := due_at(scene, other))), None)
            yield told | {"assignee": someone} | ({"due": due} if due else {})


def _where_told(scene: Scene, clause: Clause, place: int) -> int:
    """Where the words end that say to whom: with the clause, or with the next ones where no pause divides them."""
    end = clause.end
    for other in scene.sentence(clause):
        if other.start == end and not PAUSE.search(scene.folded[place:end]):
            end = other.end
    return end


def _somebody(scene: Scene, start: int, end: int) -> Mention | None:
    """The colleague at a place, where nothing follows but that the task is theirs; one whom nobody knows as said."""
    known = [f for f in scene.finds if f.kind == "user" and f.start == start]
    for find in known:
        if AFTER.fullmatch(_without_times(scene, find.end, end)):
            return _mention(scene, find)
    said = SOMEBODY.match(scene.folded, start, end)
    if known or said is None or not AFTER.fullmatch(_without_times(scene, said.end(), end)):
        return None
    if any(f.start < said.end() and start < f.end for f in scene.finds):
        return None  # a person at a customer, a day, a firm: nobody who takes tasks on
    return Mention(scene.original(said.start(), said.end()))


def _without_times(scene: Scene, start: int, end: int) -> str:
    rest = scene.folded[start:end]
    for find in scene.finds:
        if find.kind == "when" and start <= find.start and find.end <= end:
            rest = rest.replace(find.text, "", 1)
    return rest


def _mention(scene: Scene, find: Find) -> Mention:
    text = scene.original(find.start, find.end)
    return Mention(text, find.value[0]) if len(find.value) == 1 else Mention(text, None, tuple(find.value))


def read_let(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """let Lee do #7, Lee takes over the quote one."""
    for find in clause.all("user"):
        taken = TAKES.search(scene.folded, find.end, _first_task(clause))
        if taken and find.end <= taken.start() <= find.end + 1 and LETS.search(scene.folded, clause.start, find.start):
            for told, _ in named_in(scene, clause):
                yield told | {"assignee": _mention(scene, find)}


def _first_task(clause: Clause) -> int:
    task = clause.first("task")
    return task.start if task else clause.start


RULES = (
    Rule("hand_over_task", "given", (), read),
    Rule("hand_over_task", "taken over", (), read_let, ("task",)),
)
EXAMPLES = (
    "#7给小方",
    "#7 转给一诺",
    "方案那个让小方去做",
    "give #7 to Joy",
    "hand it to Joy",
    "let Joy do #7",
    "#7交给石佳跟进",
    "#7給小方",
    "#7 给小方,#8 推到下周一",
    "#8 让小方周五前做完",
)
COUNTER_EXAMPLES = (
    "让小方给白鹭发报价",
    "报价发给小方了",
    "#7 推到下周三",
    "给何总的方案发了,任务划掉",
    "#7 给何总发过去了",
)
