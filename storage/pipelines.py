"""The pipelines that ship, written into a database that does not have them yet."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.pipelines import SHIPPED, Pipeline, Shipped, Stage
from storage.deal_tables import pipelines
from storage.engine import Store
from storage.migrate import migrate


async def prepare(store: Store) -> None:
    """Bring a database to the newest schema and give it the pipelines that ship. Harmless to repeat."""
    await migrate(store)
    async with store.writing()() as session:
        await ship_pipelines(session)
        await session.commit()


async def ship_pipelines(session: AsyncSession) -> None:
    """Add the pipelines that ship; one that is there already stays as people have made it."""
    present = set(await session.scalars(select(pipelines.c.key)))
    for key, shipped in SHIPPED.items():
        if key not in present:
            pipeline = Pipeline(key)
            session.add(pipeline)
            await session.flush()
            session.add_all(_stage(pipeline.id, position, stage) for position, stage in enumerate(shipped, 1))
    await session.flush()


def _stage(pipeline_id: int, position: int, shipped: Shipped) -> Stage:
    return Stage(
        pipeline_id=pipeline_id,
        key=shipped.key,
        names={"zh": shipped.zh, "en": shipped.en},
        position=position,
        win_rate=shipped.win_rate,
        conditions=list(shipped.conditions),
        outcome=shipped.outcome,
    )
