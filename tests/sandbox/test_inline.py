"""Inline queries: asked anywhere, answered for one or for all, kept as long as the bot lets them be."""

from typing import Any

import pytest

from sandbox import Sandbox
from tests.sandbox.conftest import LINA, ROOM, WANG, Caller, described

ARTICLE = {"type": "article", "id": "1", "title": "华信", "input_message_content": {"message_text": "华信科技"}}
KEYS = {
    "inline_keyboard": [
        [{"text": "看", "url": "https://t.me/sandbox_bot?start=x"}, {"text": "好", "callback_data": "ok"}]
    ]
}


async def _answer(call: Caller, query: str, **more: Any) -> None:
    await call("answerInlineQuery", inline_query_id=query, results=[ARTICLE | {"reply_markup": KEYS}], **more)


async def test_an_answer_for_all_is_given_again_without_asking_the_bot(sandbox: Sandbox, call: Caller) -> None:
    await _answer(call, sandbox.ask_inline(LINA, "华信"))
    again = sandbox.ask_inline(WANG, "华信")
    assert sandbox.answer_to(again) == sandbox.answer_to(sandbox.ask_inline(LINA, "华信"))
    assert len(await call("getUpdates")) == 1


async def test_a_personal_answer_is_kept_for_that_person_alone(sandbox: Sandbox, call: Caller) -> None:
    await _answer(call, sandbox.ask_inline(LINA, "华信"), is_personal=True)
    assert sandbox.answer_to(sandbox.ask_inline(LINA, "华信"))
    assert sandbox.answer_to(sandbox.ask_inline(WANG, "华信")) is None


async def test_an_answer_that_may_not_be_kept_is_asked_for_each_time(sandbox: Sandbox, call: Caller) -> None:
    await _answer(call, sandbox.ask_inline(LINA, "华信"), is_personal=True, cache_time=0, next_offset="5")
    assert sandbox.answer_to(sandbox.ask_inline(LINA, "华信")) is None
    sandbox.ask_inline(LINA, "华信", offset="5")
    assert [each["inline_query"]["offset"] for each in await call("getUpdates")] == ["", "", "5"]


async def test_what_is_chosen_comes_by_way_of_the_bot_with_its_buttons(sandbox: Sandbox, call: Caller) -> None:
    query = sandbox.ask_inline(WANG, "华信", chat=ROOM)
    await _answer(call, query)
    message = sandbox.chat(ROOM).messages[sandbox.choose_inline(query, "1")]
    assert (message["text"], message["from"]["id"], message["via_bot"]["is_bot"]) == ("华信科技", WANG, True)
    pressed = sandbox.press(WANG, ROOM, message["message_id"], "ok")
    (asked, said, tap) = await call("getUpdates")
    assert asked["inline_query"]["chat_type"] == "group"
    assert said["message"]["reply_markup"] == KEYS
    assert tap["callback_query"]["inline_message_id"] and "message" not in tap["callback_query"]
    await call("editMessageText", inline_message_id=tap["callback_query"]["inline_message_id"], text="改了")
    await call("answerCallbackQuery", callback_query_id=pressed)


async def test_with_inline_mode_off_the_bot_says_so_and_nobody_can_ask(sandbox: Sandbox, call: Caller) -> None:
    assert (await call("getMe"))["supports_inline_queries"]
    sandbox.world.is_inline = False
    assert not (await call("getMe"))["supports_inline_queries"]
    with pytest.raises(ValueError, match="inline mode is off"):
        sandbox.ask_inline(LINA, "华信")


async def test_what_telegram_refuses_is_refused(sandbox: Sandbox, call: Caller) -> None:
    async def answer(results: list[dict[str, Any]], **more: Any) -> str:
        query = sandbox.ask_inline(LINA, "x")
        return await described(call("answerInlineQuery", inline_query_id=query, results=results, **more))

    assert "RESULT_ID_DUPLICATE" in await answer([ARTICLE, ARTICLE])
    assert "RESULTS_TOO_MUCH" in await answer([ARTICLE | {"id": str(n)} for n in range(51)])
    assert "text" in await answer([{**ARTICLE, "input_message_content": {}}])
    assert "find end tag" in await answer(
        [ARTICLE | {"input_message_content": {"message_text": "<b>x", "parse_mode": "HTML"}}]
    )
    assert "START_PARAM_INVALID" in await answer([ARTICLE], button={"text": "x", "start_parameter": "a b"})
    assert "NEXT_OFFSET_INVALID" in await answer([ARTICLE], next_offset="x" * 65)
