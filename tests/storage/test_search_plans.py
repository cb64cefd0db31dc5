"""How PostgreSQL plans the search in words: for the words asked for, however often it has run."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, text

from crm.users import User
from storage.engine import open_store
from storage.people import actor_for
from storage.search import find_words
from tests.databases import PostgresServer

PLANNED = "SELECT sum(generic_plans), sum(custom_plans) FROM pg_prepared_statements WHERE statement LIKE :said"
OFTEN = 8  # beyond five PostgreSQL may settle on a plan for any words


async def test_each_search_in_words_is_planned_for_its_words(postgres: PostgresServer, now: datetime) -> None:
    url = await postgres.fresh(now)
    store = open_store(url)
    async with store.reading()() as session:
        admin = (await session.scalars(select(User).where(User.role == "admin"))).one()  # type: ignore[arg-type]
        actor = await actor_for(session, admin)
        before = await session.scalar(text("SHOW plan_cache_mode"))
        for _ in range(OFTEN):
            assert await find_words(session, actor, "报价")
        generic, custom = (await session.execute(text(PLANNED), {"said": "%FROM visit_terms%"})).one()
        assert await session.scalar(text("SHOW plan_cache_mode")) == before
    await store.close()
    await postgres.drop(url)
    assert custom >= OFTEN
    assert generic == 0
