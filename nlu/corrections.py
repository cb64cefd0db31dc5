"""A whole message that mends what was said before: which field, what was wrong, what is right. Spans only."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from nlu.lexicon import groups

LONGEST = 80  # characters: a longer message tells something of its own

_LEAD = r"[ ]?(?:(?:啊|哦|噢|呃|嗯|sorry|oops|wait|no|抱歉|不好意思|对了)[,，。!.… ]{1,3})?"
_TAIL = r"[ ]?(?:吧|了|啊|呀|哈|才对|才是|please|plz)?[。.!！~ ]{0,3}"
_V = r"[^,，。;；!！?？\n]{1,40}?"
_GAP = r"[,，。;；、.!… ]{0,3}"
_CHANGE = r"(?:改|换|调|更正|修改|更改|变更|调整|修正)(?:一下)?"
_TO = r"(?:成|为|到|至|作)"

_SHAPES = (
    rf"(?:FIELD的?)?(?:不是|并非|唔系|不应该是)(?P<wrong>{_V}){_GAP}(?:而|应该|应当|其实)?(?:是|系)(?P<right>{_V})",
    rf"(?:FIELD)?(?:应该|应当|其实)?是(?P<right>{_V}){_GAP}(?:而)?不是(?P<wrong>{_V})",
    rf"(?:FIELD)?(?:我)?(?:搞|写|说|记|打|听|填|录|弄|看|报|输)?错了?{_GAP}(?:不是(?P<wrong>{_V}){_GAP})?"
    rf"(?:(?:应该|应当|其实|正确的?)(?:是|为)?|是|系|{_CHANGE}{_TO}?)?(?P<right>{_V})",
    rf"(?:FIELD)?(?:不对|口误|更正(?:一下)?|纠正(?:一下)?)[:：,，。 ]{{0,3}}(?:FIELD2)?"
    rf"(?:(?:应该|应当|其实)(?:是|为)?|是|为)?(?P<right>{_V})",
    rf"(?:请|帮我|麻烦)?把?(?:FIELD)?(?:从(?P<wrong>{_V}))?{_CHANGE}{_TO}?(?P<right>{_V})",
    rf"(?:请|帮我|麻烦)?把?(?P<wrong>{_V}){_CHANGE}{_TO}(?P<right>{_V})",
    rf"FIELD(?:应该|应当|其实|实际)?(?:是|为)(?P<right>{_V})",
    rf"(?:应该|应当|应|其实)(?:是|为)(?P<right>{_V})",
    rf"(?:it'?s |it is |it was )?not (?P<wrong>{_V}),? (?:but |it'?s |rather )?(?P<right>{_V})",
    r"(?:correction:? ?)?(?:it'?s|it is|it was|that'?s|make (?:it|that)|(?:it )?should (?:be|have been)|i meant?"
    rf"|actually) (?:on |by |the )?(?P<right>{_V})(?:,? (?:and )?(?:not|instead of|rather than) (?P<wrong>{_V}))?",
    rf"(?:please )?change (?:it|that|(?:the |its )?FIELD)(?: from (?P<wrong>{_V}))? to (?P<right>{_V})",
    rf"(?:please )?change (?P<wrong>{_V}) to (?P<right>{_V})",
    rf"wrong FIELD{_GAP}(?:it'?s|it is|it was|should be|i meant)? ?(?:the )?(?P<right>{_V})",
    rf"(?:the )?FIELD (?:is|was) (?:wrong|not right|incorrect){_GAP}(?:it'?s|it is|should be)? ?(?P<right>{_V})",
    rf"(?:the )?FIELD (?:should be|is actually|is|was|should have been) (?P<right>{_V})",
    rf"correction:? ?(?P<right>{_V})",
)


class Correction(NamedTuple):
    """[start, end) of what is right and, where it is said, of what was wrong; the field's key, "" where not named."""

    field: str
    right: tuple[int, int]
    wrong: tuple[int, int] | None = None


def read(folded: str) -> list[Correction]:
    """Every way to read a folded text as a correction, the more telling ones first; none where it is too long."""
    if len(folded) > LONGEST:
        return []
    return [_correction(match) for shape in _shapes() if (match := shape.fullmatch(folded))]


def _correction(match: re.Match[str]) -> Correction:
    said = match.groupdict()
    named = said.get("field") or said.get("field2") or ""
    wrong = match.span("wrong") if said.get("wrong") else None
    return Correction(_field_of().get(named, ""), match.span("right"), wrong)


@lru_cache(maxsize=1)
def _field_of() -> dict[str, str]:
    return {word: key for key, entries in groups("field").items() for word in entries}


@lru_cache(maxsize=1)
def _shapes() -> tuple[re.Pattern[str], ...]:
    words = "|".join(re.escape(word) for word in sorted(_field_of(), key=len, reverse=True))
    shapes = (shape.replace("FIELD2", f"(?P<field2>{words})的?") for shape in _SHAPES)
    return tuple(re.compile(_LEAD + shape.replace("FIELD", f"(?P<field>{words})") + _TAIL) for shape in shapes)
