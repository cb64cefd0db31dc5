"""A text's lines and the items listed in them, each with the mark that it bears."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from itertools import pairwise
from typing import NamedTuple

MARK = re.compile(
    r"[ \t]{0,8}(?:(?P<han>[((]?[一二三四五六七八九十]{1,2}[、)).])[ \t]{0,4}"
    r"|(?P<digit>[((]?\d{1,2}[)、)]|\d{1,2}\.(?!\d)|[①-⑳])[ \t]{0,4}"
    r"|(?P<bullet>[-•*·▪●◦✓✔☑](?:[ \t]{1,4})|-(?!\d)|[•·▪●◦])|(?P<square>[■◆▶★※□◇☆]|#{1,4}[ \t])[ \t]{0,4})"
)
PICTURE = re.compile(  # ✅ 📌 ⏰ 🔸 at the head of a line, where a text has several
    "[ \\t]{0,8}[⌚-⏿■-➿⬀-⯿\U0001f000-\U0001faff][\ufe0f\u200d\U0001f000-\U0001faff]{0,4}[ \\t]{0,4}"
)
BARE_NUMBER = re.compile(r"\d{1,2}[ \t]{1,4}(?=\D)")  # 1 某某, where lines are numbered so
INLINE_MARK = re.compile(
    r"[;。::, ](?=(?:[一二三四五六七八九]、|\d{1,2}[、)]|\(\d{1,2}\)|\d\.(?!\d)|[①-⑳])[ \t]{0,4}[^\d\s])"
)
BRACKET = re.compile(r"[【\[]([^】\]\n]{1,20})[】\]]")


class Block(NamedTuple):
    """[start, end) of a line or an item, without its mark, and which sort of mark that was: "" for none."""

    start: int
    end: int
    mark: str


def blocks(text: str, inside: Container[int]) -> Iterator[Block]:
    """The lines and listed items of a text, those that are empty left out; none begins at a place `inside` a find."""
    bare = "\n2 " in text
    place = 0
    for line in text.split("\n"):
        for left, right in pairwise(_edges(text, place, place + len(line), inside)):
            if text[left:right].strip():
                yield _block(text, left, right, bare=bare)
        place += len(line) + 1


def _edges(text: str, start: int, end: int, inside: Container[int]) -> list[int]:
    cuts = [found.end() for found in INLINE_MARK.finditer(text, start, end)]
    if "【" in text or "[" in text:
        cuts += [found.start() for found in BRACKET.finditer(text, start, end)]
    return sorted({start, end, *(cut for cut in cuts if cut not in inside)}) if cuts else [start, end]


def _block(text: str, left: int, right: int, *, bare: bool) -> Block:
    mark = MARK.match(text, left, right)
    if mark and mark.end() < right:
        return Block(mark.end(), right, mark.lastgroup or "")
    picture = PICTURE.match(text, left, right) if "\n" in text else None
    if picture and picture.end() < right:
        return Block(picture.end(), right, "picture")
    if bare and (number := BARE_NUMBER.match(text, left, right)):
        return Block(number.end(), right, "digit")
    return Block(left, right, "")
