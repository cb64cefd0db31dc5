"""From Telegram's updates to incoming messages. What is not meant for the bot reads as None."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from telegram import Bot, CallbackQuery, Chat, Message, Update, User

from bot.channels.clean import clean, clean_line
from talk.incoming import Incoming, IncomingFile

ALLOWED_UPDATES = ("message", "edited_message", "callback_query")
NAME = "telegram"
SENT_AS = ("photo", "animation", "document", "voice", "video", "audio", "video_note")  # an animation is a document too


def chat_of(raw: Mapping[str, Any]) -> str:
    """The chat whose order an update keeps; without one, the person it comes from."""
    for kind in raw.values():
        if isinstance(kind, Mapping):
            at = kind.get("chat") or (kind.get("message") or {}).get("chat") or kind.get("from")
            if isinstance(at, Mapping) and "id" in at:
                return str(at["id"])
    return ""


def read(raw: Mapping[str, Any], inbox_id: int, bot: Bot, now: Callable[[], datetime]) -> Incoming | None:
    """The message in a raw update."""
    update = Update.de_json(dict(raw), bot)
    if update.callback_query:
        return _tap(update.callback_query, inbox_id, now())
    message = update.message or update.edited_message
    if message is None or message.from_user is None or message.from_user.is_bot:
        return None
    is_content = message.text or message.effective_attachment or message.location
    if not is_content or not _is_for_us(message, bot.username):
        return None
    return _message(message, message.from_user, inbox_id, bot.username)


def _message(message: Message, speaker: User, inbox_id: int, username: str) -> Incoming:
    reply_to = message.reply_to_message
    said = message.text or message.caption or ""
    return Incoming(
        id=inbox_id,
        speaker=str(speaker.id),
        at=message.edit_date or message.date,
        kind="edit" if message.edit_date else "text" if said else "other",
        text=_without_name(clean(said), username),
        topic=str(message.message_thread_id or "") if message.is_topic_message else "",
        speaker_name=clean_line(speaker.full_name),
        language=speaker.language_code or "",
        message=str(message.message_id),
        reply_to=str(reply_to.message_id) if reply_to else "",
        files=_files(message),
        album=clean_line(message.media_group_id or "", 64),
        **_place(message.chat),
    )


def _files(message: Message) -> tuple[IncomingFile, ...]:
    """The file of a message, none where it is something else: a place, a contact, a sticker. A picture comes in
    several sizes, of which the largest is taken.
    """
    for sent_as in SENT_AS:
        found = getattr(message, sent_as)
        if found:
            file = found[-1] if sent_as == "photo" else found
            name, mime = getattr(file, "file_name", None) or "", getattr(file, "mime_type", None) or ""
            return (IncomingFile(file.file_id, sent_as, clean_line(name), clean_line(mime, 100), file.file_size),)
    return ()


def _tap(query: CallbackQuery, inbox_id: int, at: datetime) -> Incoming | None:
    card = query.message
    if card is None:
        return None
    is_topic = isinstance(card, Message) and card.is_topic_message
    return Incoming(
        id=inbox_id,
        speaker=str(query.from_user.id),
        at=at,
        kind="tap",
        topic=str(card.message_thread_id or "") if isinstance(card, Message) and is_topic else "",
        speaker_name=clean_line(query.from_user.full_name),
        language=query.from_user.language_code or "",
        message=str(card.message_id),
        button=clean(query.data or "", 64),
        tap=query.id,
        **_place(card.chat),
    )


def _place(chat: Chat) -> dict[str, Any]:
    return {
        "channel": NAME,
        "chat": str(chat.id),
        "is_group": chat.type != Chat.PRIVATE,
        "title": clean_line(chat.title or ""),
    }


def _is_for_us(message: Message, username: str) -> bool:
    """In a group only what is said to the bot: a command, its name, or a reply to it. Others' commands never."""
    text = (message.text or message.caption or "").lower()
    command = text.split(maxsplit=1)[0] if text.startswith("/") else ""
    if "@" in command:
        return command.endswith(f"@{username.lower()}")
    if message.chat.type == Chat.PRIVATE or command:
        return True
    answered = message.reply_to_message.from_user if message.reply_to_message else None
    return f"@{username.lower()}" in text or (answered is not None and answered.username == username)


def _without_name(text: str, username: str) -> str:
    """`/undo@genjin_bot` is `/undo` to everybody inside."""
    head, space, rest = text.partition(" ")
    name = f"@{username.lower()}"
    if head.lower().endswith(name):
        head = head[: -len(name)]
    return f"{head}{space}{rest}".strip() if head else rest.strip()
