"""Whether the words around a told time look back or ahead, and what a heading such as 下周计划 says of the rest."""

from __future__ import annotations

import re
from bisect import bisect_right

from nlu.value_words import one_of, opening, value_words

STOP = re.compile(r"[。!?;\n]|(?<!Prof)(?<!Mr)(?<!Ms)(?<!Mrs)(?<!Dr)\.(?= )")
WORDS = value_words()["tense"]
PAST = re.compile(
    opening(WORDS["past"], "了过刚已完收去来见打到签谈聊发交做报开昨上没讲说办反效很挺蛮不")
    + "(?:了(?!解)|过(?!来|去|两|几|一下|会|程|目|一遍|关)|刚|已|完成|收到|(?<![迟收])[去来见打到签谈聊发交做报开]的"
    "|昨|上[周次个]|没(?:能|有)?[见去来到签谈聊拿收付打做办成]|[聊谈讲说做办]得(?!到)|反响|效果(?:不错|很好|一般|不太?好)"
    "|[很挺蛮不](?:太|是很)?(?:成功|顺利|理想|愉快)|" + one_of(WORDS["past"]) + ")",
    re.IGNORECASE,
)
AHEAD = re.compile(
    opening(WORDS["ahead"], "cC要将会准打计约定改推安提记预争截到务之前下再应可让得帮别希想待")
    + r"(?:要|将|(?<![开例周晨展年机社大聚])会(?![议员客场面务])"
    r"|准备|打算|计划|约(?:好了?|了)?|定在|改到|改成|推到|安排|提醒|记得|预计|争取|截止"
    "|到期|务必|之?前|下[周次个]|再(?!次)|应该|可能|让|(?<![聊谈讲说做办搞签卖跑觉获取值记懂不])得(?!到了)|帮我|别忘|希望|想|待"
    r"|(?<!a )(?<!the )(?<!'s )(?<!our )(?<!phone )(?<!video )(?<![a-z])call(?![a-z])|" + one_of(WORDS["ahead"]) + ")",
    re.IGNORECASE,
)
MOVED = re.compile(one_of(WORDS["moved"]), re.IGNORECASE)
HEADING = re.compile(
    r"(?:^|\n)[^\n\u4e00-\u9fff]{0,6}(?P<w>上|本|这|下)周(?:主要|重点)?的?(?:工作|拜访|跟进|客户)?"
    r"(?:小结|总结|计划|安排|工作|完成|进展|情况|汇报|回顾|重点|任务)[^\n]{0,6}(?=\n|$)"
    r"|【(?P<x>上|本|这|下)周[^\n】]{0,4}】"
)
REPORT = re.compile(r"(?:^|\n)[^\n]{0,16}周报[^\n]{0,24}(?=\n|$)")
DEADLINE = re.compile(" ?(?:之前|以前|前|by|截止)")
SINCE_BEFORE = re.compile(r"(?<![A-Za-z])since (?:the )?$|自从?$", re.IGNORECASE)
SINCE_BEHIND = re.compile(" ?(?:以来|至今)")
CLOSE = 5  # characters before a time within which a word that looks ahead (约, 定在) outweighs what follows
REACH = 30  # characters on each side that may tell the tense


def tense_of(plain: str, start: int, end: int, low: int, high: int) -> int:
    """-1 looking back, 1 ahead, 0 unknown, from the words between the neighbouring times (`low`, `high`)."""
    left, right = max(low, start - 3 * REACH), min(high, end + REACH)
    for stop in STOP.finditer(plain, left, start):
        left = stop.end()
    stop_after = STOP.search(plain, end, right)
    right = stop_after.start() if stop_after else right
    if AHEAD.match(plain, end) or DEADLINE.match(plain, end):
        return 1
    if SINCE_BEHIND.match(plain, end) or SINCE_BEFORE.search(plain, max(0, start - 12), start):
        return -1
    if _last(plain, max(left, start - CLOSE), start) == 1:
        return 1
    return _first(plain, end, right) or _last(plain, left, start)


def is_put_ahead(plain: str, start: int) -> bool:
    """Whether the words close before a time put something ahead to it: slipped to Q1, closing in H1."""
    return MOVED.search(plain, max(0, start - REACH), start) is not None


def _last(plain: str, left: int, right: int) -> int:
    """The tense of the last telling word close before the time."""
    past = [mark.end() for mark in PAST.finditer(plain, left, right)]
    ahead = [mark.end() for mark in AHEAD.finditer(plain, left, right)]
    if not past and not ahead:
        return 0
    return 1 if max(ahead, default=-1) >= max(past, default=-1) else -1


def _first(plain: str, left: int, right: int) -> int:
    """The tense of the first telling word after the time."""
    past, ahead = PAST.search(plain, left, right), AHEAD.search(plain, left, right)
    if past is None or ahead is None:
        return -1 if past else 1 if ahead else 0
    return -1 if past.start() < ahead.start() else 1


class Headings:
    """Where headings stand in a text, and the week that each gives to the bare weekdays below it."""

    def __init__(self, plain: str) -> None:
        found = [
            (match.end(), {"上": -1, "下": 1}.get(match["w"] or match["x"], 0))
            for match in (HEADING.finditer(plain) if "周" in plain else ())
        ]
        if not found and "周报" in plain and (report := REPORT.search(plain)):
            found = [(report.end(), 0)]
        self.ends = [end for end, _ in found]
        self.weeks = [week for _, week in found]

    def week_at(self, place: int) -> int | None:
        """The week (0 is this one) of the heading above a place, None where there is none."""
        above = bisect_right(self.ends, place)
        return self.weeks[above - 1] if above else None
