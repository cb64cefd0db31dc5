"""The calendar by a link, over real HTTP: whoever has it gets it; what is wrong is answered alike, nothing logged."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from icalendar import Calendar

from bot.calendar_feed import OFTEN, WRONG, origin_of
from bot.settings import Address, Settings
from crm.customers import Customer
from crm.tasks import Task
from crm.users import User
from crm.visits import Visit
from storage.calendar_links import put_link, withdraw_link
from storage.engine import Store
from tests.bot.conftest import Running

SECRET = "a-secret-of-many-letters-0123456789"
NOW = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)


async def _rep(store: Store, *, is_active: bool = True) -> int:
    async with store.writing().begin() as session:
        user, other = User("李娜", is_active=is_active), User("王磊")
        session.add_all([user, other])
        await session.flush()
        customer = Customer("华信", user.id, NOW)
        session.add(customer)
        await session.flush()
        session.add_all(
            [
                Task("发修订报价", user.id, user.id, NOW, due_on=NOW.date(), customer_id=customer.id),
                Task("打电话", user.id, user.id, NOW, due_on=NOW.date(), due_at=NOW),
                Task("做完了", user.id, user.id, NOW, due_on=NOW.date(), state="done"),
                Task("别人的", other.id, other.id, NOW, due_on=NOW.date()),
                Visit(customer.id, user.id, NOW.date(), NOW, "跟王总聊了\n第二行;,"),
            ]
        )
        await put_link(session, user.id, SECRET, NOW)
        key: int = user.id
    return key


async def _get(port: int, secret: str, times: int = 1) -> list[tuple[int, str, Any]]:
    found = []
    async with aiohttp.ClientSession() as session:
        for _ in range(times):
            async with session.get(f"http://127.0.0.1:{port}/calendar/{secret}.ics") as answer:
                found.append((answer.status, await answer.text(), answer.headers))
    return found


async def test_whoever_has_the_link_gets_their_open_tasks_and_visits(store: Store, running: Running) -> None:
    await _rep(store)
    async with running(now=lambda: NOW) as house:
        [(status, body, headers)] = await _get(house.server.port, SECRET)
    assert status == 200
    assert headers["Content-Type"].startswith("text/calendar")
    assert "no-store" in headers["Cache-Control"]
    events: list[Any] = list(Calendar.from_ical(body).walk("VEVENT"))
    assert {str(event["summary"]) for event in events} == {"#1 发修订报价", "#2 打电话", "拜访 华信"}
    assert {str(event["description"]) for event in events if "description" in event} >= {"跟王总聊了\n第二行;,"}
    moments = {str(event["summary"]): event["dtstart"].dt for event in events}
    assert moments["#2 打电话"] == NOW
    assert moments["#1 发修订报价"] == NOW.date()


async def test_a_wrong_a_withdrawn_and_a_leavers_link_are_answered_alike(store: Store, running: Running) -> None:
    key = await _rep(store, is_active=False)
    async with running(now=lambda: NOW) as house:
        leaver = (await _get(house.server.port, SECRET))[0]
        async with store.writing().begin() as session:
            await withdraw_link(session, key)
        gone = (await _get(house.server.port, SECRET))[0]
        wrong = [(await _get(house.server.port, each))[0] for each in ("x", "%27--", "é" * 40, "a" * 3000)]
    assert {(status, body) for status, body, _ in (leaver, gone, *wrong)} == {(404, "")}


async def test_one_link_is_answered_so_often_a_minute_and_guessing_ends(store: Store, running: Running) -> None:
    await _rep(store)
    async with running(now=lambda: NOW) as house:
        guessed = [(await _get(house.server.port, f"guess{n}"))[0][0] for n in range(WRONG + 1)]
        often = [status for status, _, _ in await _get(house.server.port, SECRET, OFTEN + 1)]  # from the same address
    assert often == [200] * OFTEN + [429]
    assert guessed == [404] * WRONG + [429]


async def test_no_secret_is_in_a_log_or_in_the_database(
    store: Store, running: Running, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    await _rep(store)
    with caplog.at_level(logging.DEBUG):
        async with running(now=lambda: NOW) as house:
            await _get(house.server.port, SECRET)
            await _get(house.server.port, "wrong-secret-1")
            await store.close()
    out = capsys.readouterr()
    for secret in (SECRET, "wrong-secret-1"):
        assert secret not in caplog.text + out.out + out.err


def test_the_link_names_where_the_house_is_reached() -> None:
    here = Settings(http=Address("127.0.0.1", 8080))
    assert origin_of(here, 8081) == "http://127.0.0.1:8081"
    assert origin_of(replace(here, webhook_url="https://crm.example.com/telegram"), 1) == "https://crm.example.com"
