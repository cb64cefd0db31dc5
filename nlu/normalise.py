"""One spelling for all finders: half-width, simplified, no blank inside a number, with a map back to what was written.

What the words mean is not decided here; numerals stay as they are written (`nlu.numerals` reads them).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from nlu.lexicon import words

HAN = re.compile("[\u3400-\u9fff]+")
ENCLOSED = re.compile("[\u2460-\u24ff]")  # ①②: list marks, which must not melt into the number behind them
INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
DIGIT = "[零一二两三四五六七八九壹贰叁肆伍陆柒捌玖]"
BLANKS = (  # what stands before a blank that is none of the sender's words, and what behind
    ("[\\d零〇一二两三四五六七八九十几]", "[万亿元块个成折年月日号天周点时%余多]"),
    ("[百千万亿]", "[万亿元块余]"),
    # 五千 二百 三十一 万 六千: what follows is the next place down; 周三 十点 and 三百万 五月 are no numbers
    ("[亿万]", f"{DIGIT} ?千"),
    ("[亿万千仟]", f"{DIGIT} ?[百佰]"),
    ("[千仟百佰]", f"{DIGIT} ?[十拾]"),
    (f"[百佰千仟万亿零]{DIGIT}", "[十拾]"),
    (f"[百佰千仟万亿零] {DIGIT}", "[十拾]"),
    (f"(?<![周期拜]){DIGIT}", "[百千佰仟](?![度万年灵货])"),
    ("十", "[几余多来] ?[万亿]"),
    ("[十拾百佰千仟][几余多来]", "[万亿]"),
    ("[十拾百佰千仟] [几余多来]", "[万亿]"),
)
# The blank comes first, so that only blanks are looked at.
BLANK_IN_NUMBER = re.compile(
    r"[ \t](?:" + "|".join(rf"(?<={before}[ \t])[ \t]*+(?={behind})" for before, behind in BLANKS) + ")"
)
IS_SPACED_OUT = re.compile(" [\u3400-\u9fff] [\u3400-\u9fff]")
SPACED_OUT = re.compile("(?<![\u3400-\u9fff])[\u3400-\u9fff](?: [\u3400-\u9fff](?![\u3400-\u9fff])){3,}")  # 百 分 之 五
GROUPED = re.compile("[0-9]，")
PARTED = re.compile(r"(?<![\d,])[0-9]{1,3}$")


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
    plain = simplified(plain)
    if " " in plain or "\t" in plain:
        runs = SPACED_OUT.finditer(plain) if IS_SPACED_OUT.search(plain) else ()
        plain, origin = _without(plain, origin, [blank for run in runs for blank in _blanks(run)])
        plain, origin = _without(plain, origin, [blank.span() for blank in BLANK_IN_NUMBER.finditer(plain)])
    return Text(text, plain, tuple(origin))


def is_plain(text: str) -> bool:
    """Whether a text without blanks is certainly in its one spelling already."""
    if text.isascii():
        return True
    # What GB 2312 holds is neither traditional nor invisible.
    return unicodedata.is_normalized("NFKC", text) and not _may_be_traditional(text)


class _Widths(dict[int, str]):
    """Every character in half width, and those that are not one character then."""

    def __init__(self) -> None:
        super().__init__()
        self.uneven = set(INVISIBLE)

    def __missing__(self, code: int) -> str:
        char = chr(code)
        piece = self[code] = char if ENCLOSED.match(char) else unicodedata.normalize("NFKC", char)
        if len(piece) != 1:
            self.uneven.add(char)
        return piece


_WIDTHS = _Widths()


def _half_width(text: str) -> tuple[str, list[int]]:
    if unicodedata.is_normalized("NFKC", text) and INVISIBLE.isdisjoint(text):
        return text, list(range(len(text)))
    plain = text.translate(_WIDTHS)  # and what this text brings that is wider or nothing is known from here on
    if _WIDTHS.uneven.isdisjoint(text) and not ("，" in text and GROUPED.search(text)):
        return plain, list(range(len(text)))
    pieces: list[str] = []
    origin: list[int] = []
    for place, char in enumerate(text):
        if char in INVISIBLE:
            continue
        piece = _WIDTHS[ord(char)]
        if char == "，" and PARTED.search(text, max(0, place - 4), place):
            piece = ", "  # $45，600美元: in half-width writing it groups no digits
        pieces.append(piece)
        origin.extend([place] * len(piece))
    return "".join(pieces), origin


def simplified(plain: str) -> str:
    """A text in simplified characters, of the same length."""
    if not any(_may_be_traditional(run) for run in HAN.findall(plain)):
        return plain
    return HAN.sub(lambda run: _simplified_run(run[0]), plain)


def _may_be_traditional(run: str) -> bool:
    """Whether a run has a character outside GB 2312, the set of simplified Chinese; which holds 後 and 於 too."""
    if "後" in run or "於" in run:
        return True
    try:
        run.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


def _simplified_run(run: str) -> str:
    """The run in simplified characters, of the same length, with what only Taiwan says said as elsewhere."""
    simple: str = _converter().convert(run)
    simple = simple if len(simple) == len(run) else "".join(map(_simplified_character, run))
    said, pattern = _taiwan()
    return pattern.sub(lambda word: said[word[0]], simple)


@lru_cache(maxsize=8192)
def _simplified_character(char: str) -> str:
    simple: str = _converter().convert(char)
    return simple if len(simple) == 1 else char


@lru_cache(maxsize=1)
def _taiwan() -> tuple[dict[str, str], re.Pattern[str]]:
    """What Taiwan says otherwise, as long as what is said for it elsewhere, and a pattern of all."""
    said = dict(entry.split(":") for entry in words("taiwan"))
    return said, re.compile("|".join(sorted(said, key=len, reverse=True)))


@lru_cache(maxsize=1)
def _converter() -> Any:
    from opencc import OpenCC  # noqa: PLC0415  loaded only when a text needs it: 25 ms that most messages never pay

    return OpenCC("tw2s")


def _blanks(run: re.Match[str]) -> list[tuple[int, int]]:
    return [(place, place + 1) for place in range(run.start(), run.end()) if run.string[place] == " "]


def _without(plain: str, origin: list[int], blanks: list[tuple[int, int]]) -> tuple[str, list[int]]:
    """The text and its map with some stretches left out."""
    if not blanks:
        return plain, origin
    kept: list[str] = []
    places: list[int] = []
    last = 0
    for start, end in blanks:
        kept.append(plain[last:start])
        places.extend(origin[last:start])
        last = end
    return "".join([*kept, plain[last:]]), places + origin[last:]
