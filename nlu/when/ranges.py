"""Two neighbouring told times as the ends of one period: what one end leaves unsaid it takes from the other."""

from __future__ import annotations

import re

from nlu.when import Said
from nlu.when.told import CLOCK, YEAR, Told

JOIN = re.compile(
    r" ?(?:-{1,2}|~|—{1,2}|–|ー|到|至|直到|起至|起到|开始到|to|till?|untill?|until|thru|through|and|on)"
    "(?: the| about)? ?",
    re.IGNORECASE,
)
BETWEEN = re.compile(r"(?<![A-Za-z])(?:between|from)(?![A-Za-z])|从|自", re.IGNORECASE)
AND_FROM = re.compile(r" ?(?:and|on) ?", re.IGNORECASE)
LIST = re.compile(r" ?[、,和及跟&] ?")


def joined(plain: str, told: list[Told]) -> list[Told]:
    """Ranges and lists of days joined."""
    done: list[Told] = []
    for now in told:
        last = done[-1] if done else None
        both = _range(plain, last, now) if last else None
        if both:
            done[-1] = both
        else:
            done.append(now)
    return done


def _range(plain: str, one: Told, other: Told) -> Told | None:
    if one.to is not None and not _is_list(plain, one, other):
        return None
    if _is_list(plain, one, other):
        first = {part: value for part, value in one.said.items() if part != "day_to"}
        return Told(one.start, other.end, first, "list", _filled(one.said, other.said))
    link = JOIN.fullmatch(plain, one.end, other.start) if other.start - one.end <= 10 else None
    if link is None or "within" in one.said or "within" in other.said or "lasting" in one.said:
        return None
    if AND_FROM.fullmatch(link[0]) and not BETWEEN.search(plain, max(0, one.start - 14), one.end):
        return None
    if link[0].strip() in ("to", "until", "till", "到") and not _same_kind(one.said, other.said):
        return None
    return Told(one.start, other.end, *_completed(one.said, other.said), to=_filled(one.said, other.said))


def _is_list(plain: str, one: Told, other: Told) -> bool:
    """9月10号、11号: days of one month counted up by one."""
    if other.said.keys() != {"day"} or "day" not in one.said or not LIST.fullmatch(plain, one.end, other.start):
        return False
    last = (one.to or one.said)["day"] if one.to or "day_to" not in one.said else one.said["day_to"]
    return bool(other.said["day"] == last + 1)


def _same_kind(one: Said, other: Said) -> bool:
    """Whether the two can be ends of one period: both clock times, or both days or longer."""
    if "hour" in other and "hour" not in one and not one.keys() <= CLOCK:
        return False
    return not ("piece" in one and "piece" not in other and other.keys() <= CLOCK)


def _completed(one: Said, other: Said) -> tuple[Said, str]:
    """The beginning with what only its end tells: 9 to 12 of June, 3 to 4 pm, 3:00 to 4:00 tomorrow."""
    said = dict(one)
    if one.keys() <= CLOCK and not other.keys() <= CLOCK:
        if next(iter(other)) in CLOCK:  # 3:00 to 4:00 tomorrow, but not 2:00 to tomorrow 4:00
            said |= {part: value for part, value in other.items() if part not in CLOCK}
    elif one.keys() == {"day"} and "month" in other:
        said |= {part: other[part] for part in ("month", "year") if part in other}
    elif "year" in other and "year" not in one and "month" in one and "month" in other and "year_by" not in one:
        said["year"] = other["year"] - (1 if one["month"] > other["month"] else 0)
    if _lends_afternoon(one, other):
        said["hour"], said["exact"] = one["hour"] + 12, True
    return said, "range"


def _lends_afternoon(one: Said, other: Said) -> bool:
    """from 3 to 4 pm means 3 pm; from 9 to 2 pm means 9 in the morning."""
    if not ("hour" in one and "hour" in other) or one.get("exact") or "part" in one or not other.get("exact"):
        return False
    return bool(
        one["hour"] < 12 <= other["hour"] and (one["hour"] % 12 + 12, one["minute"]) < (other["hour"], other["minute"])
    )


def _filled(one: Said, other: Said) -> Said:
    """The end with what it takes over from the beginning."""
    said = dict(other)
    if other.keys() <= CLOCK:
        taken = {part: value for part, value in one.items() if part not in CLOCK}
        if "part" in one and "part" not in other and not other.get("exact"):
            taken["part"] = one["part"]
        return {**taken, **said}
    if other.keys() - CLOCK == {"day"}:
        said |= {part: one[part] for part in ("year", "year_by", "month", "month_by", "lunar") if part in one}
    elif "month" in other and not other.keys() & YEAR and one.keys() & YEAR:
        said |= {part: one[part] for part in YEAR if part in one}
    elif other.keys() - CLOCK == {"weekday"} and "week_by" in one:
        said["week_by"] = one["week_by"]
    return said
