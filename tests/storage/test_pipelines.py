"""The pipelines that ship are there once, and stay as people have made them."""

from __future__ import annotations

from sqlalchemy import select

from crm.pipelines import SHIPPED, Pipeline, Stage
from storage.deal_tables import stages
from storage.engine import Store
from storage.pipelines import prepare, ship_pipelines


async def test_a_new_database_gets_both_pipelines_with_their_stages_in_order(empty_store: Store) -> None:
    await prepare(empty_store)
    async with empty_store.reading()() as session:
        for pipeline in await session.scalars(select(Pipeline)):
            found = select(Stage).where(stages.c.pipeline_id == pipeline.id).order_by(stages.c.position)
            kept = [(s.key, s.name("zh"), s.name("en"), s.win_rate) for s in await session.scalars(found)]
            assert kept == [(s.key, s.zh, s.en, s.win_rate) for s in SHIPPED[pipeline.key]]


async def test_shipping_twice_adds_nothing_and_keeps_what_people_changed(store: Store) -> None:
    await prepare(store)
    async with store.writing()() as session:
        stage = (await session.scalars(select(Stage).where(stages.c.key == "needs").limit(1))).one()
        stage.win_rate = 25
        await ship_pipelines(session)
        await session.commit()
    async with store.reading()() as session:
        kept = list(await session.scalars(select(Stage)))
    assert len(kept) == sum(len(shipped) for shipped in SHIPPED.values())
    assert [s.win_rate for s in kept if s.id == stage.id] == [25]
