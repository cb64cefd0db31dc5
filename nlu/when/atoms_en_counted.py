"""English words that count: in two weeks, 3 days ago, the next 10 days, the first Friday of, for 3 days, EOD."""

from __future__ import annotations

import re
from string import ascii_letters

from nlu.numerals import english
from nlu.when import Said
from nlu.when.atoms import Word
from nlu.when.english import (
    COUNT,
    END,
    HOLIDAYS,
    MONTH,
    NO_LETTER,
    NUMBER_WORD,
    ORDINAL,
    QUANTITY,
    UNIT,
    UNIT_OF,
    WEEKDAY,
    WEEKDAY_LONG,
    WEEKDAY_OF,
    ordinal,
    quantities,
)


def _shift(match: re.Match[str]) -> Said | None:
    """in two weeks, 3 days ago, two days after tomorrow, within 10 days."""
    parts = quantities(match["q"])
    lead, tail = (match["lead"] or "").lower().split(), (match["tail"] or "").lower()
    if not parts or not (lead or tail):
        return None
    if lead and lead[0] in ("within", "less"):
        return {"shift": parts, "within": True}
    back = tail.startswith(("ago", "before", "back", "earlier", "prior"))
    if not tail and lead[0] not in ("in", "after"):
        return None
    shift = tuple((unit, -count if back else count) for unit, count in parts)
    return {"shift": shift, **({"needs_base": True} if re.search(r"after|before|from(?! now)|prior", tail) else {})}


def _span(match: re.Match[str]) -> Said | None:
    parts = quantities(f"{match['n']} {match['u']}")
    if len(parts) != 1:
        return None
    unit, count = parts[0]
    back = match["w"].lower().split()[-1] in ("last", "past", "previous")
    return {"span": (unit, -count if back else count)}


def _weekdays_on(match: re.Match[str]) -> Said | None:
    """two Fridays ago, 3 Mondays from now."""
    count = int(english(match["n"]) or 0)
    back = match["tail"].lower() in ("ago", "back")
    if not 1 <= count <= 60:
        return None
    return {"weekday": WEEKDAY_OF[match["wd"].lower()], "nearest": -count if back else count}


def _weekday_beside(match: re.Match[str]) -> Said:
    """the Friday after Thanksgiving, the Monday before Christmas."""
    return {"nth": 1, "weekday": WEEKDAY_OF[match["wd"].lower()]}


def _ends(match: re.Match[str]) -> Said | None:
    """the first ten days of, the last two weeks of: says of what it is part."""
    parts = quantities(f"{match['n']} {match['u']}")
    sign = -1 if match["w"].lower() == "first" else 1
    shift = tuple((unit, sign * count) for unit, count in parts)
    return {"shift": shift, "needs_base": True, "beside": True} if parts else None


def _lasting(match: re.Match[str]) -> Said | None:
    """for 3 days: gives the other end to a beginning told beside it."""
    parts = quantities(match["q"])
    return {"lasting": parts} if parts else None


def _nth(match: re.Match[str]) -> Said | None:
    word = (match["n"] or match["m"]).lower()
    nth = -1 if word == "last" else ordinal(word) * (-1 if match["back"] else 1)
    weekday = match["wd"] or match["wd2"]
    if weekday:
        return {"nth": nth, "weekday": WEEKDAY_OF[weekday.lower().rstrip(".")]}
    return {"nth": nth, "nth_of": UNIT_OF[match["u"].lower()]}


WORDS = [
    Word(
        "e_work",
        "(?<![A-Za-z])(?:before )?(?:the )?(?:end of (?:the |this |business "
        "|working )?day|(?:close|end) of (?:business|play))(?! (?:after|before))"
        "(?![A-Za-z])",
        lambda m: {"part": "work", "before": True},
        ascii_letters,
    ),
    Word(
        "e_shift",
        "(?<![A-Za-z0-9.])(?:(?P<lead>in(?: about| around)?|within(?: the)?"
        f"(?: next| upcoming)?|after|less than) )?(?P<q>{QUANTITY}(?:,? "
        f"(?:and )?{QUANTITY}){{0,3}})(?: (?P<tail>ago|later|earlier|hence"
        r"|back|from now|from(?= (?:today|tomorrow|tmrw|yesterday|the|\d"
        "|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|next|this))|after|before"
        "|prior to))?(?![A-Za-z])",
        _shift,
    ),
    Word(
        "e_weekdays_on",
        rf"{NO_LETTER}(?P<n>\d{{1,2}}|{NUMBER_WORD}) (?P<wd>{WEEKDAY_LONG})s?"
        f" (?P<tail>ago|back|from now|hence){END}",
        _weekdays_on,
    ),
    Word(
        "e_weekday_beside",
        rf"{NO_LETTER}(?:the )?(?P<wd>{WEEKDAY_LONG})"
        rf"(?= (?:after|before) (?:the )?(?:{HOLIDAYS}|{MONTH} \d|{ORDINAL}))",
        _weekday_beside,
        ascii_letters,
    ),
    Word(
        "e_ends",
        rf"{NO_LETTER}(?:the )?(?P<w>first|last) (?P<n>{COUNT}) ?(?P<u>{UNIT})(?= (?:of|in) )",
        _ends,
        ascii_letters,
    ),
    Word(
        "e_span",
        f"(?<![A-Za-z])(?:the )?(?P<w>next|last|past|previous|coming|upcoming|following) (?P<n>{COUNT}) ?(?P<u>{UNIT})",
        _span,
        ascii_letters,
    ),
    Word(
        "e_span_inner",
        f"(?<![A-Za-z0-9.])(?P<n>{COUNT}) (?P<w>next|last|past|previous|coming|upcoming|following) (?P<u>{UNIT})",
        _span,
    ),
    Word(
        "e_nth",
        f"{NO_LETTER}(?:the )?(?:(?P<n>{ORDINAL}|last)(?P<back>(?:[ -]to)?[ -]last)? (?:(?P<wd>{WEEKDAY})"
        f"(?= (?:of|in|after|next|this) )|(?P<u>(?:working |business |work)?day|week|month|weekend)s?{END}"
        f"(?= of | next | this | last ))|(?P<m>{ORDINAL}) (?P<wd2>{WEEKDAY})"
        "(?=$))",
        _nth,
    ),
    Word("e_lasting", rf"{NO_LETTER}for (?P<q>{QUANTITY})(?! (?:ago|later))", _lasting, ascii_letters),
]
