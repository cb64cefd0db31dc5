"""Values that cannot be (2月30号, a deadline that is over, a sum of 0, a phone of 9 digits) are asked for.

The rest of what was said is kept. The answer rewrites the message like any correction (handlers/change_fields.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from crm.money import is_sum
from crm.reach import digits_of, is_email, is_phone
from handlers.fields import KINDS
from handlers.turn import Ask, Choice, Turn
from nlu.rule import Amount, Mention, Reading, When
from talk.message import Word

GROUP = "field:value:"  # a question about a field, as those of the button 改 are
AHEAD = ("due", "close_on")  # days by which something is to be: none that is over is meant
# What a reading is about, and what it does not tell: with nothing else left of these intents there is nothing to do.
_ABOUT = frozenset({"customer", "deal", "task", "tasks", "points", "title"})
_EMPTY = frozenset({"move_task", "note_quote", "update_contact", "update_customer", "update_deal"})


@dataclass(frozen=True)
class Unsound:
    """A slot whose value cannot be: why, in one word (the words value_…), and what was said."""

    slot: str
    why: str
    said: Any
    more: Any = ""


def without_unsound(turn: Turn, reading: Reading) -> tuple[Reading | None, list[Ask]]:
    """The reading without the values that cannot be, None where nothing is left to do; and a question for each."""
    found = list(_unsound(turn, reading))
    if not found:
        return reading, []
    bad = {one.slot for one in found}
    kept = replace(reading, slots={slot: value for slot, value in reading.slots.items() if slot not in bad})
    return (None if _says_nothing(kept) else kept), [_ask(turn, reading, one) for one in found]


def _unsound(turn: Turn, reading: Reading) -> Iterator[Unsound]:
    for slot, value in reading.slots.items():
        if slot not in KINDS:
            continue
        if isinstance(value, When):
            yield from _when(turn, slot, value)
        elif isinstance(value, Amount) and not (is_sum(value.low) and is_sum(value.high or value.low)):
            yield Unsound(slot, "sum", value.low)
        elif KINDS[slot] == "percent" and not 0 <= value <= 100:
            yield Unsound(slot, "percent", f"{value:g}%")
        elif KINDS[slot] == "phone" and not is_phone(str(value)):
            yield Unsound(slot, "phone", str(value), len(digits_of(str(value))))
        elif slot == "email" and not is_email(str(value)):
            yield Unsound(slot, "email", str(value))


def _when(turn: Turn, slot: str, value: When) -> Iterator[Unsound]:
    if value.wrong == "no_such_day":
        yield Unsound(slot, "no_such_day", value.said, value.last_day)
    elif slot in AHEAD and value.last_day is not None and value.last_day < turn.today:
        yield Unsound(slot, "past", value.said or value.last_day, value.last_day)


def _says_nothing(reading: Reading) -> bool:
    named: Mention | None = reading.slots.get("name")
    left = reading.slots.keys() - _ABOUT - ({"name"} if named is not None and named.key is not None else set())
    return reading.intent in _EMPTY and not left


def _ask(turn: Turn, reading: Reading, one: Unsound) -> Ask:
    facts = {
        "said": one.said,
        "more": one.more,
        "field": Word(f"field_{one.slot}"),
        "places": [[turn.ledger.entry, one.slot]],
    }
    days = _days(turn, one)
    choices = [
        Choice("change_to", {"said": {"right": (("when", When(day)),), "said": ""}}, {"value": day}) for day in days
    ]
    choices.append(Choice("leave_value", {"dropped": True}, {"field": facts["field"]}))
    about: Mention | None = reading.slots.get("customer")
    key = int(about.key) if about is not None and about.key is not None else None
    group = f"{GROUP}{one.why}:{one.said}"
    return Ask(f"value_{one.why}", reading, tuple(choices), group, facts, slot=f"field:{one.slot}", customer=key)


def _days(turn: Turn, one: Unsound) -> list[date]:
    """The days that are likely meant: the one beside it, and for what is over the next ones and that day a year on."""
    day = one.more
    if not isinstance(day, date):
        return []
    if one.why == "no_such_day":
        return [day, day + timedelta(days=1)]
    monday = turn.today + timedelta(days=7 - turn.today.weekday())
    a_year_on = date(day.year + 1, day.month, min(day.day, 28) if day.month == 2 else day.day)
    return list(dict.fromkeys((turn.today + timedelta(days=1), monday, a_year_on)))
