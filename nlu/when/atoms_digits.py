"""Dates and clock times written in digits and signs: 2026-11-25, 11/25, 11.25, 23.04.2026, 15:30, 20261125."""

from __future__ import annotations

import re
from datetime import date
from string import digits

from nlu.when import Said
from nlu.when.atoms import Word
from nlu.when.impossible import might_be

YEAR = r"(?:19|20)\d\d"
MERIDIEM = r"(?: ?(?P<half>am|pm|a\.m\.?|p\.m\.?|a m|p m|[ap])(?![A-Za-z]))"
NO_SUM = r"(?! ?(?:万|亿|元|块|折|成(?!交)|%|个|分(?!之)|点|倍|米|寸|小时|天|级|版|年)|[a-z])"


def ymd(year: int, month: int, day: int) -> Said | None:
    """The three as a said date, None where the calendar has no such day."""
    try:
        date(year, month, day)
    except ValueError:
        return None
    return {"year": year, "month": month, "day": day}


def written_out(year: str, month: int, day: int) -> Said | None:
    """A date with its year in four digits; one that no calendar has, too, where it may be a slip of the pen."""
    found = ymd(full_year(year), month, day)
    if found is None and len(year) == 4 and might_be(month, day):
        return {"year": int(year), "month": month, "day": day}
    return found


def full_year(short: str) -> int:
    """The year that two digits mean: 96 is 1996, 26 is 2026."""
    year = int(short)
    if len(short) == 4:
        return year
    return year + (1900 if year >= 60 else 2000)


def _ymd(match: re.Match[str]) -> Said | None:
    return written_out(match["y"], int(match["m"]), int(match["d"]))


def _roc(match: re.Match[str]) -> Said | None:
    """115/3/10, as Taiwan counts its years."""
    return ymd(1911 + int(match["y"]), int(match["m"]), int(match["d"]))


def _compact(match: re.Match[str]) -> Said | None:
    digits = match["all"]
    return ymd(int(digits[:4]), int(digits[4:6]), int(digits[6:]))


def _year_month(match: re.Match[str]) -> Said | None:
    month = int(match["m"])
    return {"year": int(match["y"]), "month": month} if 1 <= month <= 12 else None


def _month_year(match: re.Match[str]) -> Said | None:
    return {"year": int(match["y"]), "month": int(match["m"])} if 1 <= int(match["m"]) <= 12 else None


def _slashes(match: re.Match[str]) -> Said | None:
    """11/25 and 11/25/2026; the day may stand first where only that is a date (21/04/2026)."""
    first, second = int(match["a"]), int(match["b"])
    month, day = (second, first) if first > 12 else (first, second)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return written_out(match["y"], month, day) if match["y"] else {"month": month, "day": day}


def _day_first(match: re.Match[str]) -> Said | None:
    first, second = int(match["a"]), int(match["b"])
    return written_out(match["y"], *((second, first) if second <= 12 else (first, second)))


def _dotted(match: re.Match[str]) -> Said | None:
    """11.25 as a date only where something speaks for it: it is more often a number."""
    month, day = int(match["a"]), int(match["b"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    told = DATE_BEFORE.search(match.string, max(0, match.start() - 6), match.start())
    after = DATE_AFTER.match(match.string, match.end())
    return {"month": month, "day": day} if told or after or match.string.strip() == match[0] else None


def _day_dotted(match: re.Match[str]) -> Said | None:
    """30.4. as the European date that it is behind a word that leads to one."""
    day, month = int(match["a"]), int(match["b"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    told = LED_TO_IN_LATIN.search(match.string, max(0, match.start() - 10), match.start())
    return {"month": month, "day": day} if told or match.string.strip() == match[0] else None


def _dashed(match: re.Match[str]) -> Said | None:
    """2-15 as a date only where nothing else stands, or a clock time behind: it is more often a range."""
    month, day = int(match["a"]), int(match["b"])
    alone = match.string.strip() == match[0] or CLOCK_BEHIND.match(match.string, match.end())
    return {"month": month, "day": day} if alone and 1 <= month <= 12 and 1 <= day <= 31 else None


def _meridiem_first(match: re.Match[str]) -> Said | None:
    return clock(int(match["h"]), int(match["mi"] or 0), match["half"])


CLOCK_BEHIND = re.compile(r" [0-2]?\d:[0-5]\d")


LED_TO_IN_LATIN = re.compile(
    r"\b(?:by|on|until|till|before|from|since|due|deadline|for|of|the|bis|am|vom) ?[::]?$|[-–]$", re.I
)
DATE_BEFORE = re.compile(
    r"(?:日期|时间|于|定在|改到|改成|推到|生日|截止|预计|从|自|到|至|在|周|报|\d[-~—]|by|on|due|\|) ?[::]?$",
    re.IGNORECASE,
)
DATE_AFTER = re.compile(
    r" ?(?:日|号|前|之前|以前|后|起|开始|签|到|去|的|拜访|上门|晚|早|上午|下午|中午|交|付|打|发"
    r"|[-~—至] ?\d{1,2}\.\d)| \d{1,2}:\d\d"
)


def clock(hour: int, minute: int, half: str | None, *, exact: bool = False) -> Said | None:
    """A clock time as said; `exact` where it is written as a 24-hour clock writes it, so that 03:00 stays at night."""
    if not (0 <= hour <= 24 and 0 <= minute < 60):
        return None
    if half:
        if hour > 12:
            return {"hour": hour, "minute": minute, "exact": True}
        return {"hour": hour % 12 + (12 if half.lower().startswith("p") else 0), "minute": minute, "exact": True}
    return {"hour": hour, "minute": minute, **({"exact": True} if exact or hour > 12 or hour == 0 else {})}


def _colon(match: re.Match[str]) -> Said | None:
    return clock(int(match["h"]), int(match["mi"]), match["half"], exact=match["h"].startswith("0"))


WORDS = [
    Word(
        "d_iso",
        rf"(?<!\d)(?P<y>{YEAR})(?P<sep>[-/.])(?P<m>\d{{1,2}})[-/.](?P<d>[0-3]\d"
        r"(?=\d\d:\d)|\d{1,2}(?!\d))(?:T(?=\d))?",
        _ymd,
        digits,
    ),
    Word("d_roc", r"(?<![\d./-])(?P<y>1[01]\d)(?P<s>[/.])(?P<m>\d{1,2})[/.](?P<d>\d{1,2})(?![\d./])", _roc, digits),
    Word("d_compact", rf"(?<![\d.#-])(?P<all>{YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?!\d)", _compact, digits),
    Word(
        "d_year_month",
        rf"(?<![\d.])(?P<y>{YEAR}) ?[-/.] ?(?P<m>0?[1-9]|1[0-2])(?![\d.:]|[-/]\d{{1,2}}(?!\d))" + NO_SUM,
        _year_month,
        digits,
    ),
    Word("d_dotted_year", rf"(?<![\d.])(?P<a>\d{{1,2}})[.-](?P<b>\d{{1,2}})\.(?P<y>{YEAR})(?!\d)", _day_first, digits),
    Word(
        "d_dashed", rf"(?<![\d.A-Za-z-])(?P<a>\d{{1,2}})-(?P<b>\d{{1,2}})-(?P<y>{YEAR}|\d\d)(?![\d-])", _slashes, digits
    ),
    Word("d_month_year", rf"(?<![\d.-])(?P<m>0?[1-9]|1[0-2]) ?[-/] ?(?P<y>{YEAR})(?!\d|[-/.]\d)", _month_year, digits),
    Word(
        "d_slashes",
        r"(?<![\d./:A-Za-z$¥])(?<![A-Za-z]-)(?P<a>\d{1,2})/(?P<b>\d{1,2})"
        rf"(?:[/,](?P<y>{YEAR}|\d\d(?!\d)))?(?![\d/%]|\.\d| ?(?:h|hour|hr"
        r"|of)s?\b)" + NO_SUM,
        _slashes,
        digits,
    ),
    Word(
        "d_padded",
        r"(?<![\d.:-])(?P<a>0[1-9]|1[0-2])-(?P<b>[0-2]\d|3[01])(?P<y>(?!))?(?![\d:.-]| [a-z]+s(?![a-z]))" + NO_SUM,
        _slashes,
        digits,
    ),
    Word("d_day_dotted", r"(?<![\d.:v$¥])(?P<a>\d{1,2})\.(?P<b>\d{1,2})\.(?! ?\d)", _day_dotted, digits),
    Word("d_dotted", r"(?<![\d.:v$¥])(?P<a>\d{1,2})\.(?P<b>\d{1,2})(?![\d:%]|\.\d)" + NO_SUM, _dotted, digits),
    Word("d_dashed_day", r"(?<![\d.:-])(?P<a>\d{1,2})-(?P<b>\d{1,2})(?![\d:.-])", _dashed, digits),
    Word(
        "d_meridiem",
        r"(?<![A-Za-z])(?P<half>[ap]m) ?(?P<h>\d{1,2})(?:[:.](?P<mi>[0-5]\d)|(?!\d|[:.]\d| ?[%万元k]))",
        _meridiem_first,
        "aApP",
        ("am", "pm"),
    ),
    Word(
        "d_colon",
        rf"(?:(?<![\d:.])|(?<=[-月]\d\d))(?P<h>[01]?\d|2[0-4]):(?P<mi>[0-5]\d)(?::[0-5]\d)?(?![\d:]){MERIDIEM}?",
        _colon,
        digits,
    ),
]
