"""Neighbouring atoms become one told time: parts that can live together intersect, ranges join, edges attach."""

from __future__ import annotations

import re
from collections.abc import Callable

from nlu.when import Said
from nlu.when.atoms import Atom
from nlu.when.ranges import joined
from nlu.when.told import CLOCK, FINE, YEAR, Told

BY_DAY = frozenset({"day_by", "days_to"})
MONTH = frozenset({"month", "month_by", "month_step", "month_to", "lunar", "half_month"}) | YEAR
IN_YEAR = frozenset({"day", "day_to", "weekday", "nth", "nth_of", "quarter", "half", "first", "holiday", "season"})
IN_YEAR |= {"piece", "of"}
# for each part, the parts that may stand beside it
FRIENDS: dict[str, frozenset[str]] = {
    "day_by": CLOCK | {"days_to", "base", "year_by", "weekday"},
    "weekday": CLOCK | MONTH | {"week_by", "day", "day_to", "nth", "nth_of", "nearest", "day_by", "of", "base"},
    "weekday_to": CLOCK | {"weekday", "week_by"},
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
    "year": CLOCK | MONTH | IN_YEAR | {"quarter_by"},
    "year_by": CLOCK | MONTH | IN_YEAR | {"day_by"},
    "shift": CLOCK | {"base", "within"},
    "nth": MONTH | {"weekday", "nth_of", "quarter_by", "quarter"} | CLOCK,
    "piece": MONTH | {"of", "quarter", "quarter_by", "half", "week_by", "english"},
    "rest": frozenset({"day_by", "week_by", "month_by", "quarter_by", "year_by"}),
    "week_around": MONTH | {"day", "weekday"},
    "year_to": frozenset(),
    "span": frozenset(),
    "lasting": frozenset(),
}  # fmt: skip
UNLISTED = YEAR | {"month", "month_by", "day", "weekday", "week_by", "quarter", "quarter_by", "half", "of", "nth"}
EVERY = CLOCK | MONTH | {"every", "weekday", "day", "week_by"}
CLOCK_FRIENDS = CLOCK | MONTH | {"day_by", "days_to", "weekday", "weekend", "week_by", "day", "day_to", "holiday"}
CLOCK_FRIENDS |= {"nth", "shift", "nearest", "weekday_to"}
GLUE = re.compile(
    r"\)? {0,2}(?:的|,|那天|当天|这天|大概|大约|差不多|左右|\(|晚些时候"
    r"|(?:, ?)?(?:starting from|starting on|starting|early in the|early|late|in|on"
    r"|at|of|the|for|around|about|from|between|@|-"
    r"|in the|on the|of the|at the|at about|in between|day)(?![A-Za-z]))? {0,2}",
    re.IGNORECASE,
)


COUNTED_ON = re.compile(" ?(?:之|以)?后的?| (?:after|before) (?:the )?")
CLOCK_BEHIND = re.compile(r" ?\d{1,2}[:点时]")
GAP = 16  # characters that may lie between two parts of one time
UNCOUNTED = frozenset({"span", "lasting", "hour", "part", "every"})


def told_times(plain: str, atoms: list[Atom]) -> list[Told]:
    """The told times of a text in order: atoms merged, then neighbours joined to ranges."""
    return joined(plain, _merged(plain, atoms))


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
    if other.start - one.end > GAP:
        return None
    glue = GLUE.fullmatch(plain, one.end, other.start) or _counted_on(plain, one, other)
    if glue is None:
        return None
    said = _intersection(one.said, other.said, glue[0])
    if said is None or ("," in glue[0] and not _may_cross_comma(one.said, other.said)):
        return None
    if glue[0].strip() == "-" and "hour" in one.said and CLOCK_BEHIND.match(plain, other.end):
        return None  # 3:00-明天5:00 is a range
    if glue[0].strip() == "-" and not (one.said.keys() <= CLOCK or other.said.keys() <= CLOCK | {"month", "day"}):
        return None
    return Told(one.start, other.end, said, f"{one.rule}+{other.rule}")


def _counted_on(plain: str, one: Told, other: Told) -> re.Match[str] | None:
    """国庆后三天内, 元旦后第一个周一: counted from what lies behind a day."""
    if one.said.keys() & UNCOUNTED or other.said.keys() & UNCOUNTED or not (_counts(one) or _counts(other)):
        return None
    return COUNTED_ON.fullmatch(plain, one.end, other.start)


def _counts(one: Told) -> bool:
    return not one.said.keys().isdisjoint({"within", "nth"}) and "base" not in one.said


def _may_cross_comma(one: Said, other: Said) -> bool:
    """星期一,二月十号 and Friday, Nov 20 go together; 上午9点,下午2点 and lists do not."""
    weekday = {"weekday"} in (one.keys() - CLOCK, other.keys())
    clock = (one.keys() <= CLOCK and "hour" in one) != (other.keys() <= CLOCK and "hour" in other)
    return weekday or clock or other.keys() <= YEAR or one.keys() <= YEAR or "lasting" in one


def _intersection(one: Said, other: Said, glue: str) -> Said | None:
    """What both say together: by the rule of the first special part that either has, else part by part."""
    for part, rule in _SPECIAL:
        if part in one or part in other:
            return rule(one, other, glue)
    if COUNTED_ON.fullmatch(glue):
        return _after(one, other, glue)
    if one.keys() & other.keys() - {"part"}:
        return _same_part(one, other, glue)
    if other.get("day_by") == 0 and one.keys() <= {"month_by", "week_by"} and glue in ("", "的"):
        return {**one, **other}  # 上个月的今天
    if not all(friend in _friends(part) for part in one for friend in other):
        return _holiday_of_year(one, other)
    return _with_part({**one, **other}, one, other)


def _with_part(both: Said, one: Said, other: Said) -> Said | None:
    if "part" in one and "part" in other:
        both["part"] = other["part"] if one["part"] == "work" else one["part"]
        if one["part"] != other["part"] and "work" not in (one["part"], other["part"]):
            return None
    return both


def _every(one: Said, other: Said, glue: str) -> Said | None:
    """每月15号下午三点: all of it recurs."""
    return {"every": True} if (one | other).keys() <= EVERY else None


def _after(one: Said, other: Said, glue: str) -> Said:
    """国庆后三天内, 元旦后第一个周一, the second Monday after Easter: counted from the other."""
    if other.keys() & {"within", "nth"}:
        return {**other, "base": one}
    return {**one, "base": other, "nth": -one["nth"] if "before" in glue else one["nth"]}


def _friends(part: str) -> frozenset[str]:
    """What may stand beside a part; beside a clock time or a part of day any day, and no other clock time."""
    return CLOCK_FRIENDS if part in CLOCK else FRIENDS.get(part, UNLISTED)


def _shifted(one: Said, other: Said, glue: str) -> Said | None:
    """2月13号的3天后, 圣诞节前一天, two days after tomorrow, 三天后下午: from a base, or with a clock time."""
    shift, rest = (one, other) if "shift" in one else (other, one)
    if COUNTED_ON.fullmatch(glue) and "base" not in shift:
        return {**shift, "base": rest}
    if rest.keys() & {"shift", "span"} or ("within" in shift and not rest.keys() <= BY_DAY):
        return None
    if rest.keys() <= CLOCK and not ("needs_base" in shift and "hour" in rest and "base" not in shift):
        return {**shift, **rest} if shift is one or not glue.strip() else None
    return None if "base" in shift else _based(shift, rest, is_first=shift is one, is_close=glue.strip() in ("", "的"))


def _based(shift: Said, rest: Said, *, is_first: bool, is_close: bool) -> Said | None:
    """The shift with what it is counted from; today adds nothing to hours and minutes."""
    if rest == {"day_by": 0} and "needs_base" not in shift and any(unit in FINE for unit, _ in shift["shift"]):
        return shift
    if "needs_base" in shift or (not is_first and is_close):
        return {**shift, "base": rest}
    if is_first and rest.keys() <= BY_DAY:
        return {**shift, "base": rest} if rest.get("day_by") else shift
    return None


def _lasting(one: Said, other: Said, glue: str) -> Said | None:
    lasting, rest = (one, other) if "lasting" in one else (other, one)
    if "lasting" in rest or "span" in rest or not ({"day", "day_by", "weekday", "hour", "month"} & rest.keys()):
        return None
    return {**rest, **lasting}


def _same_part(one: Said, other: Said, glue: str) -> Said | None:
    """this week Friday: both name the week; 明天的后天: one counts on from the other."""
    if one.keys() & other.keys() == {"week_by"} and one["week_by"] == other["week_by"]:
        return {**one, **other}
    if glue == "的" and one.keys() == other.keys() == {"day_by"}:
        return {"day_by": one["day_by"] + other["day_by"]}
    return None


def _holiday_of_year(one: Said, other: Said) -> Said | None:
    """An ordinal weekday and its month in either order; anything else contradicts."""
    if "week_by" in one and "week_by" in other:
        return None
    if one.keys() == {"weekday", "week_by"} and other.keys() <= MONTH | {"day"} and "day" in other:
        return {"weekday": one["weekday"], **other}
    return None


_SPECIAL: tuple[tuple[str, Callable[[Said, Said, str], Said | None]], ...] = (
    ("every", _every),
    ("shift", _shifted),
    ("lasting", _lasting),
)
