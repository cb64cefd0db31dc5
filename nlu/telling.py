"""What several rules ask of a clause: its sums, its times looked at from behind, what it is about."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from nlu.clauses import Clause
from nlu.mood import day, is_next_week, told_as_past
from nlu.rule import Find, When
from nlu.scene import Scene
from nlu.settle import deal_of

REFUTED = re.compile(
    r"(?:不是|并非|唔系|唔係|not|isn't|录成|写成|记成|填成|搞成)[ ]?[^,。;是系\d一二三四五六七八九十]{0,3}$"
)
COMPARED = re.compile(
    r"(?:便宜|高出|[比较][^,。;]{1,4}[低高贵多少]|平过[^,。;]{1,3})(?:了|出|大概|差不多|约|将近|整整|成)?$"
)
CORRECTS = re.compile(r"(?:哦?不对|不对|说错|改口|噢不|no,|sorry)")
WEEKDAY = re.compile(
    r"(?:这个?)?(?:周|星期|礼拜)[一二三四五六日天末]|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon"
    r"|tue|wed|thu|fri|sat|sun)\b"
)
MONTH_DAY = re.compile(r"\d{1,2}[月./-]\d{1,2}|[一二三四五六七八九十]+月")
BY = r"(?:by|before|until|截至|截止到?|最晚|最迟|赶在)"
DATED = re.compile(
    rf"(?:{BY} ?)?(?:\d{{4}}[年./-]|\d{{1,2}}[月./-]\d|[一二三四五六七八九十]+月"
    r"|(?:\d{1,2} ?)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))"
)
ADJECTIVE = re.compile(r"(?:year|month|quarter|week)-end")
NAMED_BY = re.compile(r"\b(?:the|their|our|his|her|its|your) $|'s $")  # before a period that a thing is called by
A_MONTH = 27  # days, so that none is shorter
EDGE = re.compile(rf"^{BY} ?| ?(?:之前|以前|前|截止|为止)$")
COMING = re.compile(r"下|明|后|next|coming")
OTHER_YEAR = re.compile(r"年|20\d\d|下|next")


def about(scene: Scene, clause: Clause, *, fill: bool = True) -> dict[str, Any]:
    """The customer and the deal of a clause, as slots; what is not known is left out."""
    slots: dict[str, Any] = {}
    if clause.customer:
        slots["customer"] = clause.customer
    if deal := deal_of(scene, clause, fill=fill):
        slots["deal"] = deal
    return slots


def sums(scene: Scene, clause: Clause) -> list[Find]:
    """The sums that a clause stands by: refuted ones (不是80万), mere differences (便宜8万), and those corrected in the
    same breath left out.
    """
    found = [f for f in clause.all("money") if not _is_no_sum(scene.folded, clause.start, f.start)]
    for earlier, later in itertools.pairwise(found):
        if CORRECTS.search(scene.folded[earlier.end : later.start]):
            found = [f for f in found if f is not earlier]
    return found


def times(clause: Clause) -> Sequence[Find]:
    """The times of a clause; beside a day those left out that say of what a thing is: the Q4 review on Thursday."""
    found = clause.all("when")
    own = [find for find in found if not _is_of_a_thing(find)] if len(found) > 1 else found
    return own or found


def _is_of_a_thing(find: Find) -> bool:
    """Whether a time is a month or longer, or the end of one said as an adjective: the October invoice, year-end."""
    when: When = find.value
    is_long = when.on is not None and when.until is not None and (when.until - when.on).days >= A_MONTH
    return is_long or ADJECTIVE.fullmatch(find.text.strip()) is not None


def _is_no_sum(text: str, start: int, at: int) -> bool:
    return bool(REFUTED.search(text, max(start, at - 8), at) or COMPARED.search(text, max(start, at - 8), at))


def told_at(scene: Scene, clause: Clause) -> When | None:
    """When what a clause tells took place: its first time of today or before, a weekday counted back where need be."""
    return next((when for _, when in told_times(scene, clause)), None)


def told_times(scene: Scene, clause: Clause) -> Iterator[tuple[Find, When]]:
    """A clause's times of today or before, a weekday counted back where need be."""
    for find in times(clause):
        names_a_thing = NAMED_BY.search(clause.text, 0, find.start - clause.start) and find.end < clause.end
        if _is_of_a_thing(find) and names_a_thing:
            continue
        when = _looked_back(scene, find)
        if when.last_day is not None and when.last_day <= scene.now.date():
            yield find, when


def _looked_back(scene: Scene, find: Find) -> When:
    """A time read as past: Wednesday told on Friday is this week's, 23 December told in January last year's."""
    when: When = find.value
    first, today = when.on or when.until, scene.now.date()
    if first is None or first <= today:
        return when
    if when.on and WEEKDAY.search(find.text) and not COMING.search(find.text) and first - today <= timedelta(days=7):
        return shifted(when, -timedelta(days=7))
    if MONTH_DAY.match(find.text.strip()) and not OTHER_YEAR.search(find.text) and first - today > timedelta(days=180):
        return shifted(when, _year_back(first) - first)
    return when


def _year_back(moment: date) -> date:
    return moment.replace(year=moment.year - 1, day=min(moment.day, 28) if moment.month == 2 else moment.day)


def shifted(when: When, by: timedelta) -> When:
    """The same time, so much later (or earlier)."""
    return replace(
        when,
        on=when.on + by if when.on else None,
        at=when.at + by if when.at else None,
        until=when.until + by if when.until else None,
        until_at=when.until_at + by if when.until_at else None,
    )


def due_at(scene: Scene, clause: Clause, since: int = 0) -> When | None:
    """The time by which a clause wants something done: its last deadline or first coming time, told at `since` or
    behind.
    """
    coming = [f for f in times(clause) if (last := day(f)) is not None and last >= scene.now.date()]
    coming = [f for f in coming if f.start >= since] if since else coming
    if len(coming) > 1 and CORRECTS.search(scene.folded[coming[0].end : coming[-1].start]):
        return due_of(scene, coming[-1])
    if len(coming) > 1 and coming[1].start - coming[0].end <= 1:
        return due_of(scene, max(coming[:2], key=lambda find: day(find) or scene.now.date()))
    if coming or since:
        return due_of(scene, coming[0]) if coming else None
    return missed(scene, clause)


def missed(scene: Scene, clause: Clause, *, is_target: bool = False) -> When | None:
    """A deadline told by its date that is over already, or (`is_target`) any such day: nobody means it, so that
    somebody must be asked.
    """
    for find in clause.all("when"):
        when: When = find.value
        last = when.last_day
        is_dated = when.on is None and DATED.match(find.text.strip()) and not told_as_past(clause)
        if last is not None and last < scene.now.date() and (is_target or (is_dated and clause.heading.mode != "past")):
            return replace(
                when,
                wrong=when.wrong or "past",
                said=when.said or EDGE.sub("", scene.original(find.start, find.end)).strip(),
            )
    return None


def due_of(scene: Scene, find: Find) -> When:
    """A coming time as what is due then: a weekday that is today's, said when work is over, is next week's."""
    told: When = find.value
    return shifted(told, timedelta(days=7)) if is_next_week(scene, find) else told


def moves_a_close(scene: Scene, clause: Clause) -> bool:
    """Whether a clause begins by moving what the one right before it ends with: 预计成交 | 改到下个月底."""
    at = clause.place - 1
    opens = any(word.start <= clause.start + 1 and word.group in ("move", "corrects") for word in clause.words)
    if at < 0 or not opens or scene.clauses[at].sentence != clause.sentence:
        return False
    before = scene.clauses[at]
    ends = [word.end for word in before.words if word.group in ("target_close", "close_on")]
    return bool(ends) and not scene.folded[max(ends) : clause.start].strip(" 的时间日期")
