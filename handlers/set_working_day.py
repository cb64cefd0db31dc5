"""An admin settles that a day is off or worked otherwise than published; anybody may ask how a day stands."""

from __future__ import annotations

from datetime import date

from crm import policy
from crm.calendar import Calendar, is_provisional, is_working_day
from crm.errors import AdminsOnly
from crm.lunar import DAY
from crm.setting_errors import InvalidDay
from handlers.turn import Result, Turn
from nlu.rule import Reading, When
from storage.working_time import calendar_of, leave_day, settle_day
from talk.message import Outcome, Word

MOST_DAYS = 31  # settled at once


async def set_working_day(turn: Turn, reading: Reading) -> list[Result]:
    """Settle each day told, or tell how it stands. Raises AdminsOnly, InvalidDay."""
    said = reading.slots
    days, before = _days(said["days"]), await calendar_of(turn.session)
    if "is_working" not in said and "is_published" not in said:
        return [Outcome("day_told", _facts(day, before), wrote=False) for day in days]
    if not policy.may("set_working_day", policy.relations(turn.actor, None)):
        raise AdminsOnly
    if "is_published" in said:
        return [_told("day_left", day, Calendar(), wrote=await leave_day(turn.ledger, day)) for day in days]
    return [await _settled(turn, day, before, is_working=said["is_working"]) for day in days]


async def _settled(turn: Turn, day: date, before: Calendar, *, is_working: bool) -> Outcome:
    """A day as it was settled. One that is published so is left, unless its year may yet be published otherwise."""
    is_so = before.is_working_day(day) is is_working and (day in before.settled or not is_provisional(day))
    wrote = not is_so and await settle_day(turn.ledger, day, is_working=is_working, name="")
    return _told("day_settled", day, Calendar({day: is_working}), wrote=wrote)


def _told(key: str, day: date, calendar: Calendar, *, wrote: bool) -> Outcome:
    return Outcome(key if wrote else "day_unchanged", _facts(day, calendar), wrote=wrote)


def _facts(day: date, calendar: Calendar) -> dict[str, object]:
    state = "day_worked" if calendar.is_working_day(day) else "day_off"
    published = "worked" if is_working_day(day) else "off"
    basis = "rule" if is_provisional(day) else "published"
    return {"day": day, "state": Word(state), "basis": Word(f"day_{published}_by_{basis}")}


def _days(told: When) -> list[date]:
    """Every day of what was told. Raises InvalidDay."""
    first = told.on
    if told.wrong == "no_such_day" or first is None:
        raise InvalidDay(value=told.said, most=MOST_DAYS)
    count = ((told.until or first) - first).days + 1
    if not 1 <= count <= MOST_DAYS:
        raise InvalidDay(value=f"{first} – {told.until}", most=MOST_DAYS)
    return [first + DAY * place for place in range(count)]
