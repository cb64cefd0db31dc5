"""How many customers there are of each kind: by place, industry, tier, owner or source; each opened as a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm.filters import Condition
from crm.places import places
from handlers.queries.asked import Asked, head, whose
from handlers.queries.customers import customers_wanted
from handlers.queries.filters import stage_names, told_conditions
from handlers.queries.pages import Item, List, Section, listed, look
from handlers.turn import Result, Turn
from nlu.rule import Mention, Reading
from storage.lists.customer_counts import count_customers_per
from talk.message import Count, Parts, Phrase, Word

CONDITION = {"province": "place", "city": "place"}  # what narrows a list to one kind, where it is called otherwise
FIELD = {"province": "region", "city": "region"}


async def show_customers_split(turn: Turn, asked: Asked) -> list[Result]:
    """Each kind with its number, the most first."""
    per, wanted = str(asked.reading.slots["per"]), customers_wanted(turn, asked)
    counts = await count_customers_per(turn.session, turn.actor, wanted, per)

    async def fetch(limit: int, offset: int) -> Sequence[Item]:
        return [_entry(turn, asked, per, kind, count) for kind, count in counts[offset : offset + limit]]

    total = sum(count for _, count in counts)
    told = head(
        Phrase("list_customers", {"who": whose(turn, asked).label}),
        Word(f"per_{per}"),
        Count(total, "count_customers") if total else None,
    )
    narrowed = told_conditions(turn, asked, await stage_names(turn, wanted.where))
    return [await listed(turn, asked.reading, List(told, (Section(None, len(counts), fetch),), conditions=narrowed))]


def _entry(turn: Turn, asked: Asked, per: str, kind: Any, count: int) -> Item:
    name = _name(turn, per, kind)
    many = Count(count, "count_customers")
    return Item(Parts((name, many)), look("named_with_count", _only(asked, per, kind), name=name, n=count))


def _name(turn: Turn, per: str, kind: Any) -> Any:
    if not kind:
        return Word("per_nothing")
    if per == "owner":
        return kind[1]
    if per == "tier":
        return Word(f"tier_{kind}")
    place = places().get(kind) if per in CONDITION else None
    is_latin = turn.reader.language == "en" and place is not None and len(place.names) > 1
    return place.names[1].title() if is_latin and place else kind


def _only(asked: Asked, per: str, kind: Any) -> Reading:
    """The customers of that kind alone."""
    if per == "owner":
        return asked.but(per=None, user=Mention(kind[1], kind[0]))
    where = tuple(asked.reading.slots.get("where") or ())
    filled = Condition("filled", (FIELD.get(per, per),), is_denied=True)
    only = Condition(CONDITION.get(per, per), (kind,)) if kind else filled
    return asked.but(per=None, where=(*where, only))
