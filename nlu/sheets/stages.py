"""Stages of deals as sheets name them: those of other pipelines, with numbers and rates beside them, or a slip."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache

from crm.pipelines import SHIPPED, Shipped
from nlu.lexicon import groups
from nlu.phrases import fold
from nlu.sheets.values import text
from nlu.sheets.words import meanings

_NUMBER = re.compile(
    r"^(?:第?[0-9一二三四五六七八九十]{1,2}(?:阶段|步)?[ .、:)-]|\([0-9]{1,2}\)|[0-9]{1,2}(?=[^0-9%.]))"
)
_RATE = re.compile(r"(?P<rate>\d{1,3}) ?%")
_AROUND_RATE = re.compile(r"\(?(?:赢单率|成单率|赢率|概率|probability)? ?:?\d{1,3} ?%\)?|[()]")
_ABOUT = re.compile(r"^(?:已经?|正在|在)|(?:阶段|过|了)$")  # 已报价
_UNDER_WAY = re.compile(r"(?:阶段|中)$")  # 谈判中
_LIKE = 0.7  # as difflib counts: of four characters three
_CLOSED = ("won", "lost")


@lru_cache(maxsize=512)
def stage(cell: str) -> tuple[str, bool]:
    """The key of a stage that ships, and whether it is sure; where nothing is like it, the first."""
    said = fold(text(cell))
    rate = _RATE.search(said)
    bare = _NUMBER.sub("", _AROUND_RATE.sub(" ", said).strip()).strip()
    for form in dict.fromkeys((said, bare, _ABOUT.sub("", bare))):
        if key := _known(form):
            return key, True
    under_way = _known(_UNDER_WAY.sub("", bare))
    if under_way and under_way not in _CLOSED:
        return under_way, True
    if rate and not bare:
        return _by_rate(int(rate["rate"]))
    return _likeliest(bare), False


def _known(said: str) -> str:
    return meanings("stage").get(said) or _words().get(said, "")


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    """What stages are called in the chat, the shipped names among it."""
    shipped = {name.lower(): one.key for one in _shipped() for name in (one.zh, one.en, one.key)}
    called = {word: key for table in ("stage_part", "stage") for key, words in groups(table).items() for word in words}
    return called | shipped


def _shipped() -> dict[Shipped, None]:
    return {one: None for stages in SHIPPED.values() for one in stages}


def _by_rate(rate: int) -> tuple[str, bool]:
    """Whatever pipeline it is of, nothing is won below a hundred; between, the stage of the nearest rate is likely."""
    nearest = min(_shipped(), key=lambda one: abs(one.win_rate - rate) if one.outcome == "open" else 100)
    return ("won", True) if rate >= 100 else ("lost", True) if rate == 0 else (nearest.key, False)


def _likeliest(said: str) -> str:
    """By a slip of the pen, else by a word for an open stage that it holds, the longest."""
    known = meanings("stage") | _words()
    if like := get_close_matches(said, [word for word in known if len(word) >= 3], 1, _LIKE):
        return known[like[0]]
    held = [word for word, key in known.items() if len(word) >= 2 and key not in _CLOSED and word in said]
    return known[max(held, key=len)] if held else "contact"
