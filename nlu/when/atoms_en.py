"""English words of time: next Wed, Nov 25, the 25th, half past three, in two weeks, end of next month, Q3 2026, EOM."""

from __future__ import annotations

import re

from nlu.numerals import english
from nlu.value_words import one_of, value_words
from nlu.when import Said
from nlu.when.atoms import Word
from nlu.when.atoms_digits import MERIDIEM, clock, full_year, ymd

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
MONTH_OF = (
    {name: place for place, name in enumerate(MONTHS, 1)}
    | {name[:3]: place for place, name in enumerate(MONTHS, 1)}
    | {"sept": 9}
)
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAY_OF = {name: place for place, name in enumerate(WEEKDAYS)} | {
    name[:3]: place for place, name in enumerate(WEEKDAYS)
}
WEEKDAY_OF |= {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
ORDINALS = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth",
    "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
]  # fmt: skip
ORDINAL_OF = {word: place for place, word in enumerate(ORDINALS, 1)}
ORDINAL_OF |= {f"twenty-{word}": 20 + place for place, word in enumerate(ORDINALS[:9], 1)} | {
    "thirtieth": 30,
    "thirty-first": 31,
}
SMALL = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
TEENS = ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]

NO_LETTER = r"(?<![A-Za-z])"
END = r"(?![A-Za-z])"
MONTH = rf"{NO_LETTER}(?:{'|'.join(sorted(MONTH_OF, key=len, reverse=True))}){END}\.?"
MONTH_LONG = rf"{NO_LETTER}(?:{'|'.join(name for name in MONTHS if name not in ('may', 'march'))}|sept?|jan|feb|apr|jun|jul|aug|oct|nov|dec){END}\.?"
WEEKDAY = rf"{NO_LETTER}(?:{'|'.join(sorted(WEEKDAY_OF, key=len, reverse=True))}){END}\.?"
YEAR = r"(?:19|20)\d\d"
ORDINAL_WORD = rf"(?:(?:twenty|thirty)[ -])?(?:{'|'.join(sorted(ORDINALS, key=len, reverse=True))})|thirtieth"
ORDINAL = rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{ORDINAL_WORD}){END}"
NUMBER_WORD = rf"(?:twenty|thirty|forty|fifty)(?:[ -](?:{'|'.join(SMALL[:9])}))?|{'|'.join(TEENS + SMALL)}"
DAY = rf"(?:{ORDINAL}|\d{{1,2}}(?![\d:.]\d|\d| ?(?:am|pm|k|%|million){END}))"
YEAR_WORD = r"two thousand(?: and)? (?:(?:twenty|thirty)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?|ten|eleven|twelve|eighteen|nineteen)|two thousand|nineteen (?:hundred )?(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?)"
OF_YEAR = rf"(?:,? ?(?:of |in )?(?P<y>{YEAR}|{YEAR_WORD})(?!\d)|,? (?P<y2>\d\d)(?![\d:.]| ?[ap]m)(?=$|[.,;]))"
COUNT = rf"(?:1/2|3/4|\d{{1,4}}(?:\.\d)?(?!\d)|(?:an?|half an?|a few|a couple(?: of)?|couple of|{NUMBER_WORD}){END})"
UNIT_OF = {
    "second": "second", "sec": "second", "minute": "minute", "min": "minute", "hour": "hour", "hr": "hour", "h": "hour", "day": "day",
    "week": "week", "wk": "week", "month": "month", "quarter": "quarter", "qtr": "quarter", "year": "year", "yr": "year", "decade": "decade",
    "fortnight": "fortnight", "night": "day", "weekend": "week",
}  # fmt: skip
UNIT = rf"(?:{'|'.join(sorted(UNIT_OF, key=len, reverse=True))})s?{END}"
QUANTITY = rf"{COUNT}(?: and (?:an? )?half)?[ -]?(?:more )?{UNIT}"
PARTS = {
    "morning": "morning",
    "mornings": "morning",
    "lunchtime": "noon",
    "lunch": "noon",
    "midday": "noon",
    "afternoon": "afternoon",
    "evening": "evening",
    "night": "evening",
}
PART = rf"(?:(?:early|late|mid)[ -])?(?P<part>morning|lunchtime|midday|afternoon|evening|night){END}"
STEP = {
    "last": -1,
    "past": -1,
    "previous": -1,
    "this past": -1,
    "next": 1,
    "following": 1,
    "upcoming": 1,
    "coming": 1,
    "this upcoming": 1,
    "this coming": 1,
    "this": 0,
    "the": 0,
    "current": 0,
    "this current": 0,
    "same": 0,
}
STEPS = "(?:this )?(?:last|past|previous|next|following|upcoming|coming|current)|this|same"
HOLIDAYS = one_of(
    name
    for group in ("fixed", "weekday", "lunar", "computed")
    for name in value_words()["holiday"][group]
    if name.isascii()
)


def ordinal(text: str) -> int:
    """1st, twenty-first, 25, as a number."""
    word = text.lower().replace(" ", "-")
    return ORDINAL_OF.get(word) or int(re.sub(r"\D", "", text) or english(text) or 0)


def year_of(text: str) -> int:
    """2026, two thousand and twenty, nineteen eighty six."""
    if text.isdigit():
        return full_year(text)
    if text.lower().startswith("nineteen"):
        return 1900 + int(english(text[8:].replace("hundred", "")) or 0)
    return int(english(text) or 0)


def _month_day(match: re.Match[str]) -> Said | None:
    month, day = MONTH_OF[match["m"].lower().rstrip(".")], ordinal(match["d"])
    year = match["y"] or match["y2"]
    if year:
        return ymd(year_of(year), month, day)
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


def _month(match: re.Match[str]) -> Said | None:
    said: Said = {"month": MONTH_OF[match["m"].lower().rstrip(".")]}
    step = (match["step"] or "").lower()
    if step in ("next", "last"):
        said["month_step"] = STEP[step]
    return said


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
    return said | ({"nearest": 1} if step else {})


def _unit(match: re.Match[str]) -> Said | None:
    step = STEP.get(" ".join(match["step"].lower().split()), 0)
    unit = UNIT_OF.get(match["u"].lower(), match["u"].lower())
    if unit == "weekend" or match["u"].lower() == "weekend":
        return {"week_by": step, "weekend": True}
    if unit == "day":
        return {"day_by": step}
    return {"fortnight": step} if unit == "fortnight" else {f"{unit}_by": step}


def _after_next(match: re.Match[str]) -> Said:
    return {f"{UNIT_OF[match['u'].lower()]}_by": 2}


def _of_present(match: re.Match[str]) -> Said:
    """of the month, of the year, in the week."""
    unit = UNIT_OF.get(match["u"].lower(), "week")
    return {"week_by": 0, "weekend": True} if match["u"].lower() == "weekend" else {f"{unit}_by": 0}


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


def _part(match: re.Match[str]) -> Said:
    said: Said = {"part": PARTS[match["part"].lower()]}
    return said | ({"day_by": 0} if match["this"] else {})


def _clock(match: re.Match[str]) -> Said | None:
    text = match["h"].lower()
    hour = int(text) if text.isdigit() else int(english(text) or 99)
    return clock(hour, int(match["mi"] or 0), match["half"])


def _hours(match: re.Match[str]) -> Said | None:
    """8-9am, 3-5:30pm, from 7 to 9: the beginning is in the same half of the day where that leaves it before the end."""
    last = clock(int(match["to"]), int(match["tm"] or 0), match["half"])
    first = clock(int(match["h"]), int(match["hm"] or 0), None)
    if last is None or first is None:
        return None
    hour = first["hour"]
    if match["half"] and hour < 12 <= last["hour"] and (hour + 12, first["minute"]) < (last["hour"], last["minute"]):
        hour += 12
    exact = {"exact": True} if match["half"] else {}
    return {"hour": hour, "minute": first["minute"], "to": (last["hour"], last["minute"]), **exact}


def _oclock(match: re.Match[str]) -> Said | None:
    hour = int(match["h"]) if match["h"].isdigit() else int(english(match["h"]) or 99)
    return clock(hour, 0, match["half"])


def _french(match: re.Match[str]) -> Said | None:
    return clock(int(match["h"]), int(match["mi"] or 0), match["half"])


def _spoken(match: re.Match[str]) -> Said | None:
    """ten thirty am, seven twenty-seven."""
    return clock(int(english(match["h"]) or 99), int(english(match["mi"]) or 99), match["half"])


def _past(match: re.Match[str]) -> Said | None:
    """half past three, a quarter to 8, 20 min past eight."""
    word = re.sub(r" ?min(?:ute)?s?$", "", match["n"].lower().removeprefix("a "))
    minute = {"half": 30, "quarter": 15, "three quarters": 45}.get(word)
    if minute is None:
        minute = int(english(word) or 99)
    hour_word = match["h"].lower()
    hour = 12 if hour_word == "noon" else int(english(hour_word) or 99)
    said = clock(hour, 0, match["half"])
    if said is None or minute >= 60:
        return None
    total = said["hour"] * 60 + (minute if match["to"].lower() in ("past", "after", "from") else -minute)
    return {**said, "hour": total // 60 % 24, "minute": total % 60}


def _noon(match: re.Match[str]) -> Said:
    return {"hour": 12 if match["w"].lower() == "noon" else 0, "minute": 0, "exact": True}


def _military(match: re.Match[str]) -> Said | None:
    return clock(int(match["h"]), int(match["mi"]), match["half"])


def quantities(text: str) -> tuple[tuple[str, float], ...]:
    """2 days 1 hour 5 minutes as ((day, 2), (hour, 1), (minute, 5)); empty where one of them is vague."""
    parts = []
    for piece in PIECES.finditer(text):
        word = piece["n"].lower()
        count = {
            "1/2": 0.5,
            "3/4": 0.75,
            "a few": None,
            "a couple": 2.0,
            "a couple of": 2.0,
            "couple of": 2.0,
            "half a": 0.5,
            "half an": 0.5,
        }.get(word, 0.0)
        if count == 0.0:
            count = float(english(word) or 0)
        if count is None:
            return ()
        unit = UNIT_OF[piece["u"].lower().removesuffix("s")] if piece["u"].lower() != "s" else "second"
        count += 0.5 if piece["half"] else 0
        parts.append(("day", count * 14) if unit == "fortnight" else (unit, count))
    return tuple(parts)


PIECES = re.compile(rf"(?P<n>{COUNT})(?P<half> and (?:an? )?half)?[ -]?(?:more )?(?P<u>{UNIT})", re.IGNORECASE)


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


def _lasting(match: re.Match[str]) -> Said | None:
    """for 3 days: gives the other end to a beginning told beside it."""
    parts = quantities(match["q"])
    return {"lasting": parts} if parts else None


def _quarter(match: re.Match[str]) -> Said | None:
    text = (match["n"] or match["k"]).lower()
    said: Said = {"quarter": ordinal(text) if text[0] not in "1234" or len(text) > 1 else int(text)}
    return said | ({"year": int(match["y"])} if match["y"] else {}) if said["quarter"] in (1, 2, 3, 4) else None


def _half(match: re.Match[str]) -> Said | None:
    said: Said = {"half": {"first": 1, "second": 2}.get((match["w"] or "").lower()) or int(match["k"])}
    return said | ({"year": int(match["y"])} if match["y"] else {})


def _piece(match: re.Match[str]) -> Said:
    word = match["p"].lower()
    piece = (
        "start" if word in ("beginning", "start", "early", "earlier") else "middle" if word.startswith("mid") else "end"
    )
    return {"piece": piece, "english": True}


def _letters(match: re.Match[str]) -> Said:
    """EOD, COB, EOW, EOM, EOQ, EOY, BOM, BOY."""
    word = match["w"].upper()
    if word in ("EOD", "COB", "EOB"):
        return {"part": "work", "before": True}
    unit = {"W": "week", "M": "month", "Q": "quarter", "Y": "year"}[word[-1]]
    return {"piece": "end" if word[0] == "E" else "start", f"{unit}_by": 0}


def _nth(match: re.Match[str]) -> Said | None:
    word = (match["n"] or match["m"]).lower()
    nth = -1 if word == "last" else ordinal(word)
    weekday = match["wd"] or match["wd2"]
    if weekday:
        return {"nth": nth, "weekday": WEEKDAY_OF[weekday.lower().rstrip(".")]}
    return {"nth": nth, "nth_of": UNIT_OF[match["u"].lower()]}


def _year(match: re.Match[str]) -> Said:
    return {"year": year_of(match["y"])}


def _holiday(match: re.Match[str]) -> Said:
    step = (match["step"] or "").lower()
    said: Said = {"holiday": match["h"].lower()}
    if match["y"]:
        said["year"] = int(match["y"])
    return said | ({"nearest": STEP[step]} if STEP.get(step) else {})


WORDS = [
    Word("e_work", r"(?<![A-Za-z])(?:before (?:the )?)?(?:end of (?:the |this |business |working )?day|close of (?:business|play))(?! (?:after|before))(?![A-Za-z])", lambda m: {"part": "work", "before": True}),
    Word("e_shift", rf"(?<![A-Za-z0-9.])(?:(?P<lead>in(?: about| around)?|within(?: the)?(?: next| upcoming)?|after|less than) )?(?P<q>{QUANTITY}(?:,? (?:and )?{QUANTITY}){{0,3}})(?: (?P<tail>ago|later|earlier|hence|back|from now|from(?= (?:today|tomorrow|tmrw|yesterday|the|\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))|after|before|prior to))?(?![A-Za-z])", _shift),
    Word("e_span", rf"(?<![A-Za-z])(?:the )?(?P<w>next|last|past|previous|coming|upcoming|following) (?P<n>{COUNT}) ?(?P<u>{UNIT})", _span),
    Word("e_span_inner", rf"(?<![A-Za-z0-9.])(?P<n>{COUNT}) (?P<w>next|last|past|previous|coming|upcoming|following) (?P<u>{UNIT})", _span),
    Word("e_day_word", rf"{NO_LETTER}(?P<w>(?:the )?day after (?:tomorrow|tmrw?)|(?:the )?day before yesterday|last night|yesterday night|next evening|the day before(?! [a-z])|today|tonight|tonite|tomorrow|tmrw?|tomorrows|yesterday)(?:'s)?{END}", _day_word),
    Word("e_days_of", rf"(?<![\d.A-Za-z$])(?:the )?(?P<d>{DAY})(?: ?(?:-|–|to|through|thru|until|till|and|&) ?)(?:the )?(?P<to>{DAY})[ -]?(?:of |in )?(?P<m>{MONTH}){OF_YEAR}?", _days_of_month),
    Word("e_month_days", rf"(?P<m>{MONTH})[ -]?(?:between |from )?(?:the )?(?P<d>{DAY})(?: ?(?:-|–|to|through|thru|until|till|and|&) ?)(?:the )?(?P<to>{DAY})(?! ?(?:am|pm|of)){OF_YEAR}?", _days_of_month),
    Word("e_day_month", rf"(?<![\d.A-Za-z$:-])(?:the )?(?P<d>{DAY}|{NUMBER_WORD})(?:[ /-]|,)?(?: ?day)?(?: ?of )?(?: ?(?P<m>{MONTH}))(?:[-/]?{OF_YEAR})?(?! \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})", _month_day),
    Word("e_month_day", rf"(?P<m>{MONTH})[ -]?(?:the )?(?P<d>{DAY}|{NUMBER_WORD})(?! ?(?:am|pm|of |million|k\b|%)){OF_YEAR}?", _month_day),
    Word("e_year_month", rf"(?<![\d.])(?P<y>{YEAR})[ ,/-]{{1,3}}(?P<m>{MONTH})(?:[ /-](?P<d>\d{{1,2}})(?!\d))?", lambda m: ymd(int(m["y"]), MONTH_OF[m["m"].lower().rstrip(".")], int(m["d"])) if m["d"] else _month_year(m)),
    Word("e_month_year", rf"(?P<m>{MONTH})(?:,? ?(?:of )?|[-/])(?P<y>{YEAR})(?!\d)", _month_year),
    Word("e_month", rf"(?:(?:(?<=in )|(?<=by )|(?<=of )|(?<=since )|(?<=until )|(?<=till )|(?<=from )|(?<=before )|(?<=after )|(?<=for )|(?<=early )|(?<=late )|(?<=mid[ -])|(?<=in the )|(?<=to )|(?<=during )|(?<=and ))(?P<step>(?!))?|{NO_LETTER}(?P<step2>this|next|last) )(?P<m>{MONTH})|(?P<m2>{MONTH_LONG})(?P<step3>(?!))?", lambda m: _month_any(m)),
    Word("e_nth", rf"{NO_LETTER}(?:the )?(?:(?P<n>{ORDINAL}|last) (?:(?P<wd>{WEEKDAY})(?= (?:of|in|after|next|this) )|(?P<u>day|week|month|weekend)s?{END}(?= of | next | this | last ))|(?P<m>{ORDINAL}) (?P<wd2>{WEEKDAY})(?=$))", _nth),
    Word("e_weekday", rf"{NO_LETTER}(?:(?P<step>{STEPS}) )?(?P<wd>{WEEKDAY})(?:,? (?:the )?(?P<d>{ORDINAL})(?! of| quarter| {MONTH}))?", _weekday),
    Word("e_after_next", rf"{NO_LETTER}(?:the )?(?P<u>week|month|year|quarter) after next{END}", _after_next),
    Word("e_unit", rf"{NO_LETTER}(?:the )?(?P<step>{STEPS})[ ](?P<u>week|month|quarter|qtr|year|yr|weekend|day|fortnight){END}(?:'s)?", _unit),
    Word("e_present", rf"(?:(?<=of the )|(?<=of )|(?<=rest )|(?<=for the )|(?<=in the )|(?<=within the )|(?<=my ))(?P<u>week|month|quarter|year|weekend){END}", _of_present),
    Word("e_part_this", rf"{NO_LETTER}(?P<this>this) {PART}", _part),
    Word("e_past", rf"(?<![A-Za-z0-9:.])(?P<n>(?:a )?quarter|half|three quarters|(?:\d{{1,2}}|{NUMBER_WORD})(?:(?= past| after)| ?(?:minutes?|mins?))) (?P<to>past|to|after|from) (?P<h>\d{{1,2}}|{'|'.join(SMALL)}|noon)(?![\d:A-Za-z]*[\d:]){MERIDIEM}?", _past),
    Word("e_hours", rf"(?<![\d.:$#A-Za-z/-])(?P<h>\d{{1,2}})(?::(?P<hm>[0-5]\d))? ?(?:-|–|to|until|till|and) ?(?P<to>\d{{1,2}})(?::(?P<tm>[0-5]\d))?(?![\d:/-]){MERIDIEM}", _hours),
    Word("e_from_hours", rf"(?:(?<=from )|(?<=between ))(?P<h>\d{{1,2}})(?::(?P<hm>[0-5]\d))?(?P<half>(?!))? ?(?:-|–|to|until|till|and) ?(?P<to>\d{{1,2}})(?::(?P<tm>[0-5]\d))?(?![\d:/.%,-]| ?(?:k|w|m|万|usd|rmb|euros?|dollars?|units|people|percent|users|days|weeks|months|of|to|in (?:next|this|last)|this month|next month){END})", _hours),
    Word("e_hour_part", rf"(?<![\d.:$#A-Za-z/-])(?P<h>\d{{1,2}}|{'|'.join(SMALL)})(?P<mi>(?!))?(?P<half>(?!))?(?=,? (?:in the (?:morning|afternoon|evening|night)|this (?:morning|afternoon|evening)|tonight|tomorrow (?:morning|afternoon|evening|night)))", _clock),
    Word("e_meridiem", rf"(?<![\d.:$#])(?P<h>\d{{1,2}}|{NO_LETTER}(?:{'|'.join(SMALL)}))(?:[:.](?P<mi>[0-5]\d))?{MERIDIEM.replace('|[ap])', '|(?<=[0-9])[ap])')}", _clock),
    Word("e_oclock", rf"(?<![\d.:])(?P<h>\d{{1,2}}|{NO_LETTER}(?:{'|'.join(SMALL)})) ?o ?'?clock{END}{MERIDIEM}?", _oclock),
    Word("e_french", rf"(?<![\d.:A-Za-z])(?P<h>\d{{1,2}}) ?h ?(?P<mi>[0-5]\d)?(?![\dA-Za-z]){MERIDIEM}?", _french),
    Word("e_military", rf"(?<![\d.:])(?P<h>0?\d|1\d)(?P<mi>[0-5]\d)(?P<x>){MERIDIEM}", _military),
    Word("e_spoken", rf"{NO_LETTER}(?P<h>{'|'.join(SMALL + TEENS)}) (?P<mi>(?:ten|fifteen|(?:twenty|thirty|forty|fifty)(?:-\w+)?)){END}(?! (?:minutes|people|thousand|hundred|million)){MERIDIEM}?", _spoken),
    Word("e_at", rf"(?:(?<=at )|(?<=@ )|(?<=around )|(?<=@))(?P<h>\d{{1,2}}(?!\d|[:.,/-]\d|%| ?(?:k|w|m|usd|rmb|percent|units|people|days|weeks|万|元|家){END})|(?:{'|'.join(SMALL)}){END}(?! \w))(?:[.](?P<mi>[0-5]\d))?(?P<half>(?!))?", _clock),
    Word("e_at_dot", r"(?:(?<=at )|(?<=@ ))(?P<h>\d{1,2})\.(?P<mi>[0-5]\d)(?!\d|%|[kmw])(?P<half>(?!))?", _clock),
    Word("e_ish", r"(?<![\d.:])(?P<h>\d{1,2})(?P<mi>(?!))?(?P<half>(?!))?-?ish(?![A-Za-z])", _clock),
    Word("e_noon", rf"{NO_LETTER}(?P<w>noon|midnight){END}", _noon),
    Word("e_part", rf"{NO_LETTER}(?P<this>(?!))?(?:in (?:the )?|on )?{PART}(?<!good night)(?<!good morning)(?<!good afternoon)(?<!good evening)", _part),
    Word("e_quarter", rf"(?:{NO_LETTER}(?:the )?(?P<n>first|second|third|fourth|1st|2nd|3rd|4th) (?:quarter|qtr){END}|(?<![A-Za-z])Q(?P<k>[1-4])(?![A-Za-z0-9]))(?:(?: of|,)? ?(?P<y>{YEAR}))?", _quarter),
    Word("e_half", rf"(?:{NO_LETTER}(?P<w>first|second) half(?= of| this| next| last)|(?<![A-Za-z])H(?P<k>[12])(?![A-Za-z0-9]))(?:(?: of)? ?(?P<y>{YEAR}))?", _half),
    Word("e_piece", rf"{NO_LETTER}(?:(?:the )?(?P<p>end|beginning|start|middle) of|(?P<q>early|late|mid)[ -](?=(?:{MONTH}|this|next|last|q\d|\d{{4}})))", lambda m: _piece_any(m)),
    Word("e_letters", r"(?<![A-Za-z])(?P<w>EOD|COB|EOB|EOW|EOM|EOQ|EOY|BOM|BOY|BOW|BOQ)(?![A-Za-z])", _letters),
    Word("e_lasting", rf"{NO_LETTER}for (?P<q>{QUANTITY})(?! (?:ago|later))", _lasting),
    Word("e_days", rf"(?<![\d.A-Za-z$])(?:(?<=from )|(?<=between ))(?:the )?(?P<d>{DAY})(?: ?(?:-|to|and) ?)(?:the )?(?P<to>{DAY})(?=(?: in| of)? (?:this|next|last) month)", _days),
    Word("e_the_day", rf"(?<![\d.A-Za-z$])(?:on )?(?:the )(?P<d>{ORDINAL})(?: day)?(?! (?:quarter|round|half|time|party|floor|one|of (?!next|last|this|the)|most|version|phase|visit|meeting|call|instal|payment|draft|generation|thing))", _day_of),
    Word("e_day_of", rf"(?<![\d.A-Za-z$])(?P<d>{DAY})(?: day)?(?= of (?:the )?(?:next|last|this|previous) month)", _day_of),
    Word("e_holiday", rf"{NO_LETTER}(?:(?P<step>next|last|this|following) )?(?P<h>{HOLIDAYS})(?:,? (?:of )?(?P<y>{YEAR}))?", _holiday),
    Word("e_year", rf"(?:(?:(?<=in )|(?<=of )|(?<=since )|(?<=until )|(?<=before )|(?<=after )|(?<=during )|(?<=year )|(?<=from )|(?<=to )|(?<=by )|(?<=than )|(?<== )|(?<==)|(?<=on )|(?<=early )|(?<=late ))(?P<y>{YEAR}|{YEAR_WORD})(?![\d.,%:/-]*\d|[A-Za-z%万元kw台件个]| ?(?:万|元|usd|rmb|users|people)))", _year),
    Word("e_bare_year", rf"(?<![\d.A-Za-z$,:-])(?P<y>{YEAR})(?=(?: ?,? ?(?:H[12]|Q[1-4]))(?![A-Za-z0-9]))", _year),
]  # fmt: skip


def _month_any(match: re.Match[str]) -> Said | None:
    name = (match["m"] or match["m2"]).lower().rstrip(".")
    step = (match["step2"] or "").lower()
    return {"month": MONTH_OF[name], **({"month_step": STEP[step]} if step in ("next", "last") else {})}


def _piece_any(match: re.Match[str]) -> Said:
    word = (match["p"] or match["q"]).lower()
    piece = "start" if word in ("beginning", "start", "early") else "middle" if word.startswith("mid") else "end"
    return {"piece": piece}
