"""Tasks referred to by number: #31, 58号任务, 任务112, task 150."""

from __future__ import annotations

import re

from nlu.names import Names
from nlu.numerals import bounds
from nlu.rule import Find

HAN = "[一二三四五六七八九十百]"
NUMBERED = re.compile(
    r"#\s?(?P<a>\d{1,9})(?!\d)|任务\s?#?(?P<c>\d{1,9})|\btask #?(?P<d>\d{1,9})"
    rf"|(?<![\d.])(?P<b>\d{{1,9}}|{HAN}{{1,5}})号(?:那个)?(?:任务|待办|可以|那个|关)"
    r"|(?:^|[\n,。;:]|关) ?(?P<e>\d{1,9})(?= ?(?:顺|往后|推|延|挪|改到|票|已|搞定|完成|done|可以|关|$))"
    r"|(?<![\d.])(?P<f>\d{2,9})号(?=那个)"
)


def find(folded: str, names: Names) -> list[Find]:
    """Finds of kind "task", the value a known task's key; numbers of no known task are not found."""
    finds = []
    for match in NUMBERED.finditer(folded):
        said = next(filter(None, match.groups()), "")
        number = int(said) if said.isdigit() else _number(said)
        key = next((key for key in (number, str(number)) if key in names.tasks), None)
        if key is not None:
            finds.append(Find("task", match.start(), match.end(), match[0], key, "number"))
    return finds


def _number(said: str) -> int:
    read = bounds(said)
    return int(read[0]) if read else -1
