"""How deals pass through the stages: of those that entered one within some days, how many went further and how soon."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, extract, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.pipelines import by_key
from crm.policy import Actor
from crm.reports.funnel import Conversion
from storage.deal_tables import deals, stage_changes, stages
from storage.deals import all_stages
from storage.reports.scope import HOME, People, in_scope


async def conversions(
    session: AsyncSession, actor: Actor, people: People, since: datetime, until: datetime
) -> tuple[Conversion, ...]:
    """For each open stage the deals that entered it from `since` up to `until`: how many have gone further by now, and
    how long those stayed that have left it. Each entry counts, that of a deal put back as well.
    """
    opened = by_key([stage for stage in await all_stages(session) if stage.outcome == "open"])
    asked = await session.execute(_cohorts(actor, people, since, until))
    rows = {row[0]: [int(part or 0) for part in row[1:]] for row in asked}
    found = []
    for key, same in opened.items():
        counts = [rows[stage.id] for stage in same if stage.id in rows]
        entered, advanced, left, seconds = (sum(row[place] for row in counts) for place in range(4))
        if entered:
            found.append(Conversion(key, same[0].names, entered, advanced, left, seconds))
    return tuple(found)


def _of(people: People) -> list[ColumnElement[bool]]:
    """Leaves the moves of some people's deals alone before they are put in order, which takes longest."""
    return [stage_changes.c.deal_id.in_(select(deals.c.id).where(deals.c.owner_id.in_(people)))] if people else []


def _cohorts(actor: Actor, people: People, since: datetime, until: datetime) -> Select[Any]:
    here = stage_changes
    order: dict[str, Any] = {"partition_by": here.c.deal_id, "order_by": (here.c.at, here.c.id)}
    ways = (
        select(
            here.c.deal_id,
            here.c.to_stage_id,
            here.c.at,
            func.lead(here.c.to_stage_id).over(**order).label("next_id"),
            func.lead(here.c.at).over(**order).label("left_at"),
        )
        .where(here.c.at >= since, here.c.withdrawn_at.is_(None), *_of(people))
        .subquery()
    )
    entered, after = stages.alias("entered"), stages.alias("after")
    is_further = and_(after.c.outcome != "lost", or_(after.c.outcome == "won", after.c.position > entered.c.position))
    home = ways.join(HOME, deals.c.id == ways.c.deal_id).join(entered, entered.c.id == ways.c.to_stage_id)
    home = home.outerjoin(after, after.c.id == ways.c.next_id)
    stay = extract("epoch", ways.c.left_at) - extract("epoch", ways.c.at)
    return (
        select(
            ways.c.to_stage_id,
            func.count(),
            func.sum(case((is_further, 1), else_=0)),
            func.count(ways.c.left_at),
            func.sum(stay),
        )
        .select_from(home)
        .where(ways.c.at < until, entered.c.outcome == "open", *in_scope(actor, people))
        .group_by(ways.c.to_stage_id)
    )
