"""Headings: what a title says of the lines and items below it, and how far down it holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from nlu.lexicon import words

MOST_BEFORE = 6  # characters that may stand before the words that make a title a heading
SHORT = 10  # a line without a mark that is not longer may open a new part of a report
NO_TITLE = re.compile(
    r"[我你他她吗?]|什么|哪|谁|多少|怎么|[交发写补填催看传做](?:一?下|完|了)?(?:工作)?(?:[周日月]报|总结|小结|计划|纪要|记录)"
)
DAYS = {"明日": 1, "明天": 1, "tomorrow": 1, "昨日": -1, "昨天": -1, "yesterday": -1, "今日": 0, "今天": 0, "today": 0}
AHEAD = ("下", "明", "next", "tomorrow")
BEHIND = ("上", "昨", "last", "yesterday")
WEEK_ENDS = 3  # from Thursday on, a mere 本周 tells of what has been


@dataclass(frozen=True)
class Heading:
    """What a heading says of what stands below: "past", "plan" or "notes", and its moment where it names one day."""

    mode: str = ""
    base: datetime | None = None
    has_day: bool = False  # the heading itself names one day (明日)


NONE = Heading()


class Standing:
    """The headings that hold at a place of a text read downwards; those of one mark (一、 or 1.) take turns."""

    def __init__(self) -> None:
        self.open: list[tuple[str, Heading]] = []
        self.has_items = False

    @property
    def heading(self) -> Heading:
        """The innermost heading."""
        return self.open[-1][1] if self.open else NONE

    def turn(self, mark: str, told: Heading | None, size: int) -> None:
        """Go on to a block that bears a mark or none, is or begins with a heading or not, and has so many characters.

        A plain line closes all headings where it is one itself, and where it is as short as one and items came before.
        Of pictures (📌, ✅) only those before another heading close one: the items below bear any.
        """
        marks = [opened for opened, _ in self.open]
        if mark in marks and (told or mark not in ("", "picture")):
            del self.open[marks.index(mark) :]
        elif not mark and (told or (self.has_items and size <= SHORT)):
            self.open.clear()
        self.has_items = bool(mark) and told is None
        if told:
            self.open.append((mark, told))


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """For each mode what makes a title; 本周工作 is a period with a word that says nothing by itself."""
    period = rf"(?P<period>{_any_of('period')}|\d{{1,2}}月)(?:的?工作)?"
    begins = rf"(?:{period})?(?:及|的)?"
    return (
        ("plan", re.compile(rf"{begins}(?:{_any_of('plan')})(?!是|给)")),
        ("past", re.compile(rf"{begins}(?:{_any_of('past')})(?!是|给)")),
        ("period", re.compile(rf"^{period}$")),
        ("period", re.compile(rf"^.{{0,{MOST_BEFORE}}}?{period}的?(?:{_any_of('either')})$")),
        ("notes", re.compile(rf"(?:{_any_of('notes')})(?P<period>)")),
    )


@lru_cache(maxsize=1)
def _telling() -> re.Pattern[str]:
    """Any of the words that make a title, looked for first."""
    listed = {word for group in ("period", "plan", "past", "notes") for word in words(f"heading.{group}")}
    return re.compile("|".join([*sorted(listed, key=len, reverse=True), *(f"{digit}月" for digit in range(10))]))


def _any_of(group: str) -> str:
    """The words of a group, the longest first, Latin ones whole."""
    listed = sorted(words(f"heading.{group}"), key=len, reverse=True)
    return "|".join(rf"\b{re.escape(word)}\b" if word.isascii() else word for word in listed)


def told(title: str, now: datetime, text: str) -> Heading | None:
    """What a title says: 下周计划, 本周小结, next steps, 上周. What asks or speaks to somebody is no title."""
    if not _telling().search(title) or NO_TITLE.search(title):
        return None
    for mode, pattern in _patterns():
        found = pattern.search(title)
        if found and _is_title(title, found, mode):
            period: str | None = found["period"]
            return _heading(_mode_of(period or "", now, text) if mode == "period" else mode, period, now)
    return None


def _is_title(title: str, found: re.Match[str], mode: str) -> bool:
    """Whether the words stand where a title's do: at its beginning, or they end it."""
    if mode in ("period", "notes"):
        return True
    ends = found.end() >= len(title) - 1
    if found.start() > MOST_BEFORE:
        return ends and title[found.start() - 2 : found.start()] in ("- ", "| ", ": ", "— ")
    return ends or found.start() == 0 or mode == "past"


def _mode_of(period: str, now: datetime, text: str) -> str:
    """Whether a mere period heads what has been or what is to come; 本周 stands between 上周 and 下周."""
    if period.startswith((*AHEAD, *BEHIND)):
        return "plan" if period.startswith(AHEAD) else "past"
    if period in DAYS:
        return "past"
    if "下周" in text or "next week" in text:
        return "past"
    return "plan" if "上周" in text or "last week" in text or now.weekday() < WEEK_ENDS else "past"


def _heading(mode: str, period: str | None, now: datetime) -> Heading:
    if period in DAYS:
        return Heading(mode, now + timedelta(days=DAYS[period]), has_day=True)
    return Heading(mode)
