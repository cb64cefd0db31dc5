"""English words for times of day: half past three, 8-9am, at 3, noon, this morning."""

from __future__ import annotations

import re
from string import ascii_letters

from nlu.numerals import english
from nlu.when import Said
from nlu.when.atoms import Word
from nlu.when.atoms_digits import MERIDIEM, clock
from nlu.when.english import END, NO_LETTER, NUMBER_WORD, PART, PARTS, SMALL, TEENS


def _part(match: re.Match[str]) -> Said:
    said: Said = {"part": PARTS[match["part"].lower()]}
    return said | ({"day_by": 0} if match["this"] else {})


def _clock(match: re.Match[str]) -> Said | None:
    text = match["h"].lower()
    hour = int(text) if text.isdigit() else int(english(text) or 99)
    return clock(hour, int(match["mi"] or 0), match["half"])


def _hours(match: re.Match[str]) -> Said | None:
    """8-9am, 3-5:30pm, from 7 to 9: the beginning is in the same half of the day if that is before the end."""
    last = clock(int(match["to"]), int(match["tm"] or 0), match["half"])
    first = clock(int(match["h"]), int(match["hm"] or 0), None)
    if last is None or first is None:
        return None
    hour = first["hour"]
    if match["half"] and hour < 12 <= last["hour"] and (hour + 12, first["minute"]) < (last["hour"], last["minute"]):
        hour += 12
    exact = {"exact": True} if match["half"] else {}
    return {"hour": hour, "minute": first["minute"], "to": (last["hour"], last["minute"]), **exact}


def _day_hours(match: re.Match[str]) -> Said | None:
    """6-8 beside a day: Monday 1-5."""
    said = _hours(match)
    return {**said, "beside_day": True} if said else None


def _hours_after(match: re.Match[str]) -> Said | None:
    """1pm to 4: the end is what comes next."""
    first = clock(int(match["h"]), int(match["hm"] or 0), match["first"])
    last = clock(int(match["to"]), int(match["tm"] or 0), None)
    if first is None or last is None or int(match["to"]) > 12:
        return None
    return {**first, "to": (last["hour"] % 12, last["minute"])}


def _exact(match: re.Match[str]) -> Said | None:
    return clock(int(match["h"]), int(match["mi"]), None, exact=True)


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


RANGES = [
    Word(
        "e_hours",
        r"(?<![\d.:$#A-Za-z/-])(?P<h>\d{1,2})(?::(?P<hm>[0-5]\d))? ?(?:-"
        rf"|–|to|until|till|and) ?(?P<to>\d{{1,2}})(?::(?P<tm>[0-5]\d))?(?![\d:/-]){MERIDIEM}",
        _hours,
    ),
    Word(
        "e_hours_after",
        r"(?<![\d.:$#A-Za-z/-])(?P<h>\d{1,2})(?:[:.](?P<hm>[0-5]\d))? ?(?P<first>[ap]\.?m\.?) ?(?:-|–|to|until|till)"
        r" ?(?P<to>\d{1,2})(?::(?P<tm>[0-5]\d))?(?![\d:/%]|[.-]\d| ?[ap]\.?m)",
        _hours_after,
    ),
    Word(
        "e_day_hours",
        r"(?:(?<=[A-Za-z] )|(?<=\d ))(?P<h>\d{1,2})(?::(?P<hm>[0-5]\d))?(?P<half>(?!))? ?(?:-|–|to) ?(?P<to>\d{1,2})"
        r"(?::(?P<tm>[0-5]\d))?(?=$|[.,;!?)](?!\d)| (?:next|this|on|tomorrow|today|mon|tue|wed|thu|fri|sat|sun))",
        _day_hours,
    ),
    Word(
        "e_from_clock",
        r"(?:(?<=from )|(?<=between ))(?P<h>\d{1,2})(?::(?P<hm>[0-5]\d))"
        r"(?P<half>(?!))? ?(?:-|–|to|until|till|and) ?(?P<to>\d{1,2})(?::"
        r"(?P<tm>[0-5]\d))?(?![\d:/.%,-]| ?(?:k|w|m|万|usd|rmb|euros?|dollars?"
        "|units|people|percent|users|days|weeks|months|of|to|in (?:next"
        f"|this|last)|this month|next month){END})",
        _hours,
    ),
]
WORDS = [
    Word("e_part_this", rf"{NO_LETTER}(?P<this>this) {PART}", _part, ascii_letters),
    Word(
        "e_past",
        r"(?<![A-Za-z0-9:.])(?P<n>(?:a )?quarter|half|three quarters|(?:\d{1,2}"
        f"|{NUMBER_WORD})(?:(?= past| after)| ?(?:minutes?|mins?))) (?P<to>past"
        rf"|to|after|from) (?P<h>\d{{1,2}}|{'|'.join(SMALL)}|noon)(?![\d:A-Za-z]*[\d:]){MERIDIEM}?",
        _past,
    ),
    Word(
        "e_from_hours",
        r"(?:(?<=from )|(?<=between ))(?P<h>\d{1,2})(?::(?P<hm>[0-5]\d))?"
        r"(?P<half>(?!))? ?(?:-|–|to|until|till|and) ?(?P<to>\d{1,2})(?::"
        r"(?P<tm>[0-5]\d))?(?![\d:/.%,-]| ?(?:k|w|m|万|usd|rmb|euros?|dollars?"
        "|units|people|percent|users|days|weeks|months|of|to|in (?:next"
        f"|this|last)|this month|next month){END})",
        _hours,
    ),
    Word(
        "e_by_hour",
        r"(?:(?<=by )|(?<=before )|(?<=after )|(?<=until )|(?<=till ))(?P<h>\d{1,2})(?P<mi>(?!))?(?P<half>(?!))?"
        r"(?=$|[.,;!?](?!\d)| (?:today|tomorrow|tonight|on (?:mon|tue|wed|thu|fri|sat|sun|the \d)))",
        _clock,
    ),
    Word(
        "e_hour_part",
        rf"(?<![\d.:$#A-Za-z/-])(?P<h>\d{{1,2}}|{'|'.join(SMALL)})(?P<mi>"
        "(?!))?(?P<half>(?!))?(?=,? (?:in the (?:morning|afternoon|evening"
        "|night)|this (?:morning|afternoon|evening)|tonight|tomorrow (?:morning"
        "|afternoon|evening|night)))",
        _clock,
    ),
    Word(
        "e_meridiem",
        rf"(?<![\d.:$#])(?P<h>\d{{1,2}}|{NO_LETTER}(?:{'|'.join(SMALL)}))"
        rf"(?:[:.](?P<mi>[0-5]\d))?{MERIDIEM.replace('|[ap])', '|(?<=[0-9])[ap])')}",
        _clock,
    ),
    Word(
        "e_oclock",
        rf"(?<![\d.:])(?P<h>\d{{1,2}}|{NO_LETTER}(?:{'|'.join(SMALL)})) ?o ?'?clock{END}{MERIDIEM}?",
        _oclock,
    ),
    Word("e_french", rf"(?<![\d.:A-Za-z])(?P<h>\d{{1,2}}) ?h ?(?P<mi>[0-5]\d)?(?![\dA-Za-z]){MERIDIEM}?", _french),
    Word(
        "e_four_digits",
        r"(?:(?<=at )|(?<=by ))(?P<h>[01]\d|2[0-3])(?P<mi>[0-5]\d)(?P<half>(?!))?(?![\d%.,-]\d|[A-Za-z\d])",
        _exact,
    ),
    Word("e_hundred", r"(?<![\d.:])(?P<h>[01]\d|2[0-3])(?P<mi>[0-5]\d) ?h(?:ou)?rs(?![A-Za-z])", _exact),
    Word("e_military", rf"(?<![\d.:])(?P<h>0?\d|1\d)(?P<mi>[0-5]\d)(?P<x>){MERIDIEM}", _military),
    Word(
        "e_spoken",
        f"{NO_LETTER}(?P<h>{'|'.join(SMALL + TEENS)}) (?P<mi>(?:ten|fifteen"
        rf"|(?:twenty|thirty|forty|fifty)(?:-\w+)?)){END}(?! (?:minutes|people"
        f"|thousand|hundred|million)){MERIDIEM}?",
        _spoken,
        ascii_letters,
    ),
    Word(
        "e_at",
        r"(?:(?<=at )|(?<=@ )|(?<=around )|(?<=@))(?P<h>\d{1,2}(?!\d|[:.,/-]\d"
        f"|%| ?(?:k|w|m|usd|rmb|percent|units|people|days|weeks|万|元|家){END})"
        rf"|(?:{'|'.join(SMALL)}){END}(?! \w))(?:[.](?P<mi>[0-5]\d))?(?P<half>"
        "(?!))?",
        _clock,
    ),
    Word("e_at_dot", r"(?:(?<=at )|(?<=@ ))(?P<h>\d{1,2})\.(?P<mi>[0-5]\d)(?!\d|%|[kmw])(?P<half>(?!))?", _clock),
    Word("e_ish", r"(?<![\d.:])(?P<h>\d{1,2})(?P<mi>(?!))?(?P<half>(?!))?-?ish(?![A-Za-z])", _clock),
    Word("e_noon", rf"{NO_LETTER}(?P<w>noon|midnight){END}", _noon, ascii_letters),
    Word(
        "e_part",
        f"{NO_LETTER}(?P<this>(?!))?(?:in (?:the )?|on )?{PART}(?<!good night)"
        "(?<!good morning)(?<!good afternoon)(?<!good evening)",
        _part,
        ascii_letters,
    ),
]
