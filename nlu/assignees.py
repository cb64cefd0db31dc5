"""Who is to do a task: the colleague whom a message calls on, names for it, or speaks to."""

from __future__ import annotations

import re

from nlu.clauses import Clause
from nlu.rule import Find, Mention
from nlu.scene import Scene

ASKING_LEADS = ("让", "请", "叫", "麻烦", "安排", "另请", "remind", "please", "need")
NAMING_LEADS = ("(", "责任人:", "负责人:", "责任人", "owner:")
NO_LEADS = ("", "另外", "还有", "然后", "also", "and", "另")
TO_COLLEAGUE = re.compile(
    r"[ ]{0,3}(?:[,:,:]|你|把|去|来|在|周|明|后|今|下|于|请|看|准备|提前|\d|，|帮|务必|赶紧|抓紧|则|本周"
    r"|先|,? please|陪|the |get|finish"
    r"|call|核实|出|draft|chase)"
)
COMPANION = re.compile(
    r"(?:跟|和|与|同|陪|给|向|找|带|发|带上|抄送|叫上|给到|交给我和|for|with|to|and|at|from|问|告诉|通知|、)[ ]?$"
)
GIVES_IT = re.compile(r"[ ]?(?:要我|让我|叫我|催|说|问|介绍|转|那边说|要求|wants|asked|said|says|的|审批|批)")
TAKES_ON = re.compile(r"负责|跟进|来?[做办弄出写搞]|处理|牵头|to do|owns?")


def called_on(scene: Scene, clause: Clause) -> Find | None:
    """The colleague whom a clause calls on: @小林 …, 小林, …, 让小林…, (小林) behind it."""
    for find in clause.all("user"):
        before = _before(scene, clause, find)
        if find.rule == "called" or before.endswith(ASKING_LEADS):
            return find
        if before in NO_LEADS and TO_COLLEAGUE.match(scene.folded, find.end):
            return find
        if before.endswith(NAMING_LEADS) and scene.folded[find.end : find.end + 1] in "),;。 ":
            return find
    return None


def _before(scene: Scene, clause: Clause, find: Find) -> str:
    """What a clause says before a find, its times left out."""
    text = scene.folded[clause.start : find.start]
    for when in clause.all("when"):
        text = text.replace(when.text, "", 1)
    return text.strip(" @,")


def _doer(scene: Scene, clause: Clause) -> Find | None:
    """The one colleague of a clause who neither comes along nor receives it: 方案小林周五前出."""
    users = [f for f in clause.all("user") if f.value != (scene.sender,)]
    if len(users) != 1 or (
        clause.all("person") and users[0].start == clause.all("person")[0].start and clause.customer
    ):
        return None
    before = scene.folded[max(clause.start, users[0].start - 6) : users[0].start]
    if COMPANION.search(before) or GIVES_IT.match(scene.folded, users[0].end):
        return None
    return users[0]


def assignee_of(scene: Scene, clause: Clause) -> Mention | None:
    """Who is to do what a clause wants: called on here or earlier in the sentence, named in it, or spoken to."""
    find = called_on(scene, clause)
    for other in scene.sentence(clause) if find is None else ():
        if other.start < clause.start:
            find = called_on(scene, other) or find
    find = find or _doer(scene, clause) or _taken_on(scene, clause)
    if find is None and re.search(r"你|您|麻烦", clause.text) and not re.search(r"提醒我|帮我", clause.text):
        earlier = [f for c in scene.near(clause) if c.start <= clause.start for f in c.all("user")]
        find = earlier[-1] if earlier else None
    find = find or _addressed(scene, clause)
    if find is None or len(find.value) != 1:
        return None
    return Mention(scene.original(find.start, find.end), find.value[0])


def _taken_on(scene: Scene, clause: Clause) -> Find | None:
    """The colleague of whom the next clause says no more than that it is theirs: 小林做, 小林负责跟进."""
    after = scene.after(clause)
    if after is None or after.sentence != clause.sentence or len(after.text.strip(" ,。;")) > 9:
        return None
    users = after.all("user")
    return users[0] if len(users) == 1 and TAKES_ON.search(after.text) else None


def _addressed(scene: Scene, clause: Clause) -> Find | None:
    """The colleague whom the line so far speaks to: 小林: …; …, or Lin, …. And …."""
    found = None
    if re.match(r"\s*(?:我|i\b|i'll)", clause.text):
        return None
    for other in scene.near(clause):
        if other.block == clause.block and other.start < clause.start:
            for find in other.all("user"):
                before = scene.folded[other.start : find.start].strip(" @")
                if not before and re.match(r"[ ]?[:,啊呀]", scene.folded[find.end : find.end + 2]):
                    found = find
    return found
