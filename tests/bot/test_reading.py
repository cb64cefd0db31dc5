"""Telegram's updates as incoming messages: what they say, and which are not for us."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Bot, User

from bot.channels.telegram.channel import Telegram
from bot.channels.telegram.reading import chat_of
from talk.incoming import Incoming, IncomingContact, IncomingFile, IncomingPlace

NOW = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)
LINA = {"id": 7, "is_bot": False, "first_name": "李", "last_name": "娜\u202e", "language_code": "zh-hans"}
PRIVATE = {"id": 7, "type": "private", "first_name": "李"}
DOCUMENT = {"file_id": "f", "file_unique_id": "u"}
GROUP = {"id": -100, "type": "supergroup", "title": "项目\n群"}


class Named(Bot):
    """A bot that knows its name without asking."""

    @property
    def bot(self) -> User:
        """Who we are."""
        return User(99, "Genjin", True, username="genjin_bot")


@pytest.fixture(scope="module")
def telegram() -> Telegram:
    """The channel, which reads without a network."""
    return Telegram(Named("1:token"), lambda: NOW)


def message(chat: dict[str, Any] | None = None, **given: Any) -> dict[str, Any]:
    """A message as Telegram sends it."""
    said = {"message_id": 5, "date": 1_763_000_000, "chat": chat or PRIVATE, "from": LINA, **given}
    return {"update_id": 1, "message": said}


def read(telegram: Telegram, update: dict[str, Any]) -> Incoming:
    """What it reads as; it must be for us."""
    found = telegram.read(update, 42)
    assert found is not None
    return found


def test_a_text_in_private(telegram: Telegram) -> None:
    found = read(telegram, message(text="去了华信\x00"))
    assert found == Incoming(
        id=42,
        channel="telegram",
        chat="7",
        speaker="7",
        at=datetime.fromtimestamp(1_763_000_000, UTC),
        text="去了华信",
        speaker_name="李 娜",
        language="zh-hans",
        message="5",
        username="",
    )


def test_the_speakers_username_and_people_picked_from_a_list(telegram: Telegram) -> None:
    wang = {"id": 8, "is_bot": False, "first_name": "王 伟"}
    told = [
        {"type": "text_mention", "offset": 3, "length": 3, "user": wang},
        {"type": "mention", "offset": 6, "length": 5},
        {"type": "text_mention", "offset": 900, "length": 3, "user": wang},
    ]
    said = message(text="👍 王 伟 @lina 好", entities=told)
    said["message"]["from"] = {**LINA, "username": "lina_88"}
    found = read(telegram, said)
    assert (found.username, found.mentions) == ("lina_88", (("王 伟", "8"),))
    said = message(photo=[], caption="给王 伟", caption_entities=[{**told[0], "offset": 1}], document=DOCUMENT)
    assert read(telegram, said).mentions == (("王 伟", "8"),)


def test_a_reply_in_a_topic_of_a_group(telegram: Telegram) -> None:
    answered = {"message_id": 3, "date": 1, "chat": GROUP, "from": {**LINA, "id": 99, "username": "genjin_bot"}}
    found = read(
        telegram,
        message(GROUP, text="ok", reply_to_message=answered, message_thread_id=8, is_topic_message=True),
    )
    assert (found.chat, found.topic, found.reply_to, found.is_group, found.title) == ("-100", "8", "3", True, "项目 群")


def test_an_edit(telegram: Telegram) -> None:
    update = message(text="now", edit_date=1_763_000_060)
    found = read(telegram, {"update_id": 2, "edited_message": update["message"]})
    assert (found.kind, found.at.timestamp()) == ("edit", 1_763_000_060)


def test_a_tap(telegram: Telegram) -> None:
    card = message(text="card")["message"]
    query = {"id": "q1", "from": LINA, "chat_instance": "x", "data": "abc", "message": card}
    found = read(telegram, {"update_id": 3, "callback_query": query})
    assert (found.kind, found.tap, found.button, found.message, found.at) == ("tap", "q1", "abc", "5", NOW)


def test_a_tap_on_a_card_that_is_too_old_to_see(telegram: Telegram) -> None:
    card = {"message_id": 5, "date": 0, "chat": PRIVATE}
    query = {"id": "q1", "from": LINA, "chat_instance": "x", "data": "abc", "message": card}
    assert read(telegram, {"update_id": 3, "callback_query": query}).message == "5"


PHOTO = [
    {"file_id": size, "file_unique_id": size, "width": 1, "height": 1, "file_size": 9} for size in ("small", "large")
]
VIDEO = {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1, "duration": 1}


def test_a_picture_brings_its_largest_size_and_its_caption_is_read(telegram: Telegram) -> None:
    found = read(telegram, message(photo=PHOTO, caption="去了华信", media_group_id="77"))
    assert (found.kind, found.text, found.album) == ("text", "去了华信", "77")
    assert found.files == (IncomingFile("large", "photo", size=9),)


def test_a_picture_without_words_is_something_else(telegram: Telegram) -> None:
    found = read(telegram, message(photo=PHOTO))
    assert (found.kind, found.text, len(found.files)) == ("other", "", 1)


def test_a_caption_that_was_edited_is_an_edit(telegram: Telegram) -> None:
    update = message(photo=PHOTO, caption="去了华信", edit_date=1_763_000_060)
    found = read(telegram, {"update_id": 2, "edited_message": update["message"]})
    assert (found.kind, found.text, len(found.files)) == ("edit", "去了华信", 1)


@pytest.mark.parametrize(
    ("given", "sent_as", "name"),
    [
        ({"document": {"file_id": "f", "file_unique_id": "u", "file_name": "../../x\u202e"}}, "document", "../../x"),
        ({"voice": {"file_id": "f", "file_unique_id": "u", "duration": 3}}, "voice", ""),
        ({"video": VIDEO}, "video", ""),
        ({"audio": {"file_id": "f", "file_unique_id": "u", "duration": 3, "file_name": "a.mp3"}}, "audio", "a.mp3"),
        ({"video_note": {"file_id": "f", "file_unique_id": "u", "duration": 3, "length": 2}}, "video_note", ""),
        ({"animation": VIDEO, "document": {"file_id": "f", "file_unique_id": "u"}}, "animation", ""),
    ],
)
def test_every_kind_of_file_is_read(telegram: Telegram, given: dict[str, Any], sent_as: str, name: str) -> None:
    (file,) = read(telegram, message(**given)).files
    assert (file.id, file.sent_as, file.name, file.size) == ("f", sent_as, name, None)


PLACE = {"latitude": 1.0, "longitude": 2.0}


def test_a_place_is_no_file(telegram: Telegram) -> None:
    found = read(telegram, message(location={**PLACE, "horizontal_accuracy": 8.0}))
    assert (found.kind, found.files, found.place) == ("other", (), IncomingPlace(1.0, 2.0, 8.0))


def test_a_place_that_is_forwarded_or_picked_from_a_map_is_not_where_the_speaker_is(telegram: Telegram) -> None:
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "x"}
    venue = {"location": PLACE, "title": "x", "address": "y"}
    for more in ({"forward_origin": origin}, {"venue": venue}):
        assert read(telegram, message(location=PLACE, **more)).place is None


def test_a_live_place_is_heard_when_it_begins_and_not_when_it_moves(telegram: Telegram) -> None:
    live = {**PLACE, "live_period": 900}
    assert read(telegram, message(location=live)).place
    moved = message(location=live, edit_date=1_763_000_060)["message"]
    assert telegram.read({"update_id": 2, "edited_message": moved}, 1) is None


def test_a_contact_is_somebody_else_s(telegram: Telegram) -> None:
    given = {
        "phone_number": "+86138",
        "first_name": "王\u202e",
        "last_name": "建国",
        "user_id": 7,
        "vcard": "BEGIN:VCARD",
    }
    found = read(telegram, message(contact=given))
    assert (found.kind, found.contact) == ("other", IncomingContact("王 建国", "+86138", "BEGIN:VCARD"))
    assert (found.speaker, found.files) == ("7", ())
    long = read(telegram, message(contact={**given, "vcard": "x" * 200_000})).contact
    assert long and long.vcard == ""


def test_what_was_chosen_inline_is_said_in_private_alone(telegram: Telegram) -> None:
    us = {"id": 99, "is_bot": True, "first_name": "G", "username": "genjin_bot"}
    assert read(telegram, message(text="华信", via_bot=us)).text == "华信"
    assert telegram.read(message(GROUP, text="华信 @genjin_bot", via_bot=us), 1) is None


@pytest.mark.parametrize(
    "update",
    [
        message(GROUP, text="between us"),
        message(GROUP, text="/undo@other_bot"),
        message(text="/undo@other_bot"),
        message(GROUP, new_chat_title="x"),
        {**message(text="a bot"), "message": {**message(text="a bot")["message"], "from": {**LINA, "is_bot": True}}},
        {"update_id": 9, "something_new": {"chat": PRIVATE}},
        {"update_id": 9},
    ],
)
def test_what_is_not_for_us_reads_as_none(telegram: Telegram, update: dict[str, Any]) -> None:
    assert telegram.read(update, 1) is None


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("/undo@genjin_bot", "/undo"),
        ("/undo", "/undo"),
        ("@Genjin_Bot 去了华信", "去了华信"),
        ("/find@genjin_bot 华信 ERP", "/find 华信 ERP"),
    ],
)
def test_in_a_group_it_is_spoken_to_by_name(telegram: Telegram, text: str, inside: str) -> None:
    assert read(telegram, message(GROUP, text=text)).text == inside


def test_the_chat_of_any_update_is_found_without_understanding_it() -> None:
    assert chat_of(message()) == "7"
    assert chat_of({"update_id": 1, "callback_query": {"from": LINA, "message": {"chat": GROUP}}}) == "-100"
    assert chat_of({"update_id": 1, "inline_query": {"from": LINA}}) == "7"
    assert chat_of({"update_id": 1, "odd": 3}) == ""
