"""Our name and a few letters typed into any chat, over real HTTP and the real house: what is shown to whom."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select, text

from bot.demo import demo_people
from bot.wiring import House
from crm.customers import Customer
from handlers.desk import Desk
from sandbox import Sandbox
from storage.engine import Store
from storage.tables import customers
from tests.bot.conftest import Running
from tests.bot.test_way_of_a_file import LINA, MANAGER, OTHER, card_with

STRANGER = "路人"


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """The double with the demo's people in it."""
    async with Sandbox(limits=False, people=demo_people().spec()) as double:
        yield double


@asynccontextmanager
async def working(running: Running, store: Store) -> AsyncIterator[House]:
    """The real house on the demo."""
    async with running(desk=Desk, store=store) as house:
        yield house


async def shown(sandbox: Sandbox, person: int | str, typed: str, chat: int | None = None) -> list[dict[str, Any]]:
    """What somebody may choose from first."""
    return (await page(sandbox, person, typed, chat))[0]


async def page(
    sandbox: Sandbox, person: int | str, typed: str, chat: int | None = None, offset: str = ""
) -> tuple[list[dict[str, Any]], str]:
    """What somebody may choose from, and where more begins."""
    query = sandbox.ask_inline(person, typed, chat, offset)
    answer = await sandbox.answered(query, 20)
    assert (answer["is_personal"], answer["cache_time"]) == (True, 0)
    return [dict(one, query=query) for one in answer["results"]], answer["next_offset"]


def titles(results: list[dict[str, Any]]) -> list[str]:
    return [one["title"] for one in results]


def room_of(sandbox: Sandbox) -> int:
    """A group in which 李娜 is."""
    return sandbox.add_group("一起", LINA, [OTHER, MANAGER])


async def test_each_is_shown_what_they_see_and_a_stranger_nothing(
    sandbox: Sandbox, running: Running, demo_store: Store
) -> None:
    async with working(running, demo_store):
        assert titles(await shown(sandbox, LINA, "华信")) == ["上海华信科技有限公司"]
        (by_person,) = await shown(sandbox, MANAGER, "王建国")
        assert (by_person["title"], by_person["description"]) == ("上海华信科技有限公司", "王建国 · 李娜 跟进")
        assert await shown(sandbox, OTHER, "华信") == []
        sandbox.add_person(STRANGER)
        for typed in ("华信", "", "%"):
            assert await shown(sandbox, STRANGER, typed) == []
        assert 0 < len(await shown(sandbox, LINA, "")) <= 20


async def test_who_scrolls_is_shown_the_next_twenty_until_there_are_no_more(
    sandbox: Sandbox, running: Running, demo_store: Store, now: datetime
) -> None:
    async with demo_store.writing().begin() as session:
        owner = await session.scalar(select(customers.c.owner_id).where(customers.c.name == "上海华信科技有限公司"))
        session.add_all(Customer(f"蓝鲸{number:02}号仓库", owner, now) for number in range(45))
    async with working(running, demo_store):
        offset, pages = "", list[list[str]]()
        while not pages or offset:
            results, offset = await page(sandbox, LINA, "蓝鲸", offset=offset)
            pages.append(titles(results))
        assert [len(each) for each in pages] == [20, 20, 5]
        assert {title for each in pages for title in each} == {f"蓝鲸{number:02}号仓库" for number in range(45)}
        assert await page(sandbox, OTHER, "蓝鲸", offset="20") == ([], "")


async def test_what_is_chosen_tells_name_and_owner_and_its_link_shows_the_card_to_those_who_may_see_it(
    sandbox: Sandbox, running: Running, demo_store: Store
) -> None:
    async with working(running, demo_store):
        room = room_of(sandbox)
        (found,) = await shown(sandbox, LINA, "华信", room)
        sandbox.choose_inline(found["query"], found["id"])
        said = sandbox.messages(room)[-1]
        assert (said["text"], said["from"]["id"]) == ("上海华信科技有限公司 · 由李娜跟进", LINA)
        ((button,),) = said["reply_markup"]["inline_keyboard"]
        address, _, word = button["url"].partition("?start=")
        assert address == f"https://t.me/{sandbox.world.bot['username']}"
        for person in (LINA, MANAGER):
            sandbox.say(person, f"/start {word}")
            await card_with(sandbox, "王建国", person)
        answers = []
        for asked in (word, "card_999999"):
            sandbox.say(OTHER, f"/start {asked}")
            answers.append((await card_with(sandbox, "没有你能看的客户", OTHER))["text"])
        assert answers[0] == answers[1]
        sandbox.add_person(STRANGER)
        sandbox.say(STRANGER, f"/start {word}")
        stranger = await sandbox.reply(STRANGER, 0, 20)
        assert "华信" not in stranger["text"]
        assert [each for each in sandbox.messages(room) if each["from"]["is_bot"]] == []


async def test_in_the_chat_with_the_bot_the_card_itself_comes(
    sandbox: Sandbox, running: Running, demo_store: Store
) -> None:
    async with working(running, demo_store):
        (found,) = await shown(sandbox, LINA, "王建国")
        sandbox.choose_inline(found["query"], found["id"])
        card = await card_with(sandbox, "王建国")
        assert "ERP二期" in card["text"]


async def test_a_customer_that_is_called_like_an_order_orders_nothing(
    sandbox: Sandbox, running: Running, demo_store: Store
) -> None:
    async with demo_store.writing().begin() as session:
        called = select(Customer).where(customers.c.name == "上海华信科技有限公司")
        (await session.scalars(called)).one().name = "停用王磊"
    async with working(running, demo_store):
        (found,) = await shown(sandbox, MANAGER, "停用王磊")
        sandbox.choose_inline(found["query"], found["id"])
        assert "王建国" in (await card_with(sandbox, "停用王磊", MANAGER))["text"]


@pytest.mark.parametrize("typed", ["%", "_", "'", '"', "a" * 256, "\u202e", "'; DROP TABLE customers --", "* OR NEAR("])
async def test_letters_of_any_kind_show_no_more(
    sandbox: Sandbox, running: Running, demo_store: Store, typed: str
) -> None:
    async with working(running, demo_store):
        assert len(await shown(sandbox, OTHER, typed)) <= 20
        assert "上海华信科技有限公司" not in titles(await shown(sandbox, OTHER, typed))


async def test_what_is_typed_is_kept_nowhere(sandbox: Sandbox, running: Running, demo_store: Store) -> None:
    async with working(running, demo_store) as house:
        await shown(sandbox, LINA, "华信")
        await house.stop()
        async with demo_store.reading()() as session:
            kept = list(await session.scalars(text("SELECT raw FROM inbox WHERE CAST(raw AS TEXT) LIKE '%inline%'")))
            sent = list(await session.scalars(text("SELECT body FROM outbox WHERE CAST(body AS TEXT) LIKE '%offer%'")))
    assert kept == sent == []
