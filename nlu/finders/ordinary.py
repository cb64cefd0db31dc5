"""Whether a customer's name that is also a word of every day (大家, 标准, 天天, 2026) is said as a name.

What stands beside it tells: 去天天, 天天那边, 天天的王总, 跟标准签了 name one; 我们天天跑, 大家辛苦了, 标准版本 do not.
"""

from __future__ import annotations

import re
from functools import lru_cache

from nlu.lexicon import word_set, words
from nlu.names import Place
from nlu.segment import is_ordinary

LONGEST = 3  # characters of a word of every day
# What stands behind a name and behind no common word.
AFTER = r"那边|那里|那儿|那家|那单|这单|那个单|的单|家的|家那|公司|集团|那[条台批套笔]|(?:他们|他家)(?!的)"
# To go somewhere, or to meet somebody: what follows is whoever is met, where the thought ends or goes on to people.
GOING = re.compile(
    r"(?:去了?|去了?趟|去了?一趟|跑了?|跑了?趟|跑了一趟|到了?|拜访了?|走访了?|回访了?|见了?|约了?|催一?下?|联系了?|上门"
    r"|客户[:是]?|找了?|visited|at|from|with|to) ?$"
)
WITH = re.compile(r"(?:跟|和|与|同|给|对|向|帮|替|请|问|等) ?$")
ENDS = re.compile(
    r" ?(?:$|[,。;!?、\n]|(?:[了跟和与见聊谈签催送拜讲做看办开演交收拿面]|对接|沟通|拜访|考察|参观|培训|他们)(?!版|的))"
)
DEALT = re.compile(r" ?(?:签|聊|谈|开会|沟通|对接|确认|报价|报了|发了|约|打电话|打了|演示|做了|视频|吃|见|续|催)")
TRADES = re.compile(r" ?(?:签了|签约|打款|回款|付款|到账|到款|尾款|首付|来电|下单|续费|续约|报修|投诉|中标|要货|催货)")
OPENING = re.compile(r"(?:^|[\n。;!?]|^\d{1,2}[.、)])[ \t]*$")
HEADS = re.compile(r"[::]")


def is_common(name: str) -> bool:
    """Whether a folded name is also said every day, or is but a number."""
    if name.isascii():
        return name.isdigit()
    return len(name) <= LONGEST and is_ordinary(name)


def is_said_as_name(folded: str, place: Place, places: list[Place]) -> bool:
    """Whether a common word stands where only a name may."""
    start, end = place.start, place.end
    if _after().match(folded, end) or _is_beside_its_own(folded, place, places):
        return True
    before = folded[max(0, start - 6) : start]
    if GOING.search(before) and ENDS.match(folded, end):
        return True
    if folded[start:end] in word_set("people_in_general"):
        return False
    if WITH.search(before) and DEALT.match(folded, end):
        return True
    opens = OPENING.search(before) is not None
    return opens and bool(HEADS.match(folded, end) or TRADES.match(folded, end) or end == len(folded))


def _is_beside_its_own(folded: str, place: Place, places: list[Place]) -> bool:
    """Whether one of the customer's people or deals stands right behind: 天天的王总."""
    keys = {named.key for named in place.named if named.kind == "customer"}
    for other in places:
        between = folded[place.end : other.start]
        if other.start >= place.end and between in ("", "的") and any(named.customer in keys for named in other.named):
            return any(named.kind != "customer" for named in other.named)
    return False


@lru_cache(maxsize=1)
def _after() -> re.Pattern[str]:
    """What follows a name alone, a surname with a title among it."""
    surnames = "".join(s for s in word_set("surname") - word_set("no_surname_alone") if len(s) == 1)
    titles = sorted((t for t in words("person_title") if len(t) > 1 or t in "总工董"), key=len, reverse=True)
    return re.compile(rf" ?(?:{AFTER}|的?[{surnames}](?:{'|'.join(titles)}))")
