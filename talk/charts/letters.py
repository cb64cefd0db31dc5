"""The letters that the font has: text made drawable, measured, cut to fit and broken into lines."""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from pathlib import Path

FONT = Path(__file__).parent / "noto_sans_sc.otf"
FAMILY = "Noto Sans CJK SC"
MISSING = "〓"
CUT = "…"
LONGEST = 400
_THOUSANDTHS = 1000
# Marks of direction, joiners, variants and the like, surrogates, skin tones: nothing that could be seen alone.
_UNSEEN = ("Cf", "Cs", "Mn", "Me", "Sk")
_BLANK = ("Cc", "Zs", "Zl", "Zp")


@cache
def _advances() -> dict[str, int]:
    table = json.loads((Path(__file__).parent / "advances.json").read_text(encoding="utf-8"))
    return {letter: int(width) for width, letters in table.items() for letter in letters}


def drawable(text: str) -> str:
    """The text in one line with what the font can draw; other characters are 〓, those that nobody sees are gone."""
    whole = unicodedata.normalize("NFC", text[: 4 * LONGEST])
    return " ".join("".join(map(_drawn, whole)).split())[:LONGEST]


def _drawn(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind in _BLANK:
        return " "
    if letter in _advances():
        return letter
    return "" if kind in _UNSEEN else MISSING


def width(text: str, size: float) -> float:
    """How wide drawable text is at a size, in pixels."""
    known = _advances()
    return sum(known[letter] for letter in text) * size / _THOUSANDTHS


def cut(text: str, size: float, room: float) -> str:
    """Drawable text, ended by … where it is wider than the room."""
    if width(text, size) <= room:
        return text
    end = _fitting(text, size, room - width(CUT, size))
    return text[:end].rstrip() + CUT


def shrunk(text: str, sizes: tuple[float, ...], room: float) -> tuple[str, float]:
    """Drawable text and the first of the sizes at which it fits; at the last one it is cut."""
    size = next((size for size in sizes if width(text, size) <= room), sizes[-1])
    return cut(text, size, room), size


def lines(text: str, size: float, room: float, most: int) -> list[str]:
    """Drawable text in at most so many lines, broken at spaces or between Chinese characters; the last may be cut."""
    found: list[str] = []
    rest = text
    while len(found) < most - 1 and width(rest, size) > room:
        at = _break(rest, max(_fitting(rest, size, room), 1))
        found.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return [*found, cut(rest, size, room)] if rest else found


def _break(text: str, end: int) -> int:
    """Where a line that could hold `end` letters ends: not within a word or a figure, unless it fills the line."""
    at = end
    while at > 0 and not _parts(text[at - 1], text[at]):
        at -= 1
    return at or end


def _parts(before: str, after: str) -> bool:
    if before == " " or after == " ":
        return True
    is_wide = unicodedata.east_asian_width(before) in "WF" or unicodedata.east_asian_width(after) in "WF"
    return is_wide and unicodedata.category(after) not in ("Po", "Pe", "Pf")


def _fitting(text: str, size: float, room: float) -> int:
    """How many letters fit into the room."""
    used, known = 0.0, _advances()
    for at, letter in enumerate(text):
        used += known[letter] * size / _THOUSANDTHS
        if used > room:
            return at
    return len(text)
