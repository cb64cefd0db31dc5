"""python-telegram-bot itself, over real HTTP against the double."""

import aiohttp
import pytest
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, NetworkError, RetryAfter, TimedOut

from sandbox import Sandbox
from tests.sandbox.conftest import LINA, ROOM, Caller
from tests.sandbox.pictures import png

KEYS = InlineKeyboardMarkup([[InlineKeyboardButton("好", callback_data="ok")]])


async def test_a_dialogue_with_button_and_edit(sandbox: Sandbox, bot: Bot) -> None:
    assert (await bot.get_me()).username == "sandbox_bot"
    said = sandbox.say(LINA, "今天去了华信")
    (update,) = await bot.get_updates(timeout=1)
    assert update.message and update.message.text == "今天去了华信"
    card = await update.message.reply_html("<b>已记下</b> 😀", reply_markup=KEYS, do_quote=True)
    assert card.reply_to_message and card.reply_to_message.message_id == said
    query = sandbox.press(LINA, LINA, card.message_id, "好")
    (pressed,) = await bot.get_updates(offset=update.update_id + 1, timeout=1)
    assert pressed.callback_query and pressed.callback_query.data == "ok"
    await pressed.callback_query.answer("好了", show_alert=True)
    assert (await sandbox.answered(query))["show_alert"]
    await pressed.callback_query.edit_message_text("完成")
    assert sandbox.messages(LINA)[-1]["text"] == "完成"


async def test_files_go_up_and_come_down_with_chinese_names(sandbox: Sandbox, bot: Bot) -> None:
    data = "报价".encode() * 400_000
    sent = await bot.send_document(LINA, data, filename="华信 修订报价.xlsx", caption="见附件")
    assert sent.document and sent.document.file_name == "华信 修订报价.xlsx"
    assert await (await sent.document.get_file()).download_as_bytearray() == data
    photo = await bot.send_photo(LINA, png(30, 20), caption="<i>漏斗</i>", parse_mode="HTML")
    assert [(each.width, each.height) for each in photo.photo] == [(30, 20)]
    again = await bot.send_photo(ROOM, photo.photo[0].file_id)
    assert again.photo[0].file_size == len(png(30, 20))
    album = await bot.send_media_group(LINA, [InputMediaPhoto(png(3, 3)), InputMediaPhoto(png(4, 4))])
    assert len({each.media_group_id for each in album}) == 1


async def test_the_rest_of_what_a_bot_asks(sandbox: Sandbox, bot: Bot) -> None:
    await bot.set_my_commands([BotCommand("start", "开始")])
    assert (await bot.get_my_commands())[0].command == "start"
    assert (await bot.get_chat(ROOM)).title == "项目群 Deal room"
    assert (await bot.get_chat_member(ROOM, LINA)).status == "member"
    assert (await bot.get_webhook_info()).url == ""
    await bot.send_chat_action(LINA, "typing")
    assert (await bot.send_location(LINA, 31.2, 121.5)).location
    await bot.set_chat_menu_button(LINA)
    assert (await bot.get_chat_menu_button(LINA)).type == "default"


async def test_refusals_reach_the_client_as_its_own_errors(
    sandbox: Sandbox, bot: Bot, call: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    with pytest.raises(BadRequest, match="entities"):
        await bot.send_message(LINA, "<b>", parse_mode="HTML")
    for kind, error in {
        "too_many": RetryAfter,
        "bad_gateway": NetworkError,
        "blocked": Forbidden,
        "migrate": ChatMigrated,
        "drop": NetworkError,
    }.items():
        sandbox.fault(kind, method="sendMessage")
        with pytest.raises(error):
            await bot.send_message(LINA, "x")
    sandbox.fault("unanswered", method="sendMessage")
    with pytest.raises(TimedOut):
        await bot.send_message(LINA, "到了", read_timeout=0.3)
    assert sandbox.messages(LINA)[-1]["text"] == "到了"
    await call("setWebhook", url="http://127.0.0.1:9/")
    with pytest.raises(Conflict):
        await bot.get_updates()


@pytest.mark.parametrize(("quotes", "name"), [(False, "华信 报价.xlsx"), (True, "%E5%8D%8E.xlsx")])
async def test_a_file_name_arrives_as_it_was_written(
    sandbox: Sandbox, session: aiohttp.ClientSession, quotes: bool, name: str
) -> None:
    form = aiohttp.FormData({"chat_id": str(LINA)}, quote_fields=quotes)
    form.add_field("document", b"x", filename="华信 报价.xlsx" if not quotes else "华.xlsx")
    async with session.post(f"{sandbox.base_url}{sandbox.token}/sendDocument", data=form) as answer:
        assert (await answer.json())["result"]["document"]["file_name"] == name
