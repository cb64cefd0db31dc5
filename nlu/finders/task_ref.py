"""Tasks referred to by number: #31, 58号任务, 任务112, task 150, T31, 第12条, and in a terse note the bare number (119
顺到下下周一). What no known task has for a number is found only where the words say that a task is meant: rule
"unknown", the value the number. A bare number is found as rule "bare": it may yet turn out to be something else.
"""

from __future__ import annotations

import re

from nlu.known import KnownTask
from nlu.names import Names, fold
from nlu.numerals import bounds
from nlu.rule import Find

HAN = "[一二三四五六七八九十百]"
DOES = r"[完好妥结销消删掉划勾剔关推延挪顺拖改晚早缓放搞弄办交核提往先]"  # what is done to a task, or of its day
DOES_IN_ENGLISH = (
    r"(?:done|sorted|finished|completed?|closed?|ticked|moved?|pushed|slips?|slipped|is|was|has|have|can|needs?|to|by"
    r"|won't|can't|cannot|isn't|wasn't|not|goes|went|gets|got|for|until|till|from|now|ok|okay|back"
    r"|out|off|mark(?:ed)?|please|should|will|due|(?:and|,) #?\d+)\b"
)
NUMBERED = re.compile(
    r"(?<![a-z0-9])#\s?(?P<a>\d{1,9})(?!\d)|(?:任务|待办)\s?(?:编号)?\s?#?(?P<c>\d{1,9})"
    r"|\btasks? (?:no\.? ?|number )?#?(?P<d>\d{1,9})"
    rf"|(?<![\d.])(?P<u>\d{{1,9}}|{HAN}{{1,5}})号(?:那个)?(?:任务|待办)"
    rf"|(?<![\d.])(?P<b>\d{{1,9}}|{HAN}{{1,5}})号(?:可以|[那这][个条]|[划勾剔关销消删])"
    rf"|第(?P<f>\d{{1,9}}|{HAN}{{1,5}})[条项](?!款)|(?<![a-z0-9])(?:t|no\. ?)-?(?P<g>\d{{1,9}})(?![\d.a-z])"
)
UNIT = (  # what may follow a number of something else
    r"[个份台套件万千百亿元块美港刀欧磅月年号天周点时分秒家人位名次张页本米公吨斤克升箱盒包支瓶只款层楼栋间期批辆部架颗粒组班节折"
    r"℃度倍种成瓦兆家户座根片袋桶门双场所]|日(?!期)|(?:k|w|m|kg|gb|tb|am|pm|st|nd|rd|th)\b"
)
BARE = re.compile(
    r"(?:(?<![\w.#$¥€£:/+%-])(?<!\d,)|(?<=[把将关销和跟及与是条]))(?P<n>\d{1,9})"
    rf"(?![.,:/%+~-]?\d|%|[~-]|[ ]?(?:{UNIT}))"
)
FOLLOWED = re.compile(
    rf" ?(?:->|=>|→|[、和与及&] ?#?\d|{DOES}|ok(?![a-z])|(?:日期|期限|截止|时间)[改调换推往延提]|{DOES_IN_ENGLISH})"
)
CLEAR = re.compile(r" ?(?:[、和与及&] ?#?\d|往后|往前|[推延挪顺拖完搞弄办划勾关销]|(?:done|sorted|finished)\b)")
LED_TO = re.compile(
    r"(?:that's|this is|mark|clos(?:e|ing|ed)|tick(?:ed)?(?: off)?|finished|done(?: with)?|push|bump|slip|move|shift"
    r"|postpone|delay|and|with|re|on|my|the) ?$"
)
LATIN = re.compile(r"[a-z']+ ?$")
ENGLISH = re.compile(r" ?[a-z]")
TREATING = ("把", "关", "销")
TREATED = re.compile(rf"[^\n。!?]{{0,40}}?(?:{DOES}|出|\b(?:done|sorted|finished|closed?|mov|push|slip|postpon|delay))")
DIGIT = re.compile(r"\d")
SURE = frozenset("acdu")  # the shapes that mean a task whatever the number
VAGUE = frozenset("fg")  # those that may number anything
OTHER_NUMBER = re.compile(
    r"(?:单号?|编号|合同号?|发票|房间?|[栋楼座线门店厂机柜桌]|型号|金额|预算|单价|总价|报价|order|invoice|ticket|room|ref|case"
    r"|po|sku|item)[ :]?$"
)


def find(folded: str, names: Names) -> list[Find]:
    """Finds of kind "task", the value a known task's key, or the number where nobody knows such a task."""
    finds: list[Find] = []
    has_digit = DIGIT.search(folded) is not None
    if not has_digit and "号" not in folded and "第" not in folded:
        return finds
    for match in NUMBERED.finditer(folded):
        shape, said = next(((name, text) for name, text in match.groupdict().items() if text), ("", ""))
        number = int(said) if said.isdigit() else _number(said)
        task = _known(names, number)
        if task is not None and (shape not in VAGUE or TREATED.match(folded, match.end())):
            finds.append(Find("task", match.start(), match.end(), match[0], task.key, "number"))
        elif shape in SURE and number > 0 and not OTHER_NUMBER.search(folded, max(0, match.start() - 8), match.start()):
            finds.append(Find("task", match.start(), match.end(), match[0], number, "unknown"))
    if names.tasks and has_digit:
        finds += _bare(folded, names)
    return finds


def _bare(folded: str, names: Names) -> list[Find]:
    """The numbers of known tasks without a word that says so, where something is done to what they number."""
    finds = []
    for match in BARE.finditer(folded):
        task = _known(names, int(match["n"]))
        if task is not None and _is_meant(folded, match, task):
            finds.append(Find("task", match.start(), match.end(), match[0], task.key, "bare"))
    return finds


def _is_meant(folded: str, match: re.Match[str], task: KnownTask) -> bool:
    start, end = match.span()
    before, after = folded[max(0, start - 12) : start], folded[end : end + 20]
    if OTHER_NUMBER.search(before) or (LATIN.search(before) and not LED_TO.search(before)):
        return False
    if len(match["n"]) < 2:
        return before.endswith(TREATING) or CLEAR.match(after) is not None
    if before.endswith(TREATING) or FOLLOWED.match(after):
        return True
    return _names_it(after, task) or (not ENGLISH.match(after) and TREATED.match(folded, end) is not None)


def _names_it(after: str, task: KnownTask) -> bool:
    """Whether a word of the task's title follows."""
    title = fold(task.title)
    pairs = (after[i : i + 2] for i in range(len(after) - 1) if after[i] >= "一")
    return any(word in title for word in (*re.findall("[a-z]{3,}", after), *pairs))


def _known(names: Names, number: int) -> KnownTask | None:
    return names.tasks.get(number) or names.tasks.get(str(number))


def _number(said: str) -> int:
    read = bounds(said)
    return int(read[0]) if read else -1
