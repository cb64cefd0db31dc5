"""What Telegram's refusals mean to whoever wanted to send."""

from __future__ import annotations

from typing import Any

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, TelegramError

from bot.channels.telegram.request import NotSent, TooMany
from talk.message import ChannelError

TOKEN_PAUSE = 60.0
_GONE = ("chat not found", "user is deactivated", "user not found", "peer_id_invalid", "group chat was deactivated")
_DONE_ALREADY = ("message is not modified", "query is too old", "query_id_invalid", "query id is invalid")
_NO_FILE = (
    "wrong file identifier",
    "wrong remote file",
    "invalid file_id",
    "file reference",
    "can't use file of type",
    "image_process_failed",
    "photo_invalid_dimensions",
    "photo_save_file_invalid",
)
# A group may let nobody send pictures who may write there.
_NO_PICTURE = (*_NO_FILE, "not enough rights to send photos", "chat_send_photos_forbidden", "chat_send_media_forbidden")
_OTHER_KIND = ("there is no text in the message", "no media in the message")
_NO_MEMBER = ("member not found", "user_not_participant", "participant_id_invalid")
_UNREADABLE = ("can't parse entities", "can't find end tag", "unsupported start tag")


def is_done_already(error: TelegramError) -> bool:
    """Whether nothing is left to do: the card reads so already, or nobody waits for the answer any more."""
    return isinstance(error, BadRequest) and _says(error, _DONE_ALREADY)


def is_unreadable(error: TelegramError) -> bool:
    """Whether Telegram could not read our HTML."""
    return isinstance(error, BadRequest) and _says(error, _UNREADABLE)


def is_no_file(error: TelegramError) -> bool:
    """Whether Telegram has no such file, or not as what it was to be sent."""
    return isinstance(error, BadRequest) and _says(error, _NO_FILE)


def is_no_picture(error: TelegramError) -> bool:
    """Whether Telegram does not take a picture, or not in this chat, where it may well take words."""
    return isinstance(error, BadRequest) and _says(error, _NO_PICTURE)


def is_other_kind(error: TelegramError) -> bool:
    """Whether a message is of words where it was to be a picture, or the other way round."""
    return isinstance(error, BadRequest) and _says(error, _OTHER_KIND)


def is_fixed(error: TelegramError) -> bool:
    """Whether Telegram lets a message be changed no more, or not into what it was to be."""
    return isinstance(error, BadRequest) and _says(error, ("message can't be edited",))


def is_no_member(error: TelegramError) -> bool:
    """Whether Telegram says that somebody is not in a chat; that it does not know them says nothing of that."""
    return isinstance(error, BadRequest) and _says(error, _NO_MEMBER)


def is_too_big(error: TelegramError) -> bool:
    """Whether Telegram does not hand a file out because of its size."""
    return isinstance(error, BadRequest) and _says(error, ("file is too big",))


def as_channel_error(error: TelegramError) -> ChannelError:
    """The same in the house's terms. BadRequest comes before NetworkError, of which it is a subclass."""
    match error:
        case TooMany():
            facts: dict[str, Any] = {"retry_after": error.seconds}
        case ChatMigrated():
            facts = {"moved_to": str(error.new_chat_id)}
        case Forbidden():
            facts = {"permanent": True, "is_gone": True}
        case InvalidToken():
            facts = {"retry_after": TOKEN_PAUSE}
        case BadRequest():
            facts = {"permanent": True, "is_gone": _says(error, _GONE)}
        case NotSent():
            facts = {}
        case _:
            facts = {"is_unknown": True}
    return ChannelError(f"{type(error).__name__}: {error.message}", **facts)


def _says(error: TelegramError, words: tuple[str, ...]) -> bool:
    message = error.message.lower()
    return any(word in message for word in words)
