"""From Telegram's double through the real house and back, on both engines."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, text

from sandbox import Sandbox
from storage import inbox
from storage.engine import Store
from storage.ledger import Ledger
from storage.post_tables import inbox as inbox_table
from storage.post_tables import outbox as outbox_table
from storage.posts import InboxRow
from talk.incoming import Incoming
from tests.bot.conftest import Running
from tests.bot.echo import BOOM, EchoDesk


def texts(sandbox: Sandbox, chat: int | str) -> list[str]:
    """What the bot said in a chat."""
    return [each["text"] for each in sandbox.messages(chat) if each["from"]["is_bot"]]


async def states(store: Store, table: Any) -> list[str]:
    """The state of each row, oldest first."""
    async with store.read.connect() as connection:
        return list(await connection.scalars(select(table.c.state).order_by(table.c.id)))


async def test_a_message_is_answered_where_it_was_said(sandbox: Sandbox, running: Running) -> None:
    person = sandbox.world.persons()[0].id
    async with running():
        said = sandbox.say(person, "hello <b>")
        reply = await sandbox.reply(person, said)
    assert reply["text"].endswith("hello <b>")
    assert reply["reply_to_message"]["message_id"] == said


async def test_a_tap_is_answered_and_its_card_edited(sandbox: Sandbox, running: Running) -> None:
    person = sandbox.world.persons()[0].id
    async with running():
        card = await sandbox.reply(person, sandbox.say(person, "a card"))
        query = sandbox.press(person, person, card["message_id"], "tap me")
        answer = await sandbox.answered(query)
        await sandbox.until(lambda: texts(sandbox, person) == ["tapped"] or None)
    assert answer["text"] == "ok"


async def test_everything_said_while_nobody_ran_is_answered_in_order(sandbox: Sandbox, running: Running) -> None:
    people = [each.id for each in sandbox.world.persons()]
    for number in range(20):
        for person in people:
            sandbox.say(person, f"number {number}")
    async with running():
        for person in people:
            await sandbox.until(lambda person=person: len(texts(sandbox, person)) == 20 or None, 20)  # type: ignore[misc]
    for person in people:
        assert [said.split("\n")[1] for said in texts(sandbox, person)] == [f"number {n}" for n in range(20)]


async def test_a_message_that_always_raises_is_set_aside_and_its_sender_told(
    sandbox: Sandbox, store: Store, running: Running, monkeypatch: Any
) -> None:
    monkeypatch.setattr(inbox, "BACKOFF", (inbox.BACKOFF[0] * 0.01,) * 2)
    person = sandbox.world.persons()[0].id
    async with running():
        said = sandbox.say(person, BOOM)
        sandbox.say(person, "after it")
        sorry = await sandbox.reply(person, said, 15)
        await sandbox.until(lambda: len(texts(sandbox, person)) == 2 or None, 15)
    assert sorry["text"].startswith("sorry #")
    assert texts(sandbox, person)[1].endswith("after it")
    assert await states(store, inbox_table) == ["dead", "done"]


class HungUpOn(EchoDesk):
    """A desk whose connection the server closes under the first message, in the middle of its transaction."""

    async def _answer(self, ledger: Ledger, incoming: Incoming) -> None:
        if len(self.handled) == 1:
            await ledger.session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        await super()._answer(ledger, incoming)


async def test_a_message_whose_connection_breaks_is_handled_again(
    sandbox: Sandbox, store: Store, running: Running, monkeypatch: Any
) -> None:
    if store.is_sqlite:  # a file closes nothing
        return
    monkeypatch.setattr(inbox, "BACKOFF", (inbox.BACKOFF[0] * 0.01,) * 2)
    person = sandbox.world.persons()[0].id
    async with running(desk=HungUpOn):
        reply = await sandbox.reply(person, sandbox.say(person, "still there?"), 15)
    assert reply["text"].endswith("still there?")
    assert (len(texts(sandbox, person)), await states(store, inbox_table)) == (1, ["done"])


async def test_when_a_colleague_blocks_the_bot_the_house_goes_on(sandbox: Sandbox, running: Running) -> None:
    first, second = [each.id for each in sandbox.world.persons()][:2]
    async with running():
        sandbox.fault("blocked", method="sendMessage", chat=first)
        sandbox.say(first, "unheard")
        reply = await sandbox.reply(second, sandbox.say(second, "hello"), 30)
    assert reply["text"].endswith("hello")


async def test_the_same_update_again_has_no_second_effect(sandbox: Sandbox, store: Store, running: Running) -> None:
    person = sandbox.world.persons()[0].id
    async with running() as house:
        await sandbox.reply(person, sandbox.say(person, "once"))
        async with store.read.connect() as connection:
            kept = (await connection.execute(select(inbox_table))).one()
        for _ in range(5):
            await inbox.put(store, [InboxRow("telegram", kept.update_id, kept.chat, kept.raw, kept.received_at)])
        await house.worker.idle()
        await house.dispatch.idle()
    assert len(texts(sandbox, person)) == 1
    assert await states(store, outbox_table) == ["sent"]


async def test_a_person_may_say_what_a_database_does_not_like(sandbox: Sandbox, running: Running) -> None:
    person = sandbox.world.persons()[0].id
    hostile = ["<b>&amp;", "_*[`~", "\u202egnp.exe", "a\u200bb", "nul\x00nul", "lone \ud800 half", "% ' \" ; --"]
    model = _model(sandbox, person)
    async with running():
        for text in hostile:
            sandbox.world.updates.put("message", {"text": text, **model}, person)
        await sandbox.until(lambda: len(texts(sandbox, person)) == len(hostile) or None, 15)
    said = [text.split("\n", 1)[1] for text in texts(sandbox, person)]
    assert said[:4] == ["<b>&amp;", "_*[`~", "gnp.exe", "ab"]
    assert said[6] == "% ' \" ; --"


def _model(sandbox: Sandbox, person: int) -> dict[str, Any]:
    """The fields of a message but its text, as the double makes them."""
    message = sandbox.message(sandbox.chat(person), sandbox.say(person, "a model"))
    sandbox.world.updates.waiting.clear()
    return {key: message[key] for key in ("message_id", "date", "chat", "from")}
