"""One spelling for all finders: half-width, simplified, no blank inside a number, with a map back to what was written.

What the words mean is not decided here; numerals stay as they are written (`nlu.numerals` reads them).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

HAN = re.compile("[\u3400-\u9fff]+")
ENCLOSED = re.compile("[\u2460-\u24ff]")  # ①②: list marks, which must not melt into the number behind them
INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
BLANK_IN_NUMBER = re.compile(
    r"(?<=[\d零〇一二两三四五六七八九十几])[ \t]+(?=[万亿元块个成折年月日号天周点时%余多])"
    r"|(?<=[百千万亿])[ \t]+(?=[万亿元块余])"
)


@dataclass(frozen=True)
class Text:
    """A text as written, as finders read it, and for each character of `plain` where it stood in `original`."""

    original: str
    plain: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """[start, end) of `plain` as a span of `original`."""
        if start >= len(self.origin):
            return len(self.original), len(self.original)
        if end <= start:
            return self.origin[start], self.origin[start]
        return self.origin[start], self.origin[end - 1] + 1


def normalise(text: str) -> Text:
    """The text in one spelling: NFKC width, simplified characters, no blanks within numbers. Linear in its length."""
    plain, origin = _half_width(text)
    plain = _simplified(plain)
    if BLANK_IN_NUMBER.search(plain):
        plain, origin = _without_blanks(plain, origin)
    return Text(text, plain, tuple(origin))


def is_plain(text: str) -> bool:
    """Whether a text without blanks is certainly in its one spelling already."""
    if text.isascii():
        return True
    # What GB 2312 holds is neither traditional nor invisible.
    return unicodedata.is_normalized("NFKC", text) and not _may_be_traditional(text)


def _half_width(text: str) -> tuple[str, list[int]]:
    if unicodedata.is_normalized("NFKC", text) and INVISIBLE.isdisjoint(text):
        return text, list(range(len(text)))
    pieces: list[str] = []
    origin: list[int] = []
    for place, char in enumerate(text):
        if char in INVISIBLE:
            continue
        piece = char if ENCLOSED.match(char) else unicodedata.normalize("NFKC", char)
        pieces.append(piece)
        origin.extend([place] * len(piece))
    return "".join(pieces), origin


def _simplified(plain: str) -> str:
    if not any(_may_be_traditional(run) for run in HAN.findall(plain)):
        return plain
    return HAN.sub(lambda run: _simplified_run(run[0]), plain)


def _may_be_traditional(run: str) -> bool:
    """Whether a run has a character outside GB 2312, the set of simplified Chinese."""
    try:
        run.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


def _simplified_run(run: str) -> str:
    """The run in simplified characters, of the same length: phrase by phrase where that keeps it, else one by one."""
    phrase: str = _converter().convert(run)
    return phrase if len(phrase) == len(run) else "".join(map(_simplified_character, run))


@lru_cache(maxsize=8192)
def _simplified_character(char: str) -> str:
    simple: str = _converter().convert(char)
    return simple if len(simple) == 1 else char


@lru_cache(maxsize=1)
def _converter() -> Any:
    from opencc import OpenCC  # noqa: PLC0415  loaded only when a text needs it: 25 ms that most messages never pay

    return OpenCC("tw2sp")


def _without_blanks(plain: str, origin: list[int]) -> tuple[str, list[int]]:
    kept: list[str] = []
    places: list[int] = []
    last = 0
    for blank in BLANK_IN_NUMBER.finditer(plain):
        kept.append(plain[last : blank.start()])
        places.extend(origin[last : blank.start()])
        last = blank.end()
    return "".join([*kept, plain[last:]]), places + origin[last:]
