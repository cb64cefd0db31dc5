"""English words for days: next Wed, Nov 25, the 25th, 9 to 12 June, the day after tomorrow, Thanksgiving."""

from __future__ import annotations

import re
from string import ascii_letters

from nlu.numerals import english
from nlu.when import Said
from nlu.when.atoms import Word
from nlu.when.atoms_digits import written_out, ymd
from nlu.when.english import (
    COUNT,
    DAY,
    END,
    HOLIDAYS,
    MONTH,
    MONTH_LONG,
    MONTH_OF,
    NO_LETTER,
    NUMBER_WORD,
    OF_YEAR,
    ORDINAL,
    STEP,
    STEPS,
    UNIT,
    WEEKDAY,
    WEEKDAY_OF,
    YEAR,
    ordinal,
    year_of,
)


def _month_day(match: re.Match[str]) -> Said | None:
    month, day = MONTH_OF[match["m"].lower().rstrip(".")], ordinal(match["d"])
    year = match["y"] or match["y2"]
    if year:
        return written_out(f"{year_of(year)}", month, day)
    if not 1 <= day <= 31 or (match["m"] in ("may", "march") and english(match["d"]) and not match["d"].isdigit()):
        return None
    return {"month": month, "day": day}


def _days_of_month(match: re.Match[str]) -> Said | None:
    said: Said = {
        "month": MONTH_OF[match["m"].lower().rstrip(".")],
        "day": ordinal(match["d"]),
        "day_to": ordinal(match["to"]),
    }
    if not 1 <= said["day"] < said["day_to"] <= 31:
        return None
    if match["y"] or match["y2"]:
        said["year"] = year_of(match["y"] or match["y2"])
    return said


def _month_year(match: re.Match[str]) -> Said:
    return {"month": MONTH_OF[match["m"].lower().rstrip(".")], "year": year_of(match["y"])}


def _day_of(match: re.Match[str]) -> Said | None:
    """the 25th; 20th of next month keeps its month for the merging."""
    day = ordinal(match["d"])
    return {"day": day} if 1 <= day <= 31 else None


def _days(match: re.Match[str]) -> Said | None:
    first, last = ordinal(match["d"]), ordinal(match["to"])
    return {"day": first, "day_to": last} if 1 <= first < last <= 31 else None


def _weekday(match: re.Match[str]) -> Said | None:
    said: Said = {"weekday": WEEKDAY_OF[match["wd"].lower().rstrip(".")]}
    if match["wd"] in ("sun", "sat", "mon", "wed") and not match["step"]:
        return None  # the sun, he sat
    step = " ".join((match["step"] or "").lower().split())
    if match["d"]:
        return said | {"day": ordinal(match["d"])}
    if step in ("last", "previous", "past", "this past"):
        return said | ({"week_by": -1} if step == "last" else {"nearest": -1})
    if step in ("next", "this"):
        return said | {"week_by": STEP[step]}
    if match["after"] or match["weeks"]:
        return said | {"nearest": 3 if "fortnight" in (match["weeks"] or "").lower() else 2}
    return said | ({"nearest": 1} if step else {})


def _day_word(match: re.Match[str]) -> Said:
    word = re.sub(r"\s+", " ", match["w"].lower())
    if word in ("tonight", "tonite"):
        return {"day_by": 0, "part": "evening"}
    if word in ("last night", "yesterday night"):
        return {"day_by": -1, "part": "evening"}
    if word == "next evening":
        return {"day_by": 1, "part": "evening"}
    if word.endswith("after tomorrow") or word.endswith("after tmrw") or word.endswith("after tmr"):
        return {"day_by": 2}
    if word.endswith("before yesterday"):
        return {"day_by": -2}
    return {
        "day_by": -1
        if word.startswith("yes") or word in ("day before", "the day before")
        else 0
        if word.startswith("tod")
        else 1
    }


def _holiday(match: re.Match[str]) -> Said:
    step = (match["step"] or "").lower()
    said: Said = {"holiday": match["h"].lower()}
    if match["y"]:
        said["year"] = int(match["y"])
    return said | ({"nearest": STEP[step]} if STEP.get(step) else {})


def _month_any(match: re.Match[str]) -> Said | None:
    name = (match["m"] or match["m2"]).lower().rstrip(".")
    step = (match["step2"] or "").lower()
    return {"month": MONTH_OF[name], **({"month_step": STEP[step]} if step in ("next", "last") else {})}


WORDS = [
    Word(
        "e_every",
        f"{NO_LETTER}(?:every|each) (?:other |second |single )?(?:{WEEKDAY}|(?:{COUNT} )?{UNIT}|morning|evening)"
        f"(?:(?:,| and|, and) {WEEKDAY})*+{END}",
        lambda _: {"every": True},
        ascii_letters,
    ),
    Word("e_day_itself", "(?:(?<=rest of )|(?<=rest ))the day(?![A-Za-z])", lambda _: {"day_by": 0}, ascii_letters),
    Word(
        "e_day_word",
        f"{NO_LETTER}(?P<w>(?:the )?day after (?:tomorrow|tmrw?)|(?:the )?day before yesterday"
        "|last night|yesterday night|next evening|the day before(?! [a-z])"
        f"|today|tonight|tonite|tomorrow|tmrw?|tomorrows|yesterday)(?:'s)?{END}",
        _day_word,
        ascii_letters,
    ),
    Word(
        "e_days_of",
        rf"(?<![\d.A-Za-z$])(?:the )?(?P<d>{DAY})(?: ?(?:-|–|to|through|thru"
        f"|until|till|and|&) ?)(?:the )?(?P<to>{DAY})[ -]?(?:of |in )?(?P<m>{MONTH}){OF_YEAR}?",
        _days_of_month,
    ),
    Word(
        "e_month_days",
        f"(?P<m>{MONTH})[ -]?(?:between |from )?(?:the )?(?P<d>{DAY})(?: ?"
        f"(?:-|–|to|through|thru|until|till|and|&) ?)(?:the )?(?P<to>{DAY})"
        f"(?! ?(?:am|pm|of)){OF_YEAR}?",
        _days_of_month,
        ascii_letters,
    ),
    Word(
        "e_day_month",
        rf"(?<![\d.A-Za-z$:-])(?:the )?(?P<d>{DAY}|{NUMBER_WORD})(?:[ /-]"
        f"|,)?(?: ?day)?(?: ?of )?(?: ?(?P<m>{MONTH}))(?:[-/]?{OF_YEAR})?"
        r"(?! \d{1,2}(?:st|nd|rd|th)?,? \d{4})",
        _month_day,
    ),
    Word(
        "e_month_day",
        f"(?P<m>{MONTH})[ -]?(?:the )?(?P<d>{DAY}|{NUMBER_WORD})(?! ?(?:am"
        rf"|pm|of (?!(?:19|20)\d\d)|million|k\b|%)){OF_YEAR}?",
        _month_day,
        ascii_letters,
    ),
    Word(
        "e_year_month",
        rf"(?<![\d.])(?P<y>{YEAR})[ ,/-]{{1,3}}(?P<m>{MONTH})(?:[ /-](?P<d>\d{{1,2}})(?!\d))?",
        lambda m: ymd(int(m["y"]), MONTH_OF[m["m"].lower().rstrip(".")], int(m["d"])) if m["d"] else _month_year(m),
    ),
    Word("e_month_year", rf"(?P<m>{MONTH})(?:,? ?(?:of )?|[-/])(?P<y>{YEAR})(?!\d)", _month_year, ascii_letters),
    Word(
        "e_month",
        "(?:(?:(?<=in )|(?<=by )|(?<=of )|(?<=since )|(?<=until )|(?<=till )"
        "|(?<=from )|(?<=before )|(?<=after )|(?<=for )|(?<=early )|(?<=late )"
        "|(?<=mid[ -])|(?<=in the )|(?<=to )|(?<=during )|(?<=and ))(?P<step>"
        f"(?!))?|{NO_LETTER}(?P<step2>this|next|last) )(?P<m>{MONTH})|(?P<m2>{MONTH_LONG})"
        "(?P<step3>(?!))?",
        _month_any,
        ascii_letters,
    ),
    Word(
        "e_weekday",
        f"{NO_LETTER}(?:(?P<step>{STEPS}) |(?P<weeks>(?:a )?(?:week|fortnight) (?:on|from|this) )(?:this )?)?"
        f"(?P<wd>{WEEKDAY})(?:,? (?:the )?"
        f"(?P<d>{ORDINAL}|(?:1[3-9]|2\\d|3[01])(?![\\d:.,/%万千kKmM-]|th|st|nd|rd| ?[ap]m| %))"
        f"(?! of| quarter| ?(?:k|mil|grand|quid|percent|per cent|thousand|million|units|people|pax)\\b| {MONTH}"
        f"| [a-z]+s)|(?P<after> after next| week(?= ?(?:$|[,.;!?)]))){END})?",
        _weekday,
        ascii_letters,
    ),
    Word(
        "e_days",
        rf"(?<![\d.A-Za-z$])(?:(?<=from )|(?<=between ))(?:the )?(?P<d>{DAY})"
        f"(?: ?(?:-|to|and) ?)(?:the )?(?P<to>{DAY})(?=(?: in| of)? (?:this"
        "|next|last) month)",
        _days,
    ),
    Word(
        "e_the_day",
        rf"(?<![\d.A-Za-z$])(?:on )?(?:the )(?P<d>{ORDINAL})(?: day)?(?! \d)(?! "
        "(?:quarter|qtr|round|half|time|party|floor|one|of (?!next|last|this"
        "|the)|most|version|phase|visit|meeting|call|instal|payment|draft"
        "|generation|thing))",
        _day_of,
    ),
    Word(
        "e_day_of",
        rf"(?<![\d.A-Za-z$])(?P<d>{DAY})(?: day)?(?= of (?:the )?(?:next|last|this|previous) month)",
        _day_of,
    ),
    Word(
        "e_on_day",
        rf"(?:(?<=on )|(?<=on the )|(?<=for the )|(?<=by the )|(?<=until the ))(?P<d>\d{{1,2}}|{NUMBER_WORD})"
        r"(?=$|[.,;!?](?!\d))",
        _day_of,
    ),
    Word(
        "e_holiday",
        f"{NO_LETTER}(?:(?P<step>next|last|this|following) )?(?P<h>{HOLIDAYS})(?:,? (?:of )?(?P<y>{YEAR}))?",
        _holiday,
        ascii_letters,
    ),
]
