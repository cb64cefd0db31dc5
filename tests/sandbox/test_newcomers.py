"""People who come in while the page is open, and links to the bot's own chat."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Bot

from sandbox import Sandbox
from tests.sandbox.conftest import LINA, Caller


async def test_somebody_new_has_a_chat_of_their_own_and_is_heard(sandbox: Sandbox, bot: Bot, side: Caller) -> None:
    newcomer = (await side("person", name=" 张三 ", language_code="en"))["id"]
    assert sandbox.person(newcomer).name == "张三"
    await side("say", person=newcomer, text="你好")
    [update] = await bot.get_updates()
    said = update.effective_message
    assert said and said.from_user
    assert (said.chat.id, said.from_user.first_name, said.from_user.language_code) == (newcomer, "张三", "en")
    other = (await side("person", name="李四"))["id"]
    assert len({LINA, newcomer, other}) == 3


@pytest.mark.parametrize("given", [{}, {"name": ""}, {"name": "  "}])
async def test_a_person_without_a_name_is_refused(side: Caller, given: dict[str, Any]) -> None:
    assert (await side("person", **given))["status"] == 400
