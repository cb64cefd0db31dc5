"""English dates that no word of ours covers, left to dateparser: the 3rd day of Nov, 25 of November '27, Nov. of 2027.

It is slow and too willing, so it is asked only about a run of date words that names a month or says "ago", and only in
texts in which nothing else was found.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from nlu.when.english import COUNT, MONTH, NUMBER_WORD, ORDINAL, UNIT
from nlu.when.periods import Period

PIECE = rf"(?:{MONTH}|{ORDINAL}|\d{{1,4}}(?!\d)|'\d\d(?!\d)|of|the|day|in|ago|{UNIT}|a|{NUMBER_WORD})(?![A-Za-z])"
RUN = re.compile(rf"(?<![A-Za-z0-9.$]){PIECE}(?:[ ,.]{{1,2}}{PIECE}){{1,7}}", re.IGNORECASE)
SPEAKING = re.compile(rf"{MONTH}|(?<![A-Za-z])ago(?![A-Za-z])", re.IGNORECASE)
LATIN = re.compile("[A-Za-z]{3}")
COUNTED = re.compile(rf"\d|{ORDINAL}|(?<![A-Za-z]){COUNT}", re.IGNORECASE)
MONTH_ALONE = re.compile(r"(?:(?:in|of|the) )*(?:may|march|mar)(?: (?:in|of|the))*", re.IGNORECASE)


def leftover_dates(plain: str, now: datetime) -> list[tuple[int, int, Period]]:
    """The dates that dateparser reads in runs of English date words, with where they stand."""
    found = []
    for run in RUN.finditer(plain) if LATIN.search(plain) and SPEAKING.search(plain) else ():
        words = run[0]
        if not SPEAKING.search(words) or not COUNTED.search(words) or MONTH_ALONE.fullmatch(words):
            continue
        day = _parsed(words, now)
        if day:
            found.append((run.start(), run.end(), Period(day.date(), day.date())))
    return found


def _parsed(words: str, now: datetime) -> datetime | None:
    import dateparser  # noqa: PLC0415  a fifth of a second that most runs never pay

    settings: dict[str, Any] = {"RELATIVE_BASE": now.replace(tzinfo=None), "PREFER_DATES_FROM": "future"}
    parsed: datetime | None = dateparser.parse(words, languages=["en"], settings=settings)
    return parsed if parsed and abs(parsed.year - now.year) <= 50 else None
