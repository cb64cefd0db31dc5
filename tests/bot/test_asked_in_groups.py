"""What is looked up in a group that is bound to a deal, over real HTTP and the real house: by whom, with what signs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.demo import demo_people
from handlers.desk import Desk
from sandbox import Sandbox
from storage.engine import Store
from tests.bot.conftest import Running
from tests.bot.test_way_of_a_file import LINA, OTHER, card_with

ROOM, PRESALES, STRANGER = -1001, 109, "路人"
BOT = "@genjin_demo_bot"
SIGNS = [
    *("%", "_", "'", '"', "* OR NEAR(华信 明泰)", "华信%", "'; DROP TABLE customers; --", "华" * 4_000),
    "华信的" + "%_'\"*" * 700,
]


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """The double with the demo's people and groups in it."""
    async with Sandbox(limits=False, people=demo_people().spec()) as double:
        yield double


async def asked(sandbox: Sandbox, person: int | str, text: str) -> dict[str, Any]:
    """What the bot answers in the group to what somebody says to it there."""
    return await sandbox.reply(ROOM, sandbox.say(person, f"{BOT} {text}", chat=ROOM), 20)


async def test_what_is_asked_of_nobody_is_of_the_groups_customer(
    sandbox: Sandbox, running: Running, demo_store: Store
) -> None:
    async with running(desk=Desk, store=demo_store):
        for person in (LINA, PRESALES):
            assert "上海华信科技有限公司 · 简报" in (await asked(sandbox, person, "给我个简报"))["text"]
            assert "上海华信科技有限公司的任务" in (await asked(sandbox, person, "有哪些任务"))["text"]
            assert "ERP二期" in (await asked(sandbox, person, "这个群绑的是哪个单子"))["text"]


async def test_whoever_is_not_in_it_hears_nothing_of_it_and_others_customers_stay_masked(
    sandbox: Sandbox, running: Running, demo_store: Store
) -> None:
    async with running(desk=Desk, store=demo_store):
        sandbox.say(OTHER, "华信")
        await card_with(sandbox, "由李娜跟进", OTHER)
        sandbox.add_person(STRANGER)
        sandbox.set_member(ROOM, STRANGER, is_in=True)
        before = len(sandbox.messages(ROOM))
        sandbox.say(STRANGER, f"{BOT} 华信", chat=ROOM)
        assert "来龙去脉" in (await asked(sandbox, LINA, "来龙去脉"))["text"]
        assert len(sandbox.messages(ROOM)) == before + 3  # the stranger's own, 李娜's, and the answer to her


@pytest.mark.parametrize("said", SIGNS)
async def test_signs_of_any_kind_find_no_more_and_break_nothing(
    sandbox: Sandbox, running: Running, demo_store: Store, said: str
) -> None:
    async with running(desk=Desk, store=demo_store):
        for text in (said, f"/find {said}"[:4_000]):
            sandbox.say(OTHER, text[:4_000])
        sandbox.say(OTHER, "华信")
        await card_with(sandbox, "由李娜跟进", OTHER)
        heard = [each["text"] for each in sandbox.messages(OTHER) if each["from"]["is_bot"]]
        assert len(heard) == 3
        assert not any("王建国" in each or "编号" in each for each in heard)
        assert "王建国" not in (await asked(sandbox, PRESALES, said[:3_900]))["text"]
