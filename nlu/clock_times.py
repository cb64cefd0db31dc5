"""Clock times of every day, as settings tell them: 晚上10点, 17:30, 7:30am, noon. No day and no zone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlu.numerals import number

PART = r"(?:早上|早晨|清晨|凌晨|上午|早|中午|下午|午后|傍晚|晚上|夜里|夜间|半夜|深夜|晚|夜)"
NUMBER = r"(?:\d{1,2}|[零一二两三四五六七八九十]{1,3})"
CLOCK = (
    rf"(?:{PART}? ?{NUMBER}(?: ?(?::\d{{1,2}}|点钟?(?:半|[一三]刻|{NUMBER}分?|整)?|时))?"
    r" ?(?:am|pm|a\.m\.|p\.m\.|o'clock)?|noon|midnight)"
)
STRETCH = rf"(?:{CLOCK} ?(?:到|至|-|~|—|–|to|till|until|and|&) ?{CLOCK})"
_TOLD = re.compile(
    rf"(?P<part>{PART})? ?(?P<hour>{NUMBER})(?: ?(?::(?P<minute>\d{{1,2}})"
    rf"|(?:点钟?|时)(?:(?P<half>半)|(?P<quarter>[一三])刻|(?P<more>{NUMBER})分?|整)?))?"
    r" ?(?P<english>am|pm|a\.m\.|p\.m\.|o'clock)?"
)
_BEFORE_NOON = ("早上", "早晨", "清晨", "凌晨", "上午", "早", "am", "a.m.")
_AT_NIGHT = ("晚上", "夜里", "夜间", "半夜", "深夜", "晚", "夜")
_NAMED = {"noon": (12, 0), "midnight": (0, 0)}


@dataclass(frozen=True)
class Clock:
    """A clock time as it was told, 25:00 too; `is_open` where it may as well be twelve hours later."""

    hour: int
    minute: int = 0
    is_open: bool = False

    def __str__(self) -> str:
        return f"{self.hour:02d}:{self.minute:02d}"

    @property
    def later(self) -> Clock:
        """Twelve hours later; of 12 it is midnight."""
        return Clock((self.hour + 12) % 24, self.minute)


def clock_of(text: str) -> Clock:
    """The time of a text that CLOCK matches."""
    if text in _NAMED:
        return Clock(*_NAMED[text])
    told = _TOLD.fullmatch(text.strip())
    if told is None:
        raise ValueError(text)
    hour, minute = _number(told["hour"]), _minutes(told)
    part = told["part"] or (told["english"] or "").replace("o'clock", "")
    if part:
        return Clock(_in_part(hour, part), minute)
    if hour == 24 and minute == 0:
        return Clock(0)
    return Clock(hour, minute, is_open=1 <= hour <= 12 and not told["hour"].startswith("0"))


def stretch_of(text: str) -> tuple[Clock, Clock]:
    """The two ends of a text that STRETCH matches."""
    first, last = re.findall(CLOCK, text)
    return clock_of(first), clock_of(last)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else int(number(text) or 0)


def _minutes(told: re.Match[str]) -> int:
    if told["half"]:
        return 30
    if told["quarter"]:
        return 15 * _number(told["quarter"])
    return _number(told["minute"] or told["more"] or "0")


def _in_part(hour: int, part: str) -> int:
    """The hour that a part of the day makes of it: 晚上12点 is midnight, 半夜2点 stays, 下午5点 is 17."""
    if part in _BEFORE_NOON:
        return 0 if hour == 12 and part in ("凌晨", "am", "a.m.") else hour
    if part == "中午":
        return hour + 12 if hour < 4 else hour
    if part in _AT_NIGHT and (hour == 12 or hour < 5):
        return hour % 12
    return hour + 12 if hour < 12 else hour
