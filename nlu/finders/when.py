"""Times: days, moments and periods, told in Chinese or English, resolved against now and the tense of the clause.

Atoms are found in one pass, neighbours combine, what stands around (前, 之后, 内, from, by) sets the edge, and the last
step resolves. English dates that no rule covers go to dateparser.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime

from crm.calendar import PUBLISHED, Calendar
from nlu.normalise import Text
from nlu.rule import Find, When
from nlu.when import Said
from nlu.when.calendar import DAY
from nlu.when.combine import told_times
from nlu.when.fallback import leftover_dates
from nlu.when.impossible import is_meant_as_a_date, nearest_day
from nlu.when.periods import Period
from nlu.when.resolve import resolve
from nlu.when.tense import Headings, is_put_ahead, tense_of
from nlu.when.told import CLOCK, YEAR, Told
from nlu.when.words import SCANNER

CARRY = 60  # characters over which a day is carried on
SENTENCE = re.compile(r"[。!?;\n]|\.(?= )")
LISTED = re.compile(" ?[、,和/] ?")
OPEN = frozenset({"weekday", "weekend", "day", "month", "holiday", "season", "week_by", "nth"})
JUST = re.compile(
    r"刚刚|刚才|刚|(?<![A-Za-z])just(?= (?:met|had|got|off|spoke|left|finished|called|signed|now|back|wrapped|came))",
    re.IGNORECASE,
)
EDGE = re.compile(
    r"(?=[ 或及和之以前截为止收后过开起内里oa])"
    r"(?:(?P<before> ?[或及和]?(?:之前|以前)| ?前(?![台端期往景提辈任言后面]|十|[一二两三四五六七八九\d][名位个家])"
    r"| ?(?:截止|截至|为止|止)(?!步)| ?(?:or|and) (?:earlier|before)|收盘前)"
    r"|(?P<later> ?(?:之后|以后|过后)| ?后(?![台端期面续天勤来]))"
    r"|(?P<after> ?[或及和](?:之后|以后)| ?(?:开始|起(?!来|草|步|诉)|以来|至今)"
    r"| ?(?:or|and) (?:later|after|greater|onwards?|above)| onwards?)"
    r"|(?P<within> ?(?:之内|以内|内(?![部容蒙]))|里(?!面|程)))",
    re.IGNORECASE,
)
LEAD = re.compile(
    r"(?=[butneodplgasf<>截不最赶自从])"
    r"(?:(?P<before>(?<![A-Za-z])(?:by|before|until|till|no later than|not later than|earlier than|on or before"
    r"|on or earlier than|due(?: on| by)?|prior to|up to)(?: the| or on| this)?|<=?|截至|截止到?|不晚于|最晚|最迟|赶在)"
    r"|(?P<later>(?<![A-Za-z])(?:later than|greater than|after|>)(?! or (?:in|on))(?: the)?)"
    r"|(?P<after>(?<![A-Za-z])(?:since|starting(?: from| on)?|beginning(?: on| from)?|from|as of|on or after"
    r"|later than or (?:in|on)|>=)(?: the)?|自从?|从))[ ]?$",
    re.IGNORECASE,
)


def find(text: Text, now: datetime, calendar: Calendar = PUBLISHED) -> list[Find]:
    """Every time in the text as a When, local to the zone of `now` (which must be aware); working days are those of the
    calendar.
    """
    plain = text.plain
    told = _with_days(plain, told_times(plain, SCANNER.atoms(plain)))
    finds = _resolved(plain, told, now, calendar) if told else []
    if not finds:
        finds = [_left_over(plain, *left) for left in leftover_dates(plain, now)]
    return sorted(finds + _just(plain, now), key=lambda found: found.start)


def _resolved(plain: str, told: list[Told], now: datetime, calendar: Calendar) -> list[Find]:
    """Each told time in the tense of its clause, under its heading, and not before the one that a list names first."""
    headings = Headings(plain)
    ends = [0, *(one.end for one in told)]
    starts = [*(one.start for one in told[1:]), len(plain)]
    finds: list[Find] = []
    for one, low, high in zip(told, ends, starts, strict=False):
        week = headings.week_at(one.start)
        found = _found(plain, one, now, _tense(plain, one, low, high), week=week, calendar=calendar)
        if found and finds and _counts_on(plain, finds[-1], one, found):
            since = datetime.combine(finds[-1].value.on, now.timetz())
            found = _found(plain, one, since, 1, week=week, calendar=calendar)
        if found:
            finds.append(found)
    return finds


def _counts_on(plain: str, last: Find, one: Told, found: Find) -> bool:
    """Whether a list goes on into the next year: 5 Jul, 5 Oct, 5 Jan."""
    if "month" not in one.said or one.said.keys() & YEAR or not LISTED.fullmatch(plain, last.end, one.start):
        return False
    return bool(last.value.on and found.value.on and found.value.on < last.value.on)


def _with_days(plain: str, told: list[Told]) -> list[Told]:
    """The told times, each clock time with the day that its sentence told before."""
    done: list[Told] = []
    last: Told | None = None
    for one in told:
        done.append(_carried_on(plain, last, one))
        last = done[-1] if _gives_a_day(plain, done[-1]) else last
    return done


def _left_over(plain: str, start: int, end: int, period: Period) -> Find:
    return Find("when", start, end, plain[start:end], When(period.first), "dateparser")


def _gives_a_day(plain: str, one: Told) -> bool:
    """Whether clock times further on in the sentence may mean this day: 明天上午…,下午两点…"""
    said = one.said
    is_day = "day_by" in said or "day" in said or "weekday" in said
    return is_day and one.to is None and "before" not in said and not EDGE.match(plain, one.end)


def _carried_on(plain: str, last: Told | None, one: Told) -> Told:
    """A clock time without a day takes the day of the last told time of its sentence."""
    if last is None or one.start - last.end > CARRY or not one.said.keys() <= CLOCK or "before" in one.said:
        return one
    if SENTENCE.search(plain, last.end, one.start) or "about" in one.said:
        return one
    day = {part: value for part, value in last.said.items() if part not in CLOCK}
    if (
        "part" in last.said
        and "part" not in one.said
        and "hour" in one.said
        and LISTED.fullmatch(plain, last.end, one.start)
    ):
        day["part"] = last.said["part"]
    return replace(one, said={**day, **one.said})


def _tense(plain: str, one: Told, low: int, high: int) -> int:
    """The tense, where what was said leaves the choice between past and ahead."""
    if "before" in one.said:
        return 1
    if one.said.keys() & {"quarter", "half"}:
        return int(is_put_ahead(plain, one.start))
    if one.to is None and (not one.said.keys() & OPEN or one.said.keys() & YEAR or one.said.get("week_by")):
        return 0
    return tense_of(plain, one.start, one.end, low, high)


def _found(plain: str, one: Told, now: datetime, tense: int, *, week: int | None, calendar: Calendar) -> Find | None:
    said = one.said
    if "every" in said or ("needs_base" in said and "base" not in said):
        return None
    if "beside_day" in said and said.keys() <= CLOCK:
        return None
    if week is not None and "weekday" in said and not said.keys() & {"week_by", "nth", "day"}:
        said = {**said, "week_by": week, "headed": True}
    first = resolve(said, now, tense, calendar)
    if first is None and one.to is None and (near := nearest_day(said)) and is_meant_as_a_date(plain, *one.span):
        found = _found(plain, replace(one, said=near), now, tense, week=week, calendar=calendar)
        wrong = {"wrong": "no_such_day", "said": plain[one.start : one.end].strip()}
        return replace(found, value=replace(found.value, **wrong), rule="no such day") if found else None
    if first is None or _says_little(said):
        return None
    edge, start, end = _edge(plain, one)
    value = _range(one.to, first, now, calendar) if one.to is not None else _lasting(said, first, now, calendar)
    value = value or _edged(said, first, edge)
    if value and first.provisional:
        value = replace(value, provisional=True)
    return Find("when", start, end, plain[start:end], value, one.rule) if value else None


def _says_little(said: Said) -> bool:
    """Parts that are no time by themselves: 'about', a vague hour without a day is today."""
    return (
        said.keys() <= {"nth", "nth_of"}
        or said.keys() == {"lasting"}
        or said.keys() <= {"piece", "rest", "week_around"}
    )


def _edge(plain: str, one: Told) -> tuple[str, int, int]:
    """The edge that stands behind or before the time, and the bounds with it."""
    if "within" in one.said:
        return "within", one.start, one.end
    behind = EDGE.match(plain, one.end)
    if behind and not (behind["within"] and one.said.keys() & {"hour", "day_by"}):
        return behind.lastgroup or "", one.start, behind.end()
    lead = LEAD.search(plain, max(0, one.start - 24), one.start)
    if lead and not (lead["after"] and (one.to is not None or one.said.keys() & {"day_to", "month_to", "to"})):
        return lead.lastgroup or "", lead.start() if lead["before"] else one.start, one.end
    return ("before" if "before" in one.said else ""), one.start, one.end


def _range(to: Said | None, first: Period, now: datetime, calendar: Calendar) -> When | None:
    """From the one to the other; the end is looked for from the beginning onwards."""
    anchor = first.at or datetime.combine(first.first, now.timetz())
    relative = to is not None and bool(to.keys() & {"day_by", "week_by", "month_by", "quarter_by", "year_by", "shift"})
    last = resolve(to or {}, now if relative else anchor, 1, calendar)
    if last is None:
        return None
    if first.at and last.at:
        until = last.at
        if until < first.at and (until.date() == first.at.date()):
            until = until + (DAY / 2 if until + DAY / 2 > first.at and until.hour < 12 <= first.at.hour + 6 else DAY)
        return When(first.first, first.at, until.date(), until)
    if last.last < first.first:
        return None
    return When(first.first, first.at, last.last, last.at)


def _lasting(said: Said, first: Period, now: datetime, calendar: Calendar) -> When | None:
    """three days from Monday: the beginning counts as the first."""
    if "lasting" not in said:
        return None
    begin = first.at or datetime.combine(first.first, now.timetz())
    moved = resolve({"shift": said["lasting"]}, begin, 1, calendar)
    if moved is None:
        return None
    if moved.at:
        return When(first.first, first.at, moved.at.date(), moved.at if first.at else None)
    return When(first.first, None, moved.first - DAY)


def _edged(said: Said, period: Period, edge: str) -> When:
    """The period as it is, or what lies before, within or after it."""
    is_day = period.first == period.last
    if edge in ("before", "within") and (is_day or edge == "before"):
        last = period.last - DAY if edge == "before" and "holiday" in said else period.last
        return When(None, None, last, period.until_at or period.at)
    if edge in ("after", "later"):
        return When(_day_after(said, period, edge), period.at)
    if period.until_at:
        return When(period.first, period.at, period.until_at.date(), period.until_at)
    return When(period.first, period.at, None if is_day else period.last)


def _day_after(said: Said, period: Period, edge: str) -> date:
    """国庆后 and 2018年之后 begin the day after; 周五之后 and 从周五起 on the day itself."""
    if edge == "later" and period.first != period.last:
        return period.last + DAY
    return period.last + DAY if "holiday" in said else period.first


def _just(plain: str, now: datetime) -> list[Find]:
    """刚 means today; what it belongs to is for the reader of the clause to say."""
    match = JUST.search(plain) if "刚" in plain or "just" in plain.lower() else None
    return [Find("when", *match.span(), match[0], When(now.date()), "just")] if match else []
