"""Commands: messages that say one thing and nothing else. Their patterns match the whole message, never a part."""

from __future__ import annotations

import re

from nlu.clauses import Clause
from nlu.normalise import normalise
from nlu.scene import Scene
from nlu.segment import is_ordinary
from nlu.short_forms import surname_of

LONGEST = 120  # characters: a command is short
ENDS = " \t\n。.!?~,;"
PLEASE = r"(?:(?:请|麻烦|帮我|帮忙|please|pls|can you|could you)[ ,]{0,2}){0,2}"
NOT_IN_NAMES = re.compile(r"[的了吗吧着被把给您你我他她它这那哪谁]")
LATIN_NAME = re.compile(r"[A-Z][\w'’-]*\.?(?: [A-Z][\w'’-]*\.?){0,3}")
CHINESE_NAME = re.compile(r"[一-鿿]{2,4}")


def whole(scene: Scene, clause: Clause, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """The match of a pattern with the whole message, less what ends a sentence; for the first clause alone."""
    if clause.place or len(scene.folded) > LONGEST:
        return None
    start = len(scene.folded) - len(scene.folded.lstrip())
    return pattern.fullmatch(scene.folded, start, max(start, len(scene.folded.rstrip(ENDS))))


def told(scene: Scene, said: re.Match[str], group: str) -> str:
    """A group as the sender wrote it."""
    return scene.original(said.start(group), said.end(group))


def is_full_name(name: str) -> bool:
    """Whether words as they were written look like a person's full name: 张三, Jane Doe."""
    if LATIN_NAME.fullmatch(name):
        return True
    name = normalise(name).plain
    if not CHINESE_NAME.fullmatch(name) or NOT_IN_NAMES.search(name):
        return False
    given = len(name) - len(surname_of(name))
    return given in (1, 2) and given < len(name) and not is_ordinary(name) and not is_ordinary(name[:2])


def names_records(scene: Scene) -> bool:
    """Whether the message names a customer, somebody there, or a deal: then it is no command about colleagues."""
    colleagues = {(find.start, find.end) for find in scene.finds if find.kind == "user"}
    return any(
        find.kind in ("customer", "deal", "task")
        or (find.kind == "person" and (find.start, find.end) not in colleagues)
        for find in scene.finds
    )


def holds_values(scene: Scene) -> bool:
    """Whether the message tells a time, a sum, a number, a stage or a competitor; one character may be of a name."""
    told_of = ("when", "money", "percent", "phone", "email", "stage", "competitor")
    return any(find.kind in told_of and find.end - find.start > 1 for find in scene.finds)
