"""How deals pass through the stages: of those that entered one within some days, how many went further and how soon."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, case, extract, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.policy import Actor
from crm.reports.funnel import Conversion
from storage.deals import all_stages
from storage.reports.scope import HOME, People, in_scope
from storage.tables import deals, stage_changes, stages


async def conversions(
    session: AsyncSession, actor: Actor, people: People, since: datetime, until: datetime
) -> tuple[Conversion, ...]:
    """For each open stage the deals that entered it from `since` up to `until`: how many have gone further by now, and
    how long those stayed that have left it. Each entry counts, that of a deal put back as well.
    """
    known = await all_stages(session)
    by_key: dict[str, list[int]] = {}
    names = {}
    for stage in known:
        if stage.outcome == "open":
            by_key.setdefault(stage.key, []).append(stage.id)
            names.setdefault(stage.key, stage.names)
    rows = {row[0]: [int(part or 0) for part in row[1:]] for row in await session.execute(_cohorts(actor, people, since, until))}
    found = []
    for key, ids in by_key.items():
        entered, advanced, left, seconds = (sum(rows[each][place] for each in ids if each in rows) for place in range(4))
        if entered:
            found.append(Conversion(key, names[key], entered, advanced, left, seconds))
    return tuple(found)


def _cohorts(actor: Actor, people: People, since: datetime, until: datetime):  # type: ignore[no-untyped-def]
    here = stage_changes
    order = {"partition_by": here.c.deal_id, "order_by": (here.c.at, here.c.id)}
    ways = (
        select(
            here.c.deal_id,
            here.c.to_stage_id,
            here.c.at,
            func.lead(here.c.to_stage_id).over(**order).label("next_id"),
            func.lead(here.c.at).over(**order).label("left_at"),
        )
        .where(here.c.at >= since, here.c.withdrawn_at.is_(None))
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
