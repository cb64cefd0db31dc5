"""Days that no calendar has (2月30号, 13月5号, Feb 30): kept as the day next to them, so that somebody can be asked."""

from __future__ import annotations

import re
from calendar import monthrange

from nlu.when import Said

MOST_MONTH, MOST_DAY = 31, 39  # beyond these it was no slip of the pen in a date
WRITTEN_OUT = re.compile(r"[\d一二三四五六七八九十][日号]|(?:19|20)\d\d")
ENGLISH = re.compile(r"[A-Za-z]{3}")
GOES_ON = re.compile(r"$|[,.;:!?)]| (?:at|for|to|by|before|and|with|we|i|is|was|send|call|meet|visit)\b", re.IGNORECASE)


def nearest_day(said: Said) -> Said | None:
    """The last day of the month for one beyond it, December for a month beyond; None where it is no such day."""
    if not {"month", "day"} <= said.keys() or "lunar" in said or "day_to" in said:
        return None
    month, day = min(int(said["month"]), 12), int(said["day"])
    last = monthrange(int(said.get("year", 2027)), month)[1]
    if (month, min(day, last)) == (said["month"], day):
        return None
    return {**said, "month": month, "day": min(day, last)}


def is_meant_as_a_date(plain: str, start: int, end: int) -> bool:
    """Whether a stretch is written as dates are, and is not a number of something: 2月30台, in Feb 30 units."""
    text = plain[start:end]
    if WRITTEN_OUT.search(text):
        return True
    return bool(ENGLISH.search(text) and GOES_ON.match(plain, end))


def might_be(month: int, day: int) -> bool:
    """Whether two numbers in the shape of a date may be a slip of the pen."""
    return 1 <= month <= MOST_MONTH and 1 <= day <= MOST_DAY
