"""Tasks referred to by number: #31, 58号任务, 任务112, task 150. What no known task has for a number is found only
where the words say that a task is meant: rule "unknown", the value the number.
"""

from __future__ import annotations

import re

from nlu.names import Names
from nlu.numerals import bounds
from nlu.rule import Find

HAN = "[一二三四五六七八九十百]"
NUMBERED = re.compile(
    r"(?<![a-z0-9])#\s?(?P<a>\d{1,9})(?!\d)|(?:任务|待办)\s?(?:编号)?\s?#?(?P<c>\d{1,9})"
    r"|\btask (?:no\.? ?|number )?#?(?P<d>\d{1,9})"
    rf"|(?<![\d.])(?P<u>\d{{1,9}}|{HAN}{{1,5}})号(?:那个)?(?:任务|待办)"
    rf"|(?<![\d.])(?P<b>\d{{1,9}}|{HAN}{{1,5}})号(?:可以|那个|关)"
    r"|(?:^|[\n,。;:]|关) ?(?P<e>\d{1,9})(?= ?(?:顺|往后|推|延|挪|改到|票|已|搞定|完成|done|可以|关|$))"
    r"|(?<![\d.])(?P<f>\d{2,9})号(?=那个)"
)
SURE = frozenset("acdu")  # the shapes that mean a task whatever the number
OTHER_NUMBER = re.compile(
    r"(?:单号?|编号|合同号?|发票|房间?|[栋楼座线门店厂机柜桌]|型号|order|invoice|ticket|room|ref|case|po|sku"
    r"|item)[ :]?$"
)


def find(folded: str, names: Names) -> list[Find]:
    """Finds of kind "task", the value a known task's key, or the number where nobody knows such a task."""
    finds = []
    for match in NUMBERED.finditer(folded):
        shape, said = next(((name, text) for name, text in match.groupdict().items() if text), ("", ""))
        number = int(said) if said.isdigit() else _number(said)
        key = next((key for key in (number, str(number)) if key in names.tasks), None)
        if key is not None:
            finds.append(Find("task", match.start(), match.end(), match[0], key, "number"))
        elif (
            shape in SURE and number > 0 and not OTHER_NUMBER.search(folded[max(0, match.start() - 8) : match.start()])
        ):
            finds.append(Find("task", match.start(), match.end(), match[0], number, "unknown"))
    return finds


def _number(said: str) -> int:
    read = bounds(said)
    return int(read[0]) if read else -1
