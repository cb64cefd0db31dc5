"""The order that a list is asked for in: 按金额排, 最久没联系的在前, sorted by amount, newest first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from nlu.filters.words import any_of, said
from nlu.numerals import english, number

DOWN = r"(?:从)?(?:大到小|高到低|多到少|近到远|新到旧|晚到早)|倒序|降序"
UP = r"(?:从)?(?:小到大|低到高|少到多|远到近|旧到新|早到晚)|升序|正序"
FIRST = {  # what stands first by itself: what it is ordered by, and whether the least does
    "contact": r"(?:最?久|最长时间)没(?:联系|跟进|拜访)的?",
    "-contact": r"最近联系(?:过)?的?",
    "-amount": r"(?:金额|单子)?(?:最大|最高|大|高)的?",
    "amount": r"(?:金额|单子)?(?:最小|最低|小|低)的?",
    "-created": r"(?:最新|新建?)的?",
    "created": r"(?:最早|最旧)(?:建)?的?",
    "close": r"最?快(?:要)?(?:成交|签|到期)的?",
}
FIRST_EN = {
    "contact": r"(?:longest (?:silent|untouched|without contact)|least recently contacted)",
    "-contact": r"(?:most )?recently contacted",
    "-amount": r"(?:largest|biggest|highest)",
    "amount": r"(?:smallest|lowest)",
    "-created": r"(?:newest|latest|most recently (?:added|created))",
    "created": r"oldest",
    "close": r"(?:soonest|closing soonest)",
}
MOST = {
    "contact": r"最久没(?:有)?(?:联系|跟进|拜访)过?的",
    "-amount": r"(?:金额)?最[大高]的",
    "amount": r"(?:金额)?最[小低]的",
    "-created": r"最[近新](?:新增|新建|新加|建|加|录入?)(?:进来)?的|最新的",
    "created": r"最早(?:新增|新建|建|录入?)的",
    "close": r"最[快近](?:要)?(?:成交|签约|签单|签|到期)的",
}
NUMBER = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
NUMBER_EN = r"\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty"
MEASURE = "[个家条单笔名位大]"
TOP = re.compile(
    rf"(?:(?P<zh_led>(?:排名?)?[前头]|top ?)(?P<led>{NUMBER})|(?P<zh>{NUMBER})(?={MEASURE})){MEASURE}?"
    rf"|(?:(?P<en_led>top|first) )?(?P<en>{NUMBER_EN})(?![a-z\d])"
)
FALLING = frozenset({"amount", "created"})  # what is ordered from the greatest on unless told otherwise


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], tuple[tuple[str, re.Pattern[str]], ...]]:
    by = re.compile(
        rf"按照?(?P<zh>{any_of('sort')})(?:的?(?:大小|高低|先后|多少))?(?P<down>{DOWN})?(?P<up>{UP})?"
        r"(?:来?排(?:个?序|列|一下|下)?|来)?(?P<down2>倒序|降序)?(?P<up2>升序|正序)?"
        rf"|(?:(?:sort|order|rank)(?:ed)? )?by (?P<en>{any_of('sort')})"
        r"(?P<down3> desc(?:ending)?)?(?P<up3> asc(?:ending)?)?"
    )
    first = tuple(
        (key, re.compile(rf"{FIRST[key]}(?:排|放|列)?(?:在)?最?前面?|{FIRST_EN[key]}(?: ones?)? first|{_most(key)}"))
        for key in FIRST
    )
    return by, first


def _most(key: str) -> str:
    """What stands for an order before a noun, too: 最久没联系的重点客户, the largest deals."""
    return f"(?:{MOST[key]}|(?:the )?{FIRST_EN[key]})" if key in MOST else FIRST_EN[key]


@dataclass(frozen=True)
class Top:
    """So many of the first, where that is told; `is_led` where it says itself that they are the first: 前五, top 5."""

    start: int
    end: int
    count: int
    is_led: bool


def read_top(text: str, place: int) -> Top:
    """The number of entries told at a place; one that ends at 0 where none is."""
    found = TOP.match(text, place)
    if found is None:
        return Top(0, 0, 0, is_led=False)
    said_so = found["led"] or found["zh"]
    count = int(number(said_so) or 0) if said_so else int(english(found["en"]) or 0)
    return Top(place, found.end(), count, is_led=bool(found["zh_led"] or found["en_led"]))


def read_sort(text: str, place: int) -> tuple[int, str] | None:
    """Where the order told at a place ends, and what it is by; a "-" before it says: from the greatest on."""
    by, first = _patterns()
    if found := by.match(text, place):
        key = said("sort")[found["zh"] or found["en"]]
        falls = any(found[name] for name in ("down", "down2", "down3"))
        rises = any(found[name] for name in ("up", "up2", "up3"))
        falls = falls or (not rises and (key in FALLING or key.startswith("-")))
        return found.end(), ("-" if falls else "") + key.lstrip("-")
    ends = [(match.end(), key) for key, pattern in first if (match := pattern.match(text, place))]
    return max(ends, default=None)
