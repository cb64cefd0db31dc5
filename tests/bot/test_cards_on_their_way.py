"""What changes a card while it is still being sent: it changes once it has arrived, and is not sent twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.demo import demo_people
from handlers.desk import Desk
from sandbox import Sandbox
from storage.engine import Store
from tests.bot.conftest import Running
from tests.bot.test_way_of_a_file import held

LINA = 101
REPORT = "今天下午去了华信,见了王总"
SENDING = "SELECT state FROM outbox WHERE kind = 'reply'"
LONG = 1.5  # seconds that the messenger takes over the card


def shown(sandbox: Sandbox) -> list[str]:
    """What the bot's messages say now, oldest first."""
    return [each["text"] for each in sandbox.messages(LINA) if each["from"]["is_bot"]]


async def while_the_card_is_sent(sandbox: Sandbox, running: Running, store: Store, do: Callable[[int], Any]) -> None:
    """Report a visit, and do something once its card has left and has not arrived."""
    sandbox.load(demo_people().spec())
    async with running(desk=Desk, store=store):
        sandbox.fault("slow", method="sendMessage", seconds=LONG)
        said = sandbox.say(LINA, REPORT)
        await held(store, SENDING, [("sending",)])
        assert shown(sandbox) == []
        do(said)
        await held(store, "SELECT count(*) FROM inbox WHERE state = 'done'", [(2,)])
        assert shown(sandbox) == []
        await held(store, "SELECT count(*) FROM outbox WHERE state NOT IN ('sent')", [(0,)])


async def test_a_message_edited_then_has_one_card(sandbox: Sandbox, running: Running, demo_store: Store) -> None:
    def edit(said: int) -> None:
        sandbox.edit(LINA, said, REPORT + ",客户要样品")

    await while_the_card_is_sent(sandbox, running, demo_store, edit)
    (card,) = shown(sandbox)
    assert "已更正" in card


async def test_a_card_undone_then_says_so(sandbox: Sandbox, running: Running, demo_store: Store) -> None:
    await while_the_card_is_sent(sandbox, running, demo_store, lambda said: sandbox.say(LINA, "撤销"))
    card, _told = shown(sandbox)
    assert "已撤销" in card
    assert "上门" not in card
