"""What the methods refuse and change, in Telegram's words."""

import io
from typing import Any

import aiohttp
import pytest

from sandbox import Sandbox, Upload
from sandbox.methods import answering
from tests.sandbox.conftest import EMMA, LINA, ROOM, WANG, Caller, described
from tests.sandbox.pictures import png

KEYS = {"inline_keyboard": [[{"text": "好", "callback_data": "ok"}]]}


async def test_names_of_methods_ignore_case_and_unknown_ones_are_not_found(call: Caller) -> None:
    assert (await call("GETME"))["is_bot"]
    assert await described(call("getNothing")) == "Not Found"


async def test_a_foreign_token_is_unauthorized(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    async with session.post(f"{sandbox.base_url}1:wrong/getMe") as answer:
        assert (answer.status, await answer.json()) == (
            401,
            {"ok": False, "error_code": 401, "description": "Unauthorized"},
        )


async def test_query_form_json_and_multipart_are_all_read(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    url = f"{sandbox.base_url}{sandbox.token}/sendMessage"
    multipart = aiohttp.FormData({"chat_id": "1001", "text": "四"})
    multipart.add_field("extra", b"x", filename="x.bin")
    ways: list[dict[str, Any]] = [
        {"params": {"chat_id": LINA, "text": "一"}},
        {"data": {"chat_id": LINA, "text": "二"}},
        {"json": {"chat_id": LINA, "text": "三"}},
        {"data": multipart},
    ]
    for way in ways:
        async with session.post(url, **way) as answer:
            assert answer.status == 200
    assert [each["text"] for each in sandbox.messages(LINA)] == ["一", "二", "三", "四"]


@pytest.mark.parametrize("body", [b"[1]", b"{", b"\xff"])
async def test_a_broken_body_is_a_bad_request(sandbox: Sandbox, session: aiohttp.ClientSession, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    async with session.post(f"{sandbox.base_url}{sandbox.token}/getMe", data=body, headers=headers) as answer:
        assert (answer.status, (await answer.json())["error_code"]) == (400, 400)


async def test_a_body_over_50_mb_is_too_large(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    form = aiohttp.FormData()
    form.add_field("document", io.BytesIO(b"x" * 52_600_000), filename="big.bin")
    async with session.post(f"{sandbox.base_url}{sandbox.token}/sendDocument", data=form) as answer:
        assert (answer.status, (await answer.json())["error_code"]) == (413, 413)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "message text is empty"),
        (" \n ", "message text is empty"),
        ("<b> </b>", "message text is empty"),
        ("好" * 4097, "message is too long"),
        ("😀" * 2049, "message is too long"),
        ("<b>x", "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
    ],
)
async def test_texts_that_are_refused(call: Caller, text: str, reason: str) -> None:
    refused = described(call("sendMessage", chat_id=LINA, text=text, parse_mode="HTML"))
    assert await refused == f"Bad Request: {reason}"


@pytest.mark.parametrize("text", ["好" * 4096, "😀" * 2048, f"<b>{'x' * 4096}</b>", f" {'x' * 4096}\n"])
async def test_4096_units_after_parsing_just_fit(call: Caller, text: str) -> None:
    assert (await call("sendMessage", chat_id=LINA, text=text, parse_mode="html"))["text"]


async def test_a_caption_holds_1024(sandbox: Sandbox, session: aiohttp.ClientSession, call: Caller) -> None:
    stored = sandbox.world.files.keep("document", Upload("x.txt", "text/plain", b"x")).file_id
    assert await call("sendDocument", chat_id=LINA, document=stored, caption="x" * 1024)
    too_long = call("sendDocument", chat_id=LINA, document=stored, caption="x" * 1025)
    assert await described(too_long) == "Bad Request: message caption is too long"


async def test_space_around_a_text_goes_and_entities_follow(call: Caller) -> None:
    sent = await call("sendMessage", chat_id=LINA, text="\n <b>好 </b> ", parse_mode="HTML")
    assert sent["text"] == "好"
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 1}]


async def test_places_where_the_bot_cannot_write(sandbox: Sandbox, call: Caller) -> None:
    sandbox.block(WANG)
    sandbox.person(EMMA).started = False
    sandbox.set_bot(ROOM, "kicked", by=LINA)
    reasons = {
        "": "Bad Request: chat_id is empty",
        5: "Bad Request: chat not found",
        "@somewhere": "Bad Request: chat not found",
        WANG: "Forbidden: bot was blocked by the user",
        EMMA: "Forbidden: bot can't initiate conversation with a user",
        ROOM: "Forbidden: bot was kicked from the group chat",
    }
    for chat_id, reason in reasons.items():
        assert await described(call("sendMessage", chat_id=chat_id, text="x")) == reason


@pytest.mark.parametrize(
    ("button", "reason"),
    [
        ({"text": "x", "callback_data": "好" * 22}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "url": "nowhere"}, "BUTTON_URL_INVALID"),
        ({"text": "x"}, "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        ("x", "can't parse inline keyboard button: InlineKeyboardButton must be an Object"),
    ],
)
async def test_buttons_that_are_refused(call: Caller, button: Any, reason: str) -> None:
    markup = {"inline_keyboard": [[button]]}
    assert await described(call("sendMessage", chat_id=LINA, text="x", reply_markup=markup)) == f"Bad Request: {reason}"


async def test_button_data_of_64_bytes_fits(call: Caller) -> None:
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": "好" * 21 + "x"}]]}
    assert (await call("sendMessage", chat_id=LINA, text="x", reply_markup=markup))["reply_markup"] == markup


async def test_an_edit_replaces_text_and_buttons(sandbox: Sandbox, call: Caller) -> None:
    sent = await call("sendMessage", chat_id=LINA, text="<b>旧</b>", parse_mode="HTML", reply_markup=KEYS)
    edited = await call("editMessageText", chat_id=LINA, message_id=sent["message_id"], text="新")
    assert edited["text"] == "新"
    assert not edited.keys() & {"entities", "reply_markup"}
    assert edited["edit_date"] >= sent["date"]
    assert sandbox.messages(LINA) == [edited]


async def test_edits_that_are_refused(sandbox: Sandbox, call: Caller) -> None:
    sent = await call("sendMessage", chat_id=LINA, text="同", reply_markup=KEYS)
    same = {"chat_id": LINA, "message_id": sent["message_id"]}
    unchanged = call("editMessageText", **same, text=" 同 ", reply_markup=KEYS)
    assert (await described(unchanged)).startswith(
        "Bad Request: message is not modified: specified new message content"
    )
    gone = call("editMessageText", chat_id=LINA, message_id=1, text="x")
    assert await described(gone) == "Bad Request: message to edit not found"
    foreign = call("editMessageText", chat_id=LINA, message_id=sandbox.say(LINA, "我的"), text="x")
    assert await described(foreign) == "Bad Request: message can't be edited"
    no_caption = call("editMessageCaption", **same, caption="x")
    assert await described(no_caption) == "Bad Request: there is no caption in the message to edit"


async def test_a_picture_takes_the_place_of_a_text_and_of_another(sandbox: Sandbox, call: Caller) -> None:
    first, second = [sandbox.world.files.keep("photo", Upload(n, "image/png", png(40, 20))).file_id for n in "ab"]
    sent = await call("sendMessage", chat_id=LINA, text="<b>旧</b>", parse_mode="HTML", reply_markup=KEYS)
    same = {"chat_id": LINA, "message_id": sent["message_id"]}
    media = {"type": "photo", "media": first, "caption": "<i>新</i>", "parse_mode": "HTML"}
    shown = await call("editMessageMedia", **same, media=media)
    assert not shown.keys() & {"text", "entities", "reply_markup"}
    assert (shown["caption"], shown["caption_entities"][0]["type"]) == ("新", "italic")
    assert "not modified" in await described(call("editMessageMedia", **same, media=media))
    other = await call("editMessageMedia", **same, media={"type": "photo", "media": second}, reply_markup=KEYS)
    assert (other["photo"][0]["file_id"], "caption" in other) == (second, False)
    assert sandbox.messages(LINA) == [other]
    no_text = call("editMessageText", **same, text="x")
    assert await described(no_text) == "Bad Request: there is no text in the message to edit"
    place = await call("sendLocation", chat_id=LINA, latitude=31, longitude=121)
    fixed = call("editMessageMedia", chat_id=LINA, message_id=place["message_id"], media=media)
    assert await described(fixed) == "Bad Request: message can't be edited"


async def test_a_message_can_be_deleted_for_48_hours(sandbox: Sandbox, call: Caller) -> None:
    first, second = [await call("sendMessage", chat_id=LINA, text=text) for text in "一二"]
    assert await call("deleteMessage", chat_id=LINA, message_id=first["message_id"])
    again = call("deleteMessage", chat_id=LINA, message_id=first["message_id"])
    assert await described(again) == "Bad Request: message to delete not found"
    sandbox.clock.forward(49 * 3600)
    late = call("deleteMessage", chat_id=LINA, message_id=second["message_id"])
    assert await described(late) == "Bad Request: message can't be deleted for everyone"


async def test_a_quoted_message_must_exist_unless_it_may_be_missing(sandbox: Sandbox, call: Caller) -> None:
    said = sandbox.say(LINA, "问")
    reply = await call("sendMessage", chat_id=LINA, text="答", reply_parameters={"message_id": said})
    assert reply["reply_to_message"]["text"] == "问"
    missing = {"message_id": 1}
    refused = described(call("sendMessage", chat_id=LINA, text="答", reply_parameters=missing))
    assert await refused == "Bad Request: message to be replied not found"
    lenient = missing | {"allow_sending_without_reply": True}
    assert "reply_to_message" not in await call("sendMessage", chat_id=LINA, text="答", reply_parameters=lenient)


async def test_a_press_is_answered_once(sandbox: Sandbox, call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = await call("sendMessage", chat_id=LINA, text="按", reply_markup=KEYS)
    query = sandbox.press(LINA, LINA, sent["message_id"], "好")
    (update,) = await call("getUpdates")
    assert update["callback_query"]["data"] == "ok"
    assert await call("answerCallbackQuery", callback_query_id=query, text="好了")
    assert await sandbox.answered(query) == {"text": "好了", "show_alert": False, "url": ""}
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert await described(call("answerCallbackQuery", callback_query_id=query)) == too_old
    assert await described(call("answerCallbackQuery", callback_query_id="1")) == too_old
    monkeypatch.setattr(answering, "LIFETIME", 0)
    late = sandbox.press(LINA, LINA, sent["message_id"], "ok")
    assert await described(call("answerCallbackQuery", callback_query_id=late)) == too_old


async def test_what_is_no_picture_is_not_sent_as_one(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    async def send(name: str, data: bytes) -> dict[str, Any]:
        form = aiohttp.FormData({"chat_id": str(LINA)})
        form.add_field("photo", data, filename=name)
        async with session.post(f"{sandbox.base_url}{sandbox.token}/sendPhoto", data=form) as answer:
            body: dict[str, Any] = await answer.json()
            return body

    assert (await send("a.png", png(40, 20)))["result"]["photo"][0]["width"] == 40
    assert (await send("a.png", b"text"))["description"] == "Bad Request: IMAGE_PROCESS_FAILED"
    assert (await send("a.png", b""))["description"] == "Bad Request: file must be non-empty"


async def test_addresses_are_not_fetched_and_unknown_files_are_refused(call: Caller) -> None:
    outside = call("sendPhoto", chat_id=LINA, photo="https://example.com/a.png")
    assert await described(outside) == "Bad Request: failed to get HTTP URL content"
    unknown = call("sendDocument", chat_id=LINA, document="nothing")
    assert await described(unknown) == "Bad Request: wrong file identifier/HTTP URL specified"
    assert await described(call("getFile", file_id="nothing")) == "Bad Request: invalid file_id"


async def test_commands_are_kept_by_scope_and_language(call: Caller) -> None:
    start = [{"command": "start", "description": "开始"}]
    await call("setMyCommands", commands=start, language_code="zh")
    assert await call("getMyCommands", language_code="zh") == start
    assert await call("getMyCommands") == []
    await call("deleteMyCommands", language_code="zh")
    assert await call("getMyCommands", language_code="zh") == []
    wrong = call("setMyCommands", commands=[{"command": "Start", "description": "x"}])
    assert await described(wrong) == "Bad Request: BOT_COMMAND_INVALID"


async def test_a_group_that_was_upgraded_tells_its_new_id(sandbox: Sandbox, call: Caller) -> None:
    sandbox.upgrade(ROOM, -100777)
    with pytest.raises(Exception, match="upgraded") as caught:
        await call("sendMessage", chat_id=ROOM, text="x")
    assert getattr(caught.value, "body")["parameters"] == {"migrate_to_chat_id": -100777}  # noqa: B009 - not its type
    assert (await call("sendMessage", chat_id=-100777, text="x"))["chat"]["type"] == "supergroup"
    first, second = await call("getUpdates")
    assert first["message"]["migrate_to_chat_id"] == -100777
    assert second["message"]["migrate_from_chat_id"] == ROOM


async def test_calls_are_listed_without_the_token(sandbox: Sandbox, call: Caller) -> None:
    await call("sendMessage", chat_id=LINA, text="一")
    await described(call("sendMessage", chat_id=5, text="二"))
    first, second = sandbox.calls
    assert (first.method, first.params, first.status) == ("sendMessage", {"chat_id": LINA, "text": "一"}, 200)
    assert (second.status, second.answer["description"]) == (400, "Bad Request: chat not found")
    assert sandbox.token not in repr(sandbox.calls)


async def test_a_file_of_one_kind_is_not_sent_again_as_another(sandbox: Sandbox, call: Caller) -> None:
    sandbox.send_photo(LINA, Upload("a.png", "image/png", png(3, 2)))
    photo = sandbox.messages(LINA)[0]["photo"][0]["file_id"]
    assert await call("sendPhoto", chat_id=LINA, photo=photo)
    refused = await described(call("sendDocument", chat_id=LINA, document=photo))
    assert refused == "Bad Request: can't use file of type Photo as Document"


async def test_a_file_over_20_mb_is_not_handed_out(sandbox: Sandbox, call: Caller) -> None:
    sandbox.send_file(LINA, Upload("大.pdf", "application/pdf", b"x" * (20 * 2**20 + 1)))
    file_id = sandbox.messages(LINA)[0]["document"]["file_id"]
    assert await described(call("getFile", file_id=file_id)) == "Bad Request: file is too big"
