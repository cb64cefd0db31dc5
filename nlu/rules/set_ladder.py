"""An admin settles after how many working days who is told of what is left lying.

Slots: ladder str (the lexicon's table ladder_kind); rungs tuple of mappings (after int, to tuple of str: rep,
superior, upper, or the words for somebody else; is_high_risk bool), or days tuple of int where only they are told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from nlu.clauses import Clause
from nlu.lexicon import groups
from nlu.numerals import number
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.whole import ENDS, PLEASE

LONGEST = 400  # characters: six rungs
RECIPIENTS = ("rep", "superior", "upper")
N = r"-?(?:\d{1,4}|[一二两三四五六七八九十百]{1,4})"
DAY = re.compile(
    rf"(?:第|逾期|超过|沉默|过了|after |on )? ?(?:day (?P<a>-?\d{{1,4}})|(?P<b>{N}) ?(?:个)?(?:工作)?[天日]"
    r"|(?P<c>-?\d{1,4}) (?:working |business )?days?)(?:时|后|以后|之后)?"
)
ONE_DAY = re.compile(rf"(?P<n>{N})(?!\d) ?(?:个?工作)?[天日]?(?:days?)?(?: ?[,、/和及] ?| ?and | )?")
SOMEBODY = re.compile(r"(?:(?![的了吗呢吧没有是])[\w ]){2,16}")  # somebody else, whom the skill refuses
UNIT = re.compile("[天日]|day")
GAPS = " ,、;:/+&=.>→-"
SET = (
    r"(?:的)?(?: ?(?:提醒|升级)?阶梯| ?提醒(?=[改设调])| reminders?| ladder)?"
    r"(?: ?(?:改成|改为|改到|设成|设为|设置为|调整为|按|are|to|is|:|=|,))?"
)


@lru_cache(maxsize=1)
def _lead() -> re.Pattern[str]:
    """The ladder that is meant, up to where its rungs begin."""
    kinds = "|".join(f"(?P<{kind}>{_any(listed)})" for kind, listed in groups("ladder_kind").items())
    return re.compile(rf"{PLEASE}(?:把|set |change )?(?:the )?(?:{kinds}){SET} ?")


@lru_cache(maxsize=1)
def _word() -> re.Pattern[str]:
    """One word that says who is told."""
    told = {word: group for group, listed in groups("ladder").items() for word in listed}
    words = "|".join(re.escape(word) for word in sorted(told, key=len, reverse=True))
    return re.compile(rf"(?<![a-z])(?:{words})(?![a-z'])")


def _any(listed: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(listed, key=len, reverse=True))


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message is the ladder: which one, and its days with whom they tell, or the days alone."""
    if clause.place or len(scene.folded) > LONGEST:
        return
    text = scene.folded.replace("’", "'").strip(ENDS)
    lead = _lead().match(text)
    if lead is None:
        return
    slots: dict[str, Any] = {"ladder": lead.lastgroup}
    rest = text[lead.end() :].strip(GAPS)
    if days := _days(rest):
        yield {**slots, "days": days}
    elif rungs := _rungs(rest):
        yield {**slots, "rungs": rungs}


def _days(rest: str) -> tuple[int, ...]:
    """The days that are all that is told, one after the other; none where anything else stands among them."""
    found, place = list[int](), 0
    while place < len(rest):
        day = ONE_DAY.match(rest, place)
        if day is None:
            return ()
        found.append(_number(day["n"]))
        place = day.end()
    return tuple(found) if UNIT.search(rest) else ()


def _rungs(rest: str) -> tuple[dict[str, Any], ...]:
    starts = list(DAY.finditer(rest))
    if not starts or starts[0].start() > 0:
        return ()
    ends = [start.start() for start in starts[1:]] + [len(rest)]
    rungs = [_rung(start, rest[start.end() : end]) for start, end in zip(starts, ends, strict=True)]
    return tuple(rung for rung in rungs if rung is not None) if None not in rungs else ()


def _rung(day: re.Match[str], words: str) -> dict[str, Any] | None:
    """A day with whom it tells; None where the words say nobody."""
    said = {word: group for group, listed in groups("ladder").items() for word in listed}
    found = [said[one[0]] for one in _word().finditer(words)]
    others = [part for told in _word().sub(",", words).split(",") if (part := told.strip(GAPS))]
    to = (*(name for name in RECIPIENTS if name in found), *others)
    if not to or not all(SOMEBODY.fullmatch(part) for part in others):
        return None
    after = _number(next(told for told in day.groups() if told))
    return {"after": after, "to": to, "is_high_risk": "risk" in found}


def _number(text: str) -> int:
    return int(text) if text.lstrip("-").isdigit() else int(number(text) or 0)


WORDS = tuple(word for listed in groups("ladder_kind").values() for word in listed)
RULES = (Rule("set_ladder", "command", (), read, words=WORDS),)
EXAMPLES = (
    "逾期任务第1天提醒本人,第3天本人和上级,第7天上级的上级并标高风险",
    "逾期任务:第2天本人,第5天财务",
    "沉默商机改成 2天 4天 6天",
    "沉默商机改成2、4、6天",
    "沉默商机第三天提醒销售,第五天提醒经理",
    "overdue tasks: day 1 rep, day 3 rep and superior, day 7 the superior's superior, high risk",
    "silent deals: 2, 4 and 6 days",
    "逾期任务第5天本人,第3天上级",
    "逾期任务提醒改成第1天本人,第4天上级",
)
COUNTER_EXAMPLES = (
    "逾期任务",
    "我有哪些逾期任务",
    "逾期任务3个",
    "overdue tasks",
    "overdue tasks of the team",
    "晨岚那个逾期任务第三天了",
    "沉默商机有几个",
    "任务逾期3天了",
)
