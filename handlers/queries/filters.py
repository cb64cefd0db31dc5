"""What a list is narrowed by, ready for the records and as the answer says it: one entry a condition in SAID."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from crm import customers, deals
from crm.filters import Condition
from crm.places import places
from handlers.queries.asked import Asked, midnight
from handlers.turn import Turn
from storage.deals import all_stages
from talk.message import Parts, Phrase, Span, Word

SILENT_DAYS = {"customers": customers.SILENT_DAYS, "deals": deals.SILENT_DAYS}

STALLED_DAYS = (deals.SILENT_DAYS - 1, deals.LONG_IN_STAGE_DAYS)


def conditions_of(turn: Turn, asked: Asked) -> tuple[Condition, ...]:
    """The conditions of a question as the records hold them: days are moments where moments are kept."""
    return tuple(_ready(turn, one) for one in _where(asked))


def first_of(asked: Asked, count: int) -> int:
    """How many entries a list shows: all, or so many of the first as are asked for."""
    return min(count, int(asked.reading.slots.get("top") or count))


def _where(asked: Asked) -> tuple[Condition, ...]:
    """Its conditions; a length of silence that nobody told is the usual one."""
    usual = SILENT_DAYS.get(str(asked.reading.slots.get("topic")), customers.SILENT_DAYS)
    where: Sequence[Condition] = asked.reading.slots.get("where") or ()
    return tuple(replace(c, values=(usual,)) if c.name == "silent" and not c.values else c for c in where)


def _ready(turn: Turn, condition: Condition) -> Condition:
    if condition.name == "silent":
        return replace(condition, values=(midnight(turn, turn.today - timedelta(days=condition.values[0] - 1)),))
    if condition.name == "stalled":
        silent, standing = (midnight(turn, turn.today - timedelta(days=days)) for days in STALLED_DAYS)
        return replace(condition, values=(silent, standing, turn.today))
    if condition.name in ("created", "closed", "won"):
        since, until = condition.values
        after = until + timedelta(days=1) if until else None
        return replace(condition, values=(midnight(turn, since), midnight(turn, after)))
    if condition.name == "birthday":
        since, until = condition.values
        return replace(condition, values=(f"{since or turn.today:%m-%d}", f"{until or since:%m-%d}"))
    return condition


async def stage_names(turn: Turn, where: Sequence[Condition]) -> Mapping[str, Mapping[str, str]]:
    """The names of stages by key, where conditions tell of any."""
    told = any(condition.name == "stage" for condition in where)
    return {stage.key: stage.names for stage in await all_stages(turn.session)} if told else {}


def told_conditions(turn: Turn, asked: Asked, stages: Mapping[str, Any]) -> Parts:
    """The conditions, the order and what was not understood, as the answer says them; empty where none is told."""
    room = _Room(stages, turn.reader.language)
    told: list[Any] = [_told(one, room) for one in _where(asked)]
    if sort := str(asked.reading.slots.get("sort") or ""):
        told.append(Word(f"sort_{sort.lstrip('-')}{'_down' if sort.startswith('-') else ''}"))
    if top := asked.reading.slots.get("top"):
        told.append(Phrase("filter_top", {"n": top}))
    if unknown := asked.reading.slots.get("unknown"):
        told.append(Phrase("filter_unknown", {"what": list(unknown)}))
    return Parts(told)


@dataclass(frozen=True)
class _Room:
    """What the words of a condition need beside its values."""

    stages: Mapping[str, Any]
    language: str


def _told(condition: Condition, room: _Room) -> Any:
    said = SAID[condition.name](condition.values, room)
    if isinstance(said, str):
        return Word(f"{said}_not" if condition.is_denied else said)
    if isinstance(said, list):
        said = {"what": said}
    return Phrase(f"filter_{condition.name}{'_not' if condition.is_denied else ''}", said)


def _place(values: Sequence[Any], room: _Room) -> list[Any]:
    known = [places().get(value) for value in values]
    latin = room.language == "en"
    return [
        place.names[1].title() if latin and place and len(place.names) > 1 else value
        for value, place in zip(values, known, strict=True)
    ]


def _words(prefix: str) -> Callable[[Sequence[Any], _Room], list[Any]]:
    return lambda values, _: [Word(f"{prefix}_{value}") for value in values]


def _plain(values: Sequence[Any], _: _Room) -> list[Any]:
    return list(values)


def _days(values: Sequence[Any], _: _Room) -> dict[str, Any]:
    return {"days": Span(*values)}


def _won(values: Sequence[Any], room: _Room) -> Any:
    return "filter_won_ever" if values == (None, None) else _days(values, room)


def _range(values: Sequence[Any], _: _Room) -> dict[str, Any]:
    low, high = values
    if low is None or high is None:
        return {"what": Phrase("amount_from" if high is None else "amount_to", {"amount": low or high})}
    return {"what": low if low == high else Phrase("amount_between", {"low": low, "high": high})}


def _contacted(values: Sequence[Any], room: _Room) -> Any:
    return "filter_contacted_ever" if values == (None, None) else _days(values, room)


SAID: dict[str, Callable[[Sequence[Any], _Room], Any]] = {
    "place": _place,
    "industry": _plain,
    "tier": _words("tier"),
    "source": _plain,
    "silent": lambda values, _: {"days": values[0]},
    "stalled": lambda _, __: {"days": deals.SILENT_DAYS, "long": deals.LONG_IN_STAGE_DAYS},
    "contacted": _contacted,
    "has": _words("held"),
    "filled": _words("field"),
    "created": _days,
    "amount": _range,
    "size": _range,
    "birthday": _days,
    "role": _words("role"),
    "closing": _days,
    "closed": _days,
    "won": _won,
    "outcome": _words("outcome"),
    "stage": lambda values, room: [room.stages.get(value, value) for value in values],
    "competitor": _plain,
}
