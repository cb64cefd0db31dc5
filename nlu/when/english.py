"""The English vocabulary of time: names, ordinals, units, and the patterns that the words of time are made of."""

from __future__ import annotations

import re

from nlu.numerals import english
from nlu.value_words import one_of
from nlu.when.atoms_digits import full_year
from nlu.when.calendar import NAMES

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
WEEKDAY_LONG = "|".join(WEEKDAYS)
WEEKDAY_OF |= {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
ORDINAL_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth twentieth"
)
ORDINALS = ORDINAL_WORDS.split()
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
MONTH_LONG = (
    rf"{NO_LETTER}(?:{'|'.join(sorted(MONTH_OF.keys() - {'may', 'march', 'mar'}, key=len, reverse=True))}){END}\.?"
)
WEEKDAY = rf"{NO_LETTER}(?:{'|'.join(sorted(WEEKDAY_OF, key=len, reverse=True))}){END}\.?"
YEAR = r"(?:19|20)\d\d"
ORDINAL_WORD = rf"(?:(?:twenty|thirty)[ -])?(?:{'|'.join(sorted(ORDINALS, key=len, reverse=True))})|thirtieth"
ORDINAL = rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{ORDINAL_WORD}){END}"
NUMBER_WORD = rf"(?:twenty|thirty|forty|fifty)(?:[ -](?:{'|'.join(SMALL[:9])}))?|{'|'.join(TEENS + SMALL)}"
DAY = rf"(?:{ORDINAL}|\d{{1,2}}(?![\d:.]\d|\d|st|nd|rd|th| ?(?:am|pm|k|%|million){END}))"
UNIT_DIGIT = rf"(?:[ -](?:{'|'.join(SMALL[:9])}))?"
YEAR_WORD = (
    rf"two thousand(?: and)? (?:(?:twenty|thirty){UNIT_DIGIT}|{'|'.join(TEENS)}|ten|eleven|twelve)|two thousand"
    rf"|nineteen (?:hundred )?(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety){UNIT_DIGIT}"
)
OF_YEAR = rf"(?:,? ?(?:of |in )?(?P<y>{YEAR}|{YEAR_WORD})(?!\d)"
OF_YEAR += r"|,? '?(?P<y2>\d\d)(?![\d:.]| ?[ap]m)(?:(?=$|[.,;])|(?<='\d\d)))"
FRACTION = "half an?|half of an?|three[ -]quarters? of an?|a quarter of an?"
COUNT = rf"(?:1/2|3/4|\d{{1,4}}(?:\.\d)?(?!\d)|(?:an?|{FRACTION}|a few|a couple(?: of)?|couple of|{NUMBER_WORD}){END})"
UNIT_OF = {unit: unit for unit in ("second", "minute", "hour", "day", "week", "month", "quarter", "year", "decade")}
UNIT_OF |= {"sec": "second", "min": "minute", "hr": "hour", "h": "hour", "wk": "week", "qtr": "quarter", "yr": "year"}
UNIT_OF |= {"fortnight": "fortnight", "night": "day", "weekend": "week"}
UNIT_OF |= dict.fromkeys(("working day", "business day", "workday", "weekday"), "workday")
UNIT = rf"(?:{'|'.join(sorted(UNIT_OF, key=len, reverse=True))})s?{END}"
QUANTITY = rf"{COUNT}(?: and (?:an? )?half)?[ -]?(?:more )?{UNIT}(?: and (?:a half|a quarter){END})?"
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
HOLIDAYS = one_of(name for name in NAMES if name.isascii())


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


PIECES = re.compile(
    rf"(?P<n>{COUNT})(?P<half> and (?:an? )?half)?[ -]?(?:more )?(?P<u>{UNIT})"
    f"(?: and (?P<more>a half|a quarter){END})?",
    re.IGNORECASE,
)
COUNTS = {"1/2": 0.5, "3/4": 0.75, "a few": None, "a couple": 2.0, "a couple of": 2.0, "couple of": 2.0}
COUNTS |= {"half a": 0.5, "half an": 0.5, "half of an": 0.5, "half of a": 0.5, "a quarter of an": 0.25}
COUNTS |= {
    "three quarters of an": 0.75,
    "three quarter of an": 0.75,
    "a quarter of a": 0.25,
    "three quarters of a": 0.75,
}


def quantities(text: str) -> tuple[tuple[str, float], ...]:
    """2 days 1 hour 5 minutes as ((day, 2), (hour, 1), (minute, 5)); empty where one of them is vague."""
    parts = []
    for piece in PIECES.finditer(text):
        word = piece["n"].lower().replace("-", " ")
        count = COUNTS[word] if word in COUNTS else float(english(word) or 0)
        if count is None:
            return ()
        unit = UNIT_OF[piece["u"].lower().removesuffix("s")] if piece["u"].lower() != "s" else "second"
        count += 0.5 if piece["half"] else 0
        count += {"a half": 0.5, "a quarter": 0.25}.get((piece["more"] or "").lower(), 0)
        parts.append(("day", count * 14) if unit == "fortnight" else (unit, count))
    return tuple(parts)
