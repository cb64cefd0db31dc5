"""Neighbouring atoms become one told time: parts that can live together intersect, ranges join, edges attach."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlu.when import Said
from nlu.when.atoms import Atom

CLOCK = frozenset({"part", "about", "hour", "minute", "exact", "hour_to", "to", "before"})
BY_DAY = frozenset({"day_by", "days_to"})
YEAR = frozenset({"year", "year_by"})
MONTH = frozenset({"month", "month_by", "month_step", "lunar", "half_month"}) | YEAR
# for each part, the parts that may stand beside it
FRIENDS: dict[str, frozenset[str]] = {
    "day_by": CLOCK | {"days_to", "base", "year_by", "weekday"},
    "weekday": CLOCK | MONTH | {"week_by", "day", "day_to", "nth", "nth_of", "nearest", "day_by", "of", "base"},
    "weekend": CLOCK | {"week_by", "holiday", "year"},
    "week_by": CLOCK | {"weekday", "weekend", "piece", "of"},
    "day": CLOCK | MONTH | {"day_to", "weekday"},
    "month": CLOCK | YEAR | {"day", "day_to", "weekday", "nth", "nth_of", "piece", "of", "lunar", "month_step"},
    "month_by": CLOCK | YEAR | {"day", "day_to", "weekday", "nth", "nth_of", "piece", "of", "half_month"},
    "quarter": YEAR | {"piece", "of"},
    "quarter_by": YEAR | {"piece", "of", "nth", "nth_of"},
    "half": YEAR | {"piece"},
    "half_month": MONTH,
    "first": YEAR,
    "holiday": CLOCK | YEAR | {"nearest", "weekend"},
    "season": YEAR,
    "year": CLOCK | MONTH | {"day", "day_to", "weekday", "nth", "nth_of", "quarter", "half", "holiday", "season", "piece", "of", "first"}
    | {"quarter_by"},
    "year_by": CLOCK | MONTH | {"day", "day_to", "weekday", "nth", "nth_of", "quarter", "half", "holiday", "season", "piece", "of", "first"}
    | {"day_by"},
    "shift": CLOCK | {"base", "within"},
    "nth": MONTH | {"weekday", "nth_of", "quarter_by", "quarter"} | CLOCK,
    "piece": MONTH | {"of", "quarter", "quarter_by", "half", "week_by", "english"},
    "span": frozenset(),
    "lasting": frozenset(),
}  # fmt: skip
GLUE = re.compile(
    r" {0,2}(?:的|,|那天|当天|这天|大概|大约|差不多|左右|\(|晚些时候|(?:, ?)?(?:starting from|starting on|starting|early in the|in|on|at|of|the|for|around|about|from|between|@|-|in the|on the|of the|at the|at about|in between|day)(?![A-Za-z]))? {0,2}",
    re.IGNORECASE,
)
JOIN = re.compile(
    r" ?(?:-{1,2}|~|—{1,2}|–|ー|到|至|直到|起至|起到|开始到|to|till?|untill?|until|thru|through|and|on)(?: the| about)? ?",
    re.IGNORECASE,
)
BETWEEN = re.compile(r"(?<![A-Za-z])(?:between|from)(?![A-Za-z])|从|自", re.IGNORECASE)
AND_FROM = re.compile(r" ?(?:and|on) ?", re.IGNORECASE)
LIST = re.compile(r" ?[、,和及跟&] ?")


@dataclass(frozen=True)
class Told:
    """A time as told, not yet resolved: `said`, with `to` as the other end of a range, and where it stands."""

    start: int
    end: int
    said: Said
    rule: str
    to: Said | None = None


def told_times(plain: str, atoms: list[Atom]) -> list[Told]:
    """The told times of a text in order: atoms merged, then neighbours joined to ranges."""
    return _joined(plain, _merged(plain, atoms))


def _merged(plain: str, atoms: list[Atom]) -> list[Told]:
    told: list[Told] = []
    for atom in atoms:
        now = Told(atom.start, atom.end, atom.said, atom.rule)
        while told and (both := _together(plain, told[-1], now)):
            told.pop()
            now = both
        told.append(now)
    return told


def _together(plain: str, one: Told, other: Told) -> Told | None:
    """Both as one told time, None where they are too far apart or contradict each other."""
    glue = GLUE.fullmatch(plain, one.end, other.start) if other.start - one.end <= 12 else None
    if glue is None:
        return None
    said = _intersection(one.said, other.said, glue[0])
    if said is None or ("," in glue[0] and not _may_cross_comma(one.said, other.said)):
        return None
    if glue[0].strip() == "-" and not (one.said.keys() <= CLOCK or other.said.keys() <= CLOCK | {"month", "day"}):
        return None
    return Told(one.start, other.end, said, f"{one.rule}+{other.rule}")


def _may_cross_comma(one: Said, other: Said) -> bool:
    """星期一,二月十号 and Friday, Nov 20 go together; 上午9点,下午2点 and lists do not."""
    weekday = {"weekday"} in (one.keys() - CLOCK, other.keys())
    clock = (one.keys() <= CLOCK and "hour" in one) != (other.keys() <= CLOCK and "hour" in other)
    return weekday or clock or other.keys() <= YEAR or one.keys() <= YEAR


def _intersection(one: Said, other: Said, glue: str) -> Said | None:
    if "shift" in one or "shift" in other:
        return _shifted(one, other, glue)
    if "lasting" in one or "lasting" in other:
        return _lasting(one, other)
    if one.keys() & other.keys() - {"part"}:
        return _of_unit(one, other)
    if not all(friend in FRIENDS.get(part, friend_of_clock(part)) for part in one for friend in other):
        return _holiday_of_year(one, other)
    both = {**one, **other}
    if "part" in one and "part" in other:
        both["part"] = other["part"] if one["part"] == "work" else one["part"]
        if one["part"] != other["part"] and "work" not in (one["part"], other["part"]):
            return None
    return both


def friend_of_clock(part: str) -> frozenset[str]:
    """What may stand beside a clock time or a part of day: any day, no other clock time."""
    if part not in CLOCK:
        return frozenset(
            {
                "month",
                "day",
                "weekday",
                "week_by",
                "year",
                "year_by",
                "month_by",
                "quarter",
                "half",
                "quarter_by",
                "of",
                "nth",
            }
        )
    return (
        frozenset(
            {
                "day_by",
                "weekday",
                "weekend",
                "week_by",
                "day",
                "day_to",
                "month",
                "month_by",
                "year",
                "year_by",
                "holiday",
                "nth",
                "shift",
                "lunar",
                "nearest",
                "days_to",
            }
        )
        | CLOCK
    )


def _shifted(one: Said, other: Said, glue: str) -> Said | None:
    """2月13号的3天后, 圣诞节前一天, two days after tomorrow, 一个月后下午: a shift from a base, or with a clock time."""
    shift, rest = (one, other) if "shift" in one else (other, one)
    if "shift" in rest or "span" in rest or "within" in shift and not (rest.keys() <= BY_DAY):
        return None
    if rest.keys() <= CLOCK:
        return None if shift is other and not glue.strip() == "" else {**shift, **rest}
    if "base" in shift:
        return None
    if shift is other and ("needs_base" in shift or glue.strip() == "的" or glue == ""):
        return {**shift, "base": rest}
    if shift is one and "needs_base" in shift:
        return {**shift, "base": rest}
    if shift is one and rest.keys() <= BY_DAY:
        return {**shift, **({"base": rest} if rest.get("day_by") else {})}
    return None


def _lasting(one: Said, other: Said) -> Said | None:
    lasting, rest = (one, other) if "lasting" in one else (other, one)
    if "lasting" in rest or "span" in rest or not ({"day", "day_by", "weekday", "hour", "month"} & rest.keys()):
        return None
    return {**rest, **lasting}


def _of_unit(one: Said, other: Said) -> Said | None:
    """end of the month, 十二月月底, this week Friday: the second names the unit that the first left open."""
    if one.get("week_by") == other.get("week_by") and one.keys() & other.keys() == {"week_by"}:
        return {**one, **other}
    return None


def _holiday_of_year(one: Said, other: Said) -> Said | None:
    """An ordinal weekday and its month in either order; anything else contradicts."""
    if "week_by" in one and "week_by" in other:
        return None
    if one.keys() == {"weekday", "week_by"} and other.keys() <= MONTH | {"day"} and "day" in other:
        return {"weekday": one["weekday"], **other}
    return None


def _joined(plain: str, told: list[Told]) -> list[Told]:
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
        return Told(one.start, other.end, one.said, "list", other.said)
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
    return bool(other.said["day"] == (one.to or one.said)["day"] + 1)


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
