"""The double against a definition of the Bot API that nobody here wrote: aiogram's classes, read strictly."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import aiogram.methods
import pytest
from aiogram.types import Update
from pydantic import BaseModel, TypeAdapter

from sandbox import Sandbox, Upload
from sandbox.methods import METHODS
from sandbox.params import Params
from tests.sandbox.conftest import EMMA, LINA, ROOM, WANG, Caller
from tests.sandbox.pictures import png

BUTTONS = {"inline_keyboard": [[{"text": "好", "callback_data": "ok"}, {"text": "看", "url": "https://example.com/"}]]}
COMMON: dict[str, Any] = {"disable_notification": True, "protect_content": True, "message_thread_id": 7}
HTML = {"parse_mode": "HTML"}
COMMANDS = [{"command": "start", "description": "开始"}]


def strictly(kind: Any, data: Any) -> None:
    """Fail unless the data is exactly this type: nothing missing, nothing extra, nothing to be converted."""
    parsed = TypeAdapter(kind).validate_python(data)
    extras = list(_extras(parsed, "answer"))
    assert not extras, f"fields that Telegram does not have: {extras}"
    assert _plain(parsed) == data


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return json.loads(value.model_dump_json(exclude_unset=True, by_alias=True))
    return [_plain(each) for each in value] if isinstance(value, list) else value


def _extras(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, BaseModel):
        yield from (f"{path}.{name}" for name in value.model_extra or ())
        for name in type(value).model_fields:
            yield from _extras(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _extras(each, f"{path}[{index}]")


class Recorder(Mapping[str, Any]):
    """Parameters that remember which of them were asked for."""

    def __init__(self, given: dict[str, Any]) -> None:
        self._given = given
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        self.asked.add(name)
        return self._given[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._given)

    def __len__(self) -> int:
        return len(self._given)


EVERY_KIND = {"message", "edited_message", "callback_query", "inline_query", "my_chat_member", "chat_member"}

PICTURE = Upload("图.png", "image/png", png(40, 20))
PAPER = Upload("报价单.pdf", "application/pdf", b"%PDF")
ARTICLE = {"type": "article", "id": "1", "title": "华信", "input_message_content": {"message_text": "华信科技"}}

WITHOUT_CHAT: dict[str, list[dict[str, Any]]] = {
    "getMe": [{}],
    "getUpdates": [{"offset": 0, "limit": 100, "timeout": 0, "allowed_updates": []}],
    "setWebhook": [{"url": "", "secret_token": "s", "max_connections": 4, "drop_pending_updates": False}],
    "deleteWebhook": [{"drop_pending_updates": False}],
    "getWebhookInfo": [{}],
    "setMyCommands": [{"commands": COMMANDS, "scope": {"type": "default"}, "language_code": "zh"}],
    "getMyCommands": [{"scope": {"type": "default"}, "language_code": "zh"}],
    "deleteMyCommands": [{}],
    "setChatMenuButton": [{"chat_id": LINA, "menu_button": {"type": "commands"}}],
    "getChatMenuButton": [{"chat_id": LINA}],
    "getChat": [{"chat_id": LINA}, {"chat_id": ROOM}],
    "getChatMember": [{"chat_id": ROOM, "user_id": user} for user in (WANG, EMMA, 700000001)],
    "getChatMemberCount": [{"chat_id": ROOM}],
    "getChatAdministrators": [{"chat_id": ROOM}],
    "leaveChat": [{"chat_id": ROOM}],
}


def sends(sandbox: Sandbox) -> dict[str, list[dict[str, Any]]]:
    """Everything that can be sent, in the ways that matter."""
    asked = sandbox.say(LINA, "你好")
    room = sandbox.say(WANG, "@sandbox_bot 进展", chat=ROOM)
    kept = sandbox.world.files.keep("document", PAPER).file_id
    album = [{"type": "photo", "media": "attach://a", "caption": "一"}, {"type": "photo", "media": "attach://b"}]
    quoted = {"reply_parameters": {"message_id": asked}}
    mention = '<a href="tg://user?id=1002">王伟</a> <pre><code class="language-py">x</code></pre>'
    phone = {"keyboard": [[{"text": "号", "request_contact": True}]]}
    return {
        "sendMessage": [
            {"chat_id": LINA, "text": "<b>好</b> https://a.cn /help 😀", "reply_markup": BUTTONS}
            | HTML
            | COMMON
            | quoted,
            {"chat_id": ROOM, "text": "群", "reply_to_message_id": room, "link_preview_options": {"is_disabled": True}},
            {"chat_id": LINA, "text": mention} | HTML,
            {"chat_id": LINA, "text": "键盘", "reply_markup": phone},
            {"chat_id": LINA, "text": "斜体", "entities": [{"type": "italic", "offset": 0, "length": 2}]},
        ],
        "sendPhoto": [{"chat_id": LINA, "photo": PICTURE, "caption": "<i>图</i>", "has_spoiler": True} | HTML | COMMON],
        "sendDocument": [
            {"chat_id": LINA, "document": PAPER, "caption": "报价"} | quoted,
            {"chat_id": ROOM, "document": kept},
        ],
        "sendVoice": [{"chat_id": LINA, "voice": Upload("v.ogg", "audio/ogg", b"Ogg"), "duration": 3}],
        "sendLocation": [{"chat_id": LINA, "latitude": 31.23, "longitude": "121.47", "horizontal_accuracy": 10.0}],
        "sendContact": [{"chat_id": LINA, "phone_number": "+8613800000000", "first_name": "王", "last_name": "建国"}],
        "sendMediaGroup": [{"chat_id": LINA, "media": album, "a": PICTURE, "b": PICTURE} | COMMON],
        "sendChatAction": [{"chat_id": LINA, "action": "typing"}],
        "getFile": [{"file_id": kept}],
    }


def changes(sandbox: Sandbox) -> dict[str, list[dict[str, Any]]]:
    """Everything that alters or answers what is already there."""
    world = sandbox.world
    chat = world.chats[LINA]
    sent = world.post(chat, world.bot, {"text": "旧", "reply_markup": BUTTONS})["message_id"]
    document = {"file_id": "x", "file_unique_id": "y"}
    filed = world.post(chat, world.bot, {"document": document, "caption": "旧"})["message_id"]
    pressed = sandbox.press(LINA, LINA, sent, "ok")
    inline = sandbox.ask_inline(LINA, "华信")
    shown = {"type": "photo", "media": "attach://a", "caption": "<b>图</b>"} | HTML
    new = {"text": "<u>新</u>", "reply_markup": BUTTONS} | HTML
    return {
        "editMessageText": [{"chat_id": LINA, "message_id": sent} | new],
        "editMessageCaption": [{"chat_id": LINA, "message_id": filed, "caption": "<b>新</b>"} | HTML],
        "editMessageMedia": [
            {"chat_id": LINA, "message_id": message, "media": shown, "a": PICTURE, "reply_markup": BUTTONS}
            for message in (sent, filed)
        ],
        "editMessageReplyMarkup": [{"chat_id": LINA, "message_id": sent, "reply_markup": {"inline_keyboard": []}}],
        "deleteMessage": [{"chat_id": LINA, "message_id": sent}],
        "answerCallbackQuery": [{"callback_query_id": pressed, "text": "好了", "show_alert": True}],
        "answerInlineQuery": [
            {
                "inline_query_id": inline,
                "results": [ARTICLE | {"reply_markup": BUTTONS}],
                "is_personal": True,
                "cache_time": 0,
                "next_offset": "10",
                "button": {"text": "登录", "start_parameter": "hello"},
            }
        ],
    }


def cases(sandbox: Sandbox) -> dict[str, list[dict[str, Any]]]:
    """Every method with the parameters it knows, on chats prepared for it."""
    return WITHOUT_CHAT | sends(sandbox) | changes(sandbox)


async def test_every_method_has_a_case_here(sandbox: Sandbox) -> None:
    assert cases(sandbox).keys() == METHODS.keys()


@pytest.mark.parametrize("name", METHODS)
async def test_answers_and_parameters_are_telegrams_own(sandbox: Sandbox, name: str) -> None:
    method = getattr(aiogram.methods, name[0].upper() + name[1:])
    sandbox.chat(ROOM).partner.admins = [WANG]  # type: ignore[union-attr]
    for given in cases(sandbox)[name]:
        recorder = Recorder(given)
        result = METHODS[name](sandbox.world, Params(recorder))
        result = await result if hasattr(result, "__await__") else result
        strictly(method.__returning__, json.loads(json.dumps(result)))
        parts = {"a", "b"} if name in ("sendMediaGroup", "editMessageMedia") else set()
        unknown = recorder.asked - method.model_fields.keys() - parts
        assert not unknown, f"{name} reads parameters that Telegram does not have: {unknown}"


async def test_every_kind_of_update_is_telegrams_own(sandbox: Sandbox, call: Caller) -> None:
    said = sandbox.say(LINA, "看 https://a.cn 和 /start 13800001234 #标签 a@b.cn")
    sandbox.edit(LINA, said, "改了 @sandbox_bot")
    sandbox.say(LINA, "答", reply_to=said)
    sandbox.send_photo(LINA, Upload("a.png", "image/png", png(3, 2)), caption="看 /x")
    sandbox.send_file(LINA, Upload("表.xlsx", "application/vnd.ms-excel", b"x"))
    sandbox.send_album(LINA, [Upload(name, "image/png", png(3, 2)) for name in ("a.png", "b.png")], caption="两张")
    sandbox.send_file(LINA, Upload("a.txt", "text/plain", b"x"), reply_to=said)
    sandbox.send_voice(LINA, Upload("v.ogg", "audio/ogg", b"x"), 3)
    sandbox.send_location(LINA, 31.2, 121.4, reply_to=said)
    sandbox.move(LINA, sandbox.send_location(LINA, 31.2, 121.4, live=900), 31.3, 121.5)
    sandbox.send_venue(LINA, (31.2, 121.4), "华信科技", "浦东大道1号")
    sandbox.send_contact(LINA)
    sandbox.send_contact(LINA, {"phone_number": "+8613800000000", "first_name": "王", "vcard": "BEGIN:VCARD"})
    sandbox.send_file(LINA, Upload("王.vcf", "text/vcard", b"BEGIN:VCARD"))
    sandbox.say(WANG, "@Emma 请看 @sandbox_bot", chat=ROOM)
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "谁"}
    sandbox.post(LINA, {"location": {"latitude": 1.5, "longitude": 2.5}, "forward_origin": origin})
    await call("getUpdates", limit=1, allowed_updates=sorted(EVERY_KIND))
    sandbox.set_bot(ROOM, "administrator", by=WANG)
    sandbox.set_member(ROOM, EMMA, is_in=False)
    sandbox.set_member(ROOM, EMMA, is_in=True, by=WANG)
    sandbox.set_admin(ROOM, EMMA, is_admin=True, by=WANG)
    sandbox.say_as_group(EMMA, "@sandbox_bot 漏斗", ROOM)
    sandbox.post_from_channel(ROOM, "公司频道", "@sandbox_bot 通知")
    sandbox.forward(LINA, said, LINA, ROOM)
    forum = sandbox.add_group("论坛", WANG, [LINA], forum=True)
    sandbox.set_bot(forum, "administrator", by=WANG)
    topic = sandbox.open_topic(forum, "华信", WANG)
    sandbox.say(LINA, "@sandbox_bot 一", chat=(forum, "华信"))
    await call("sendMessage", chat_id=forum, message_thread_id=topic, text="答", reply_markup=BUTTONS)
    sandbox.press(LINA, forum, sandbox.messages(forum)[-1]["message_id"], "好")
    sandbox.set_bot(ROOM, "kicked", by=WANG)
    sandbox.set_bot(ROOM, "member", by=WANG)
    sandbox.block(EMMA)
    button = await call("sendMessage", chat_id=LINA, text="按", reply_markup=BUTTONS)
    sandbox.press(LINA, LINA, button["message_id"], "好")
    query = sandbox.ask_inline(LINA, "华信")
    content = {"message_text": "<b>华信</b>", "parse_mode": "HTML"}
    article = {"type": "article", "id": "1", "title": "华", "input_message_content": content}
    await call("answerInlineQuery", inline_query_id=query, results=[article | {"reply_markup": BUTTONS}])
    sandbox.choose_inline(query, "1")
    sandbox.press(LINA, LINA, sandbox.messages(LINA)[-1]["message_id"], "ok")
    sandbox.upgrade(ROOM, -100200)
    updates = await call("getUpdates")
    strictly(list[Update], updates)
    kinds = {key for update in updates for key in update} - {"update_id"}
    assert kinds == EVERY_KIND
