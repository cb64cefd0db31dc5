"""What a busy Telegram and a bad network do to sending: real dispatch, real HTTP, the double's faults."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.channels.telegram.door import TelegramDoor
from bot.channels.telegram.render import REPEAT_MARK
from bot.clock import real_now
from bot.health import Health
from bot.intake import Intake
from bot.metrics import Metrics
from bot.settings import Settings
from crm.users import Chat
from jobs import policies
from jobs.dispatch import Dispatch
from jobs.limiter import Limiter, Rates
from sandbox import Sandbox
from storage import outbox
from storage.engine import Store
from storage.people_tables import chats as chats_table
from storage.post_tables import outbox as table
from storage.posts import OutboxRow
from talk.message import Button, Items, Line, Outgoing, Reply

A, B = 1001, 1002
GROUP = -2001


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses after which a message is tried again are a hundredth of what they are."""
    long = policies.pause
    monkeypatch.setattr(policies, "pause", lambda attempts: long(attempts) * 0.01)


@dataclass
class Post:
    """A dispatch at work on a store, and what the test puts into it."""

    store: Store
    dispatch: Dispatch
    gone: list[tuple[str, str]]
    posted: asyncio.Event

    async def put(self, text: str, chat: int = A, kind: str = "reply", **facts: Any) -> None:
        """One message to send, or whatever else `Outgoing` can say."""
        reply = facts.pop("reply", Reply((Line(text),)))
        outgoing = Outgoing(facts.pop("do", "send"), str(chat), reply, **facts)
        now = real_now()
        row = OutboxRow(f"{kind} {text}", "telegram", str(chat), kind, outgoing.to_json(), now, now)
        async with self.store.writing().begin() as session:
            await outbox.put(session, row)
        self.posted.set()

    async def states(self, *states: str, seconds: float = 30) -> None:
        """Wait until the rows stand so, in the order of their being put."""
        found: list[str] = []
        async with asyncio.timeout(seconds):
            while found != list(states):
                async with self.store.read.connect() as connection:
                    found = list(await connection.scalars(select(table.c.state).order_by(table.c.id)))
                await asyncio.sleep(0.01)


@asynccontextmanager
async def posting(settings: Settings, store: Store, read_seconds: float = 0.4) -> AsyncIterator[Post]:
    """A dispatch that runs; calls time out quickly."""
    posted, gone = asyncio.Event(), []
    intake = Intake(store, asyncio.Event(), real_now, Metrics())
    door = TelegramDoor(settings, intake, Health(), read_seconds=read_seconds)
    await door.open()

    async def note(channel: str, chat: str) -> None:
        gone.append((channel, chat))

    limiter = Limiter(Rates.none(), lambda lane: "-" in lane)
    dispatch = Dispatch(store, {"telegram": door.channel}, real_now, posted, limiter, gone=note)
    running = asyncio.create_task(dispatch.run())
    yield Post(store, dispatch, gone, posted)
    dispatch.stop()
    await running
    await door.close()


@pytest.fixture
async def post(settings: Settings, store: Store) -> AsyncIterator[Post]:
    """A post on either engine."""
    async with posting(settings, store) as made:
        yield made


def shown(sandbox: Sandbox, chat: int) -> list[str]:
    """What stands in a chat."""
    return [each["text"] for each in sandbox.messages(chat)]


async def test_a_chat_told_to_wait_waits_alone(sandbox: Sandbox, post: Post) -> None:
    sandbox.fault("too_many", method="sendMessage", chat=A, retry_after=1)
    await post.put("to A")
    await sandbox.until(lambda: any(call.status == 429 for call in sandbox.calls) or None)
    await post.put("to B", B)
    await sandbox.until(lambda: shown(sandbox, B) or None)
    assert shown(sandbox, A) == []
    await post.states("sent", "sent")
    assert shown(sandbox, A) == ["to A"]


async def test_after_three_bad_gateways_it_is_sent_once(sandbox: Sandbox, post: Post) -> None:
    sandbox.fault("bad_gateway", method="sendMessage", times=3)
    await post.put("hello")
    await post.states("sent")
    assert shown(sandbox, A) == ["hello"]


async def test_a_reply_that_was_taken_without_an_answer_comes_again_and_says_so(sandbox: Sandbox, post: Post) -> None:
    sandbox.fault("unanswered", method="sendMessage")
    await post.put("hello")
    await post.states("sent")
    assert shown(sandbox, A) == ["hello", f"hello\n{REPEAT_MARK}"]


@pytest.mark.parametrize("kind", ["digest", "customer"])
async def test_what_must_not_come_twice_does_not(sandbox: Sandbox, post: Post, kind: str) -> None:
    sandbox.fault("unanswered", method="sendMessage")
    await post.put("hello", kind=kind)
    await post.states("dropped")
    assert shown(sandbox, A) == ["hello"]


async def test_a_reply_is_repeated_once_only(sandbox: Sandbox, post: Post) -> None:
    sandbox.fault("unanswered", method="sendMessage", times=2)
    await post.put("hello")
    await post.states("dropped")
    assert shown(sandbox, A) == ["hello", f"hello\n{REPEAT_MARK}"]


async def test_a_reminder_is_repeated_until_it_is_known_to_have_come(sandbox: Sandbox, post: Post) -> None:
    sandbox.fault("drop", method="sendMessage", times=4)
    await post.put("call Wang", kind="reminder")
    await post.states("sent")
    assert shown(sandbox, A) == [f"call Wang\n{REPEAT_MARK}"]


async def test_an_edit_is_repeated_freely(sandbox: Sandbox, post: Post) -> None:
    await post.put("card")
    await post.states("sent")
    card = sandbox.messages(A)[0]["message_id"]
    sandbox.fault("unanswered", method="editMessageText")
    await post.put("changed", kind="edit", do="edit", message=str(card))
    await post.states("sent", "sent")
    assert shown(sandbox, A) == ["changed"]


async def test_a_chat_that_shut_us_out_is_switched_off_and_told_of_once(sandbox: Sandbox, post: Post) -> None:
    async with post.store.writing().begin() as session:
        session.add(Chat("telegram", str(A)))
    sandbox.fault("blocked", method="sendMessage", chat=A, times=2)
    await post.put("one")
    await post.put("two")
    await post.put("to B", B)
    await post.states("dead", "dead", "sent")
    assert post.gone == [("telegram", str(A))]
    async with post.store.read.connect() as connection:
        assert await connection.scalar(select(chats_table.c.is_active)) is False


async def test_a_group_that_moved_gets_its_messages_under_its_new_id(sandbox: Sandbox, post: Post) -> None:
    async with post.store.writing().begin() as session:
        session.add(Chat("telegram", str(GROUP), is_group=True))
    sandbox.fault("migrate", method="sendMessage", chat=GROUP, migrate_to=B)
    await post.put("one", GROUP)
    await post.put("two", GROUP)
    await post.states("sent", "sent")
    assert shown(sandbox, B) == ["one", "two"]
    async with post.store.read.connect() as connection:
        assert await connection.scalar(select(chats_table.c.address)) == str(B)


async def test_what_telegram_cannot_read_as_html_goes_as_plain_text(
    sandbox: Sandbox, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.render.escape", lambda text, quote: text)
    await post.put("1 < 2 <b>")
    await post.states("sent")
    assert shown(sandbox, A) == ["1 < 2 <b>"]
    assert [call.status for call in sandbox.calls if call.method == "sendMessage"] == [400, 200]


async def test_an_answer_that_comes_too_late_is_done_with(sandbox: Sandbox, post: Post) -> None:
    await post.put("ok", kind="answer", do="answer", tap="12345")
    await post.states("sent")


@pytest.mark.parametrize("nth", range(1, 7))
@pytest.mark.parametrize("kind", ["drop", "bad_gateway", "unanswered", "too_many"])
async def test_whichever_call_fails_everything_arrives_in_order(
    sandbox: Sandbox, settings: Settings, sqlite_store: Store, nth: int, kind: str
) -> None:
    """The nth send fails, for n = 1, 2 … until none does: nothing is missing, and doubles say that they are."""
    async with posting(settings, sqlite_store, read_seconds=0.25) as post:
        for number in range(1, 6):
            if number == nth:
                sandbox.fault(kind, method="sendMessage")
            await post.put(f"m{number}")
            if number >= nth - 1:
                await post.states(*["sent"] * number)
        await post.states(*["sent"] * 5)
    texts = shown(sandbox, A)
    assert [text for text in texts if REPEAT_MARK not in text or text.split("\n")[0] not in texts] == [
        text for text in texts if not (REPEAT_MARK in text and text.split("\n")[0] in texts)
    ]
    assert list(dict.fromkeys(text.split("\n")[0] for text in texts)) == [f"m{n}" for n in range(1, 6)]
    assert len([text for text in texts if REPEAT_MARK not in text]) == len({t for t in texts if REPEAT_MARK not in t})


async def test_what_a_dead_process_left_in_sending_is_decided_at_the_start(
    sandbox: Sandbox, settings: Settings, store: Store
) -> None:
    now = real_now()
    rows = [
        OutboxRow(kind, "telegram", str(chat), kind, Outgoing("send", "", Reply((Line(kind),))).to_json(), now, now)
        for kind, chat in (("reply", A), ("digest", B), ("customer", 1003))
    ]
    async with store.writing().begin() as session:
        await outbox.put_all(session, rows)
        await outbox.claim(session, now, 3, ["telegram"])
    async with posting(settings, store) as post:
        await post.states("sent", "dropped", "dropped")
    assert shown(sandbox, A) == [f"reply\n{REPEAT_MARK}"]
    assert shown(sandbox, B) == shown(sandbox, 1003) == []


async def test_stopping_leaves_nothing_in_sending(sandbox: Sandbox, settings: Settings, store: Store) -> None:
    sandbox.fault("slow", method="sendMessage", times=40, seconds=0.05)
    async with posting(settings, store, read_seconds=5) as post:
        for number in range(40):
            await post.put(f"m{number}", (A, B, 1003)[number % 3])
        await sandbox.until(lambda: len(shown(sandbox, A)) > 2 or None)
    async with store.read.connect() as connection:
        found = set(await connection.scalars(select(table.c.state)))
    assert found == {"sent", "pending"}


async def test_a_long_text_comes_in_parts_and_the_last_has_the_buttons(sandbox: Sandbox, post: Post) -> None:
    lines = tuple(f"{n} 😀 <b> {'字' * 60}" for n in range(180))
    await post.put("long", reply=Reply((Items(lines),), ((Button("ok", "x"),),)))
    await post.states("sent")
    sent = sandbox.messages(A)
    assert [line for each in sent for line in each["text"].split("\n")] == [f"• {line}" for line in lines]
    assert ["reply_markup" in each for each in sent] == [False] * (len(sent) - 1) + [True]
    assert len(sent) == 4


async def test_the_limits_of_the_double_are_never_met(settings: Settings, store: Store) -> None:
    async with Sandbox(port=0) as strict:
        intake = Intake(store, asyncio.Event(), real_now, Metrics())
        own = Settings(telegram_token=strict.token, telegram_api=strict.url)
        door = TelegramDoor(own, intake, Health())
        await door.open()
        posted = asyncio.Event()
        limiter = Limiter(Rates(), lambda lane: door.is_group(lane.partition(" ")[2]))
        dispatch = Dispatch(store, {"telegram": door.channel}, real_now, posted, limiter)
        running = asyncio.create_task(dispatch.run())
        post = Post(store, dispatch, [], posted)
        for number in range(5):
            await post.put(f"m{number}")
        await post.states(*["sent"] * 5)
        dispatch.stop()
        await running
        await door.close()
        assert not [call for call in strict.calls if call.status == 429]


async def test_the_oldest_waiting_message_is_not_repeated_after_ten_minutes(
    sandbox: Sandbox, settings: Settings, store: Store
) -> None:
    then = real_now() - timedelta(minutes=11)
    body = Outgoing("send", "", Reply((Line("old"),))).to_json()
    async with store.writing().begin() as session:
        await outbox.put(session, OutboxRow("old", "telegram", str(A), "reply", body, then, then))
        await outbox.claim(session, then, 1, ["telegram"])
    async with posting(settings, store) as post:
        await post.states("dropped")
    assert shown(sandbox, A) == []
