"""By when what a clause wants is to be done: told in the clause, beside it in its sentence, or by its heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from nlu.clauses import Clause
from nlu.numerals import number
from nlu.rule import Find, When
from nlu.scene import Scene
from nlu.telling import CORRECTS, WEEKDAY, due_of, missed, shifted, times
from nlu.titles import rest_of

NEAR = 4  # clauses back in which the day of a clock time may stand
YEARLONG = 100  # days of a period that is no day for work, unless it ends a deadline: 明年的框架价
OF_A_THING = re.compile(  # before a time that says what sort of thing: 发个中秋目录, send the January schedule
    r"[个份版张套批条][ ]?$|\b(?:the|an?|our|their|his|her|my|your) $"
)
NAMES_A_TIME = re.compile(
    r"(?![^周天日号晚早午上下内前底点]*[周天日号晚早午上下内前底点])[一-鿿]{2,4}|q\d|\d{1,2}月份?"
    r"|(?:january|february|march|april|may|june|july|august|september|october|november|december|year-end)(?: 20\d\d)?"
)
OF_A_DAY = re.compile(r"[日号月年周明今后天节]|礼拜|星期|to|day|week|mon|tue|wed|thu|fri|sat|sun|[a-z]{3} \d")
SETTLED = re.compile(
    r"(?:[定约改推排挪](?:在|到|成|于|为)?|\b(?:set|booked|confirmed|moved) (?:for|to)|is on(?: the)?) ?$"
)
SAME_TIME = re.compile(r"也是(?:那天)?[ ,。;]*$|也一样|同上|那天也|\bsame (?:day|deadline)\b|\bditto\b")
AROUND_A_TIME = re.compile(  # what a clause may hold beside a time and still say no more than when
    r"最晚|最迟|务必|截止|截至|之前|以前|前|就[要是]?|吧|哈|左右|时间|也是|说定|约[在好]?|定[在为]?|改[到成]?|推到|请?在|在|好吗|可以吗?"
    r"|please|book|say|at|on|by|before|until|due|that's|the|for|is|i said|how about|latest|[\s,，。:：;；!！()~—-]"
)
CLOSES = re.compile(r"截止|为限|ddl|\bdeadline\b")
EARLIER = re.compile(r"(?:提前|早)([一两二三四五\d])天|(?:头|前)一天|(?:a|one|the) day (?:before|earlier)")
OPENS = re.compile(r"[^:\n]{0,12}:")  # what a line may say before the list that its time is for


def deadline_of(scene: Scene, clause: Clause) -> When | None:
    """The time by which a clause wants something done, None where nothing tells one."""
    found = (
        _closing(scene, clause)
        or _own(scene, clause)
        or _beside(scene, clause)
        or _of_line(scene, clause)
        or missed(scene, clause)
    )
    if found and (earlier := EARLIER.search(clause.text)):
        return _days_before(found, earlier)
    return found


def _closing(scene: Scene, clause: Clause) -> When | None:
    """The time at which the next clause says that all is closed: , 明天中午12点截止."""
    after = scene.after(clause)
    if after is None or after.block != clause.block or not CLOSES.search(after.text) or is_clock_alone(scene, after):
        return None
    return _own(scene, after) if _says_only_when(scene, after) else None


def is_clock_alone(scene: Scene, clause: Clause) -> bool:
    """Whether a clause's time gives an hour and no day."""
    return all(is_clock_only(scene, find) for find in clause.all("when"))


def _coming(scene: Scene, clause: Clause) -> Iterator[tuple[Find, When]]:
    """The times of a clause that lie ahead, as its heading's week has them; periods as long as a year left out."""
    today = scene.now.date()
    for find in times(clause):
        when = _headed(clause, find)
        last = when.last_day
        if last is None or last < today:
            continue
        if when.on and when.until and (when.until - when.on).days > YEARLONG:
            continue
        if OF_A_THING.search(clause.text, 0, find.start - clause.start) and NAMES_A_TIME.fullmatch(find.text):
            continue
        yield find, due_of(scene, replace(find, value=when))


def _headed(clause: Clause, find: Find) -> When:
    """A bare weekday below 下周计划 is one of that week."""
    when: When = find.value
    base, last = clause.heading.base, when.last_day
    if clause.heading.mode != "plan" or base is None or last is None or not WEEKDAY.match(find.text):
        return when
    monday = base.date() - timedelta(days=base.weekday())
    return shifted(when, timedelta(days=7)) if monday - timedelta(days=7) <= last < monday else when


def _own(scene: Scene, clause: Clause) -> When | None:
    """What the clause itself tells: of several times the one settled on, a clock time with its day, a deadline."""
    coming = list(_coming(scene, clause))
    if not coming:
        return None
    (first, when), (last, corrected) = coming[0], coming[-1]
    if len(coming) == 1:
        return _with_clock(scene, clause, first, when)
    if CORRECTS.search(scene.folded[first.end : last.start]):
        return corrected
    if is_clock_only(scene, last) and not when.at:
        return _at_clock(when, corrected)
    return _settled(scene, clause, coming) or when


def _settled(scene: Scene, clause: Clause, coming: list[tuple[Find, When]]) -> When | None:
    """Of several times the one that something was put to, else the deadline, else the later of two told together."""
    for find, told in coming:
        if SETTLED.search(scene.folded[max(clause.start, find.start - 10) : find.start]):
            return told
    if deadline := next((told for _, told in coming[1:] if told.on is None), None):
        return deadline
    (first, when), (second, other) = coming[:2]
    return (
        max(when, other, key=lambda told: told.last_day or scene.now.date()) if second.start - first.end <= 1 else when
    )


def _with_clock(scene: Scene, clause: Clause, find: Find, when: When) -> When:
    """A day with the clock time that the next clause gives; a clock time on the day that one before gives."""
    if is_clock_only(scene, find):
        for other in _earlier(scene.block(clause), clause)[:NEAR]:
            days = [told for _, told in _coming(scene, other) if not told.at]
            if days:
                return _at_clock(days[-1], when)
        heading = clause.heading
        return _at_clock(When(on=heading.base.date()), when) if heading.has_day and heading.base else when
    after = scene.after(clause)
    if when.on and not when.at and after and after.sentence == clause.sentence and _says_only_when(scene, after):
        clocks = [told for other, told in _coming(scene, after) if is_clock_only(scene, other)]
        return _at_clock(when, clocks[0]) if clocks else when
    return when


def is_clock_only(scene: Scene, find: Find) -> bool:
    """Whether a time gives an hour and no day: 三点, taken to be today's."""
    when: When = find.value
    return when.at is not None and when.on == scene.now.date() and not OF_A_DAY.search(find.text)


def _at_clock(day_told: When, clock: When) -> When:
    """A day at an hour told apart from it."""
    on = day_told.last_day
    if on is None or clock.at is None:
        return day_told
    return When(on=on, at=clock.at.replace(year=on.year, month=on.month, day=on.day))


def _earlier(clauses: Sequence[Clause], clause: Clause) -> list[Clause]:
    """Those of some clauses that stand before one, the nearest first."""
    return [other for other in reversed(clauses) if other.start < clause.start]


def _beside(scene: Scene, clause: Clause) -> When | None:
    """The time that the clause behind or before gives, where that says little else; else the last of the sentence that
    lies ahead.
    """
    after, before = scene.after(clause), scene.before(clause)
    for other in (after, before):
        if other and other.block == clause.block and _says_only_when(scene, other) and (due := _own(scene, other)):
            return due
    is_same = SAME_TIME.search(clause.text) or (after and SAME_TIME.search(after.text))
    for other in _earlier(scene.block(clause) if is_same else scene.sentence(clause), clause):
        if (due := _own(scene, other)) and _lies_ahead(scene, due):
            return due
    return None


def _lies_ahead(scene: Scene, told: When) -> bool:
    return (told.last_day or scene.now.date()) > scene.now.date() or (told.at is not None and told.at > scene.now)


def _of_line(scene: Scene, clause: Clause) -> When | None:
    """The time that opens a line for all of its list (节前两件事: …; …), or the one day of its heading."""
    first = scene.block(clause)[0]
    if first.start < clause.start and OPENS.match(first.text):
        for find, told in _coming(scene, first):
            if ":" in scene.folded[find.end : first.end]:
                return told
    heading = clause.heading
    return When(on=heading.base.date()) if heading.mode == "plan" and heading.has_day and heading.base else None


def _says_only_when(scene: Scene, clause: Clause) -> bool:
    return bool(clause.all("when")) and len(AROUND_A_TIME.sub("", rest_of(scene, clause, ("when",)))) <= 1


def _days_before(told: When, said: re.Match[str]) -> When:
    """So many days before the time told: 提前一天."""
    days = int(number(said[1]) or 1) if said[1] else 1
    last = told.last_day
    return When(on=last - timedelta(days=days)) if last else told
