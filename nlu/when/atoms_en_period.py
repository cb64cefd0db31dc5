"""English words for longer periods: next month, Q3 2026, the second half of, end of, EOM, in 2026."""

from __future__ import annotations

import re
from string import ascii_letters

from nlu.when import Said
from nlu.when.atoms import Word
from nlu.when.english import END, MONTH, MONTH_OF, NO_LETTER, STEP, STEPS, UNIT_OF, YEAR, YEAR_WORD, ordinal, year_of


def _unit(match: re.Match[str]) -> Said | None:
    step = STEP.get(" ".join(match["step"].lower().split()), 0)
    unit = UNIT_OF.get(match["u"].lower(), match["u"].lower())
    if unit == "weekend" or match["u"].lower() == "weekend":
        return {"week_by": step, "weekend": True}
    if unit == "day":
        return {"day_by": step}
    return {"fortnight": step} if unit == "fortnight" else {f"{unit}_by": step}


def _after_next(match: re.Match[str]) -> Said:
    """the week after next, the month before last, May after next."""
    word = match["u"].lower().rstrip(".")
    step = 2 if match["w"].lower() == "after next" else -2
    if word == "weekend":
        return {"week_by": step, "weekend": True}
    return {"month": MONTH_OF[word], "month_step": step} if word in MONTH_OF else {f"{UNIT_OF[word]}_by": step}


def _unit_end(match: re.Match[str]) -> Said:
    """year end, the month's end."""
    return {"piece": "end", f"{UNIT_OF[match['u'].lower()]}_by": 0}


def _week_number(match: re.Match[str]) -> Said | None:
    number = int(match["n"])
    return {"nth": number, "nth_of": "week", "year_by": 0} if 1 <= number <= 53 else None


def _decade(match: re.Match[str]) -> Said | None:
    """the 1990s, the 80s, the seventies."""
    word = (match["w"] or "").lower()
    if word:
        start = DECADES[word]
    else:
        short = int(match["k"])
        start = int(match["c"]) * 100 + short if match["c"] else short + (1900 if short >= 30 else 2000)
    return {"decade": start}


def _half_of(match: re.Match[str]) -> Said:
    """earlier this month, later this week: the half of it before or after its middle."""
    piece = "half1" if match["w"].lower() == "earlier" else "half2"
    return {"piece": piece}


def _of_present(match: re.Match[str]) -> Said:
    """of the month, of the year, in the week."""
    unit = UNIT_OF.get(match["u"].lower(), "week")
    return {"week_by": 0, "weekend": True} if match["u"].lower() == "weekend" else {f"{unit}_by": 0}


def _quarter(match: re.Match[str]) -> Said | None:
    text = "4" if match["last"] else (match["n"] or match["k"]).lower()
    said: Said = {"quarter": ordinal(text) if text[0] not in "1234" or len(text) > 1 else int(text)}
    return said | ({"year": int(match["y"])} if match["y"] else {}) if said["quarter"] in (1, 2, 3, 4) else None


def _half(match: re.Match[str]) -> Said | None:
    said: Said = {"half": {"first": 1, "second": 2}.get((match["w"] or "").lower()) or int(match["k"])}
    return said | ({"year": int(match["y"])} if match["y"] else {})


def _letters(match: re.Match[str]) -> Said:
    """EOD, COB, EOW, EOM, EOQ, EOY, BOM, BOY."""
    word = match["w"].upper()
    if word in ("EOD", "COB", "EOB"):
        return {"part": "work", "before": True}
    unit = {"W": "week", "M": "month", "Q": "quarter", "Y": "year"}[word[-1]]
    return {"piece": "end" if word[0] == "E" else "start", f"{unit}_by": 0}


def _year(match: re.Match[str]) -> Said:
    return {"year": year_of(match["y"])}


def _piece_any(match: re.Match[str]) -> Said:
    word = (match["p"] or match["q"]).lower()
    piece = "start" if word in ("beginning", "start", "early") else "middle" if word.startswith("mid") else "end"
    return {"piece": piece}


def _rest(match: re.Match[str]) -> Said:
    return {"rest": True}


def _weekend(match: re.Match[str]) -> Said:
    return {"weekend": True}


DECADE_WORDS = "twenties thirties forties fifties sixties seventies eighties nineties"
DECADES = {word: 1900 + 10 * place for place, word in enumerate(DECADE_WORDS.split(), 2)}
DECADES |= {"noughties": 2000, "two thousands": 2000, "twenties": 2020}
WORDS = [
    Word(
        "e_after_next",
        rf"{NO_LETTER}(?:the )?(?P<u>weekend|week|month|year|quarter|{MONTH}) (?P<w>after next|before last){END}",
        _after_next,
        ascii_letters,
    ),
    Word(
        "e_unit_end",
        rf"{NO_LETTER}(?:the )?(?P<u>year|quarter|month|week)(?:[- ]|'s )end{END}",
        _unit_end,
        ascii_letters,
    ),
    Word(
        "e_rest",
        rf"{NO_LETTER}(?:the )?(?:rest|remainder|remaining) (?:of )?(?=the |th|my |today|current)",
        _rest,
        ascii_letters,
    ),
    Word(
        "e_half_of",
        rf"{NO_LETTER}(?P<w>earlier|later) (?:in )?(?=th(?:is|e) (?:week|month|year)|next|last)",
        _half_of,
        ascii_letters,
    ),
    Word(
        "e_week_number",
        rf"{NO_LETTER}(?:cw|kw|calendar week|week) ?(?P<n>\d{{1,2}})(?![\d.:%/-])(?! (?:of (?:the|our|my)|weeks))",
        _week_number,
        ascii_letters,
    ),
    Word(
        "e_week_around",
        f"{NO_LETTER}(?:the )?week (?:of|commencing|beginning|starting|ending)(?: on)?(?: the)? (?!the )",
        lambda m: {"week_around": True},
        ascii_letters,
    ),
    Word(
        "e_weekend",
        rf"{NO_LETTER}(?:(?:over |for |on )?the )?weekend{END}(?! (?:of|plan|break|trip))",
        _weekend,
        ascii_letters,
    ),
    Word(
        "e_decade",
        rf"(?:(?<=the )|{NO_LETTER}in )(?:(?P<c>19|20)?'?(?P<k>\d0)'?s|(?P<w>{'|'.join(DECADES)})){END}",
        _decade,
    ),
    Word(
        "e_quarter",
        f"(?:{NO_LETTER}(?:the )?(?P<n>first|second|third|fourth|1st|2nd"
        f"|3rd|4th) (?:quarter|qtr){END}"
        f"|{NO_LETTER}(?:the )?(?P<last>last) quarter(?= of )|(?<![A-Za-z])Q(?P<k>[1-4])(?![A-Za-z0-9]))"
        f"(?:(?: of|,)? ?(?P<y>{YEAR}))?",
        _quarter,
    ),
    Word(
        "e_unit",
        f"{NO_LETTER}(?:the )?(?P<step>{STEPS})[ ](?P<u>week|month|quarter"
        f"|qtr|year|yr|weekend|day|fortnight){END}(?:'s)?",
        _unit,
        ascii_letters,
    ),
    Word(
        "e_present",
        "(?:(?<=of the )|(?<=of )|(?<=rest )|(?<=for the )|(?<=in the )"
        f"|(?<=within the )|(?<=my ))(?P<u>week|month|quarter|year|weekend){END}",
        _of_present,
        ascii_letters,
    ),
    Word(
        "e_half",
        f"(?:{NO_LETTER}(?P<w>first|second) half(?= of| this| next| last)"
        f"|(?<![A-Za-z])H(?P<k>[12])(?![A-Za-z0-9]))(?:(?: of)? ?(?P<y>{YEAR}))?",
        _half,
    ),
    Word(
        "e_piece",
        f"{NO_LETTER}(?:(?:the )?(?P<p>end|beginning|start|middle) of|(?P<q>early"
        rf"|late|mid)[ -](?=(?:{MONTH}|this|next|last|q\d|\d{{4}})))",
        _piece_any,
        ascii_letters,
    ),
    Word(
        "e_letters",
        r"(?<![A-Za-z])(?P<w>EOD|COB|EOB|EOW|EOM|EOQ|EOY|BOM|BOY|BOW|BOQ)(?![A-Za-z])",
        _letters,
        ascii_letters,
    ),
    Word(
        "e_year",
        "(?:(?:(?<=in )|(?<=of )|(?<=since )|(?<=until )|(?<=before )|(?<=after )"
        "|(?<=during )|(?<=year )|(?<=from )|(?<=to )|(?<=by )|(?<=than )"
        f"|(?<== )|(?<==)|(?<=on )|(?<=early )|(?<=late )|(?<=weekend )"
        f"|(?<=mid )|(?<=mid-)|(?<=fy)|(?<=:\\d\\d ))(?P<y>{YEAR}|{YEAR_WORD})"
        r"(?![\d.,%:/-]*\d|[A-Za-z%万元kw台件个]| ?(?:万|元|usd|rmb|users|people)))",
        _year,
    ),
    Word("e_bare_year", rf"(?<![\d.A-Za-z$,:-])(?P<y>{YEAR})(?=(?: ?,? ?(?:H[12]|Q[1-4]))(?![A-Za-z0-9]))", _year),
]
