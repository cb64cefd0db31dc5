"""The order of a list: what it is sorted by, what has none of that last, and by id where it is the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, UnaryExpression, func, select

from storage.deal_tables import deals, stages
from storage.stalled import ABOUT_IT
from storage.tables import customers, visits

HELD = (visits.c.customer_id == customers.c.id, visits.c.withdrawn_at.is_(None))
CONTACTED = select(func.max(visits.c.held_on)).where(*HELD).correlate(customers).scalar_subquery()
DEAL_CONTACTED = select(func.max(visits.c.held_on)).where(*ABOUT_IT).correlate(deals).scalar_subquery()
_OPEN = (deals.c.customer_id == customers.c.id, deals.c.withdrawn_at.is_(None), stages.c.outcome == "open")
_HOME = deals.join(stages, stages.c.id == deals.c.stage_id)
_WORTH = select(func.sum(deals.c.amount_minor)).select_from(_HOME).where(*_OPEN).correlate(customers).scalar_subquery()
_CLOSES = select(func.min(deals.c.close_on)).select_from(_HOME).where(*_OPEN).correlate(customers).scalar_subquery()
OF_CUSTOMERS: Mapping[str, Any] = {
    "contact": CONTACTED,
    "created": customers.c.created_at,
    "name": customers.c.name,
    "amount": _WORTH,
    "close": _CLOSES,
}
OF_DEALS: Mapping[str, Any] = {
    "contact": DEAL_CONTACTED,
    "created": deals.c.created_at,
    "name": deals.c.name,
    "amount": deals.c.amount_minor,
    "close": deals.c.close_on,
}


def customers_in_order(sort: str) -> tuple[ColumnElement[Any], ...]:
    """Customers sorted; whoever was contacted longest ago first unless told."""
    return _sorted(OF_CUSTOMERS, sort or "contact", customers.c.id)


def deals_in_order(sort: str) -> tuple[ColumnElement[Any], ...]:
    """Deals sorted as told."""
    return _sorted(OF_DEALS, sort, deals.c.id)


def _sorted(columns: Mapping[str, Any], sort: str, last: ColumnElement[Any]) -> tuple[ColumnElement[Any], ...]:
    """Never contacted comes before all others when the longest silent come first, else what has no value comes last."""
    falls, key = sort.startswith("-"), sort.lstrip("-")
    column = columns[key]
    is_missing = column.is_not(None) if key == "contact" and not falls else column.is_(None)
    return is_missing, column.desc() if falls else column, last


def window(wanted: Select[Any], order: Sequence[ColumnElement[Any]], limit: int, offset: int) -> Select[Any]:
    """The ids that stand in a window of that order, out of the ids that are `wanted`.

    The wanted are gathered before they are sorted: PostgreSQL would sort every row there is, for the sake of the few at
    the top, and only then ask of each whether it is wanted.
    """
    falls = [isinstance(one, UnaryExpression) for one in order]
    sorts = [one.element if isinstance(one, UnaryExpression) else one for one in order]
    named = [column.label(f"sort{place}") for place, column in enumerate(sorts)]
    key, *columns = wanted.add_columns(*named).cte("wanted").prefix_with("MATERIALIZED").c
    sorted_by = (column.desc() if down else column for column, down in zip(columns, falls, strict=True))
    return select(key).order_by(*sorted_by).limit(limit).offset(offset)
