"""From Telegram's updates to incoming messages. What is not meant for the bot reads as None."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from telegram import Bot, CallbackQuery, Message, Update

from bot.channels.clean import clean, clean_line
from bot.channels.telegram import happened
from bot.channels.telegram.addressing import answered_by, is_for_us, mentioned, without_name
from bot.channels.telegram.frame import person, place
from talk.incoming import Incoming, IncomingFile

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member", "chat_member")
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
    if update.my_chat_member:
        return happened.bot_changed(update.my_chat_member, inbox_id)
    if update.chat_member:
        return happened.member_changed(update.chat_member, inbox_id)
    message = update.message or update.edited_message
    if message is None:
        return None
    return happened.told_by_service(message, inbox_id) or _said(message, inbox_id, bot)


def _said(message: Message, inbox_id: int, bot: Bot) -> Incoming | None:
    """What somebody said to the bot; other bots are nobody."""
    who = person(message.from_user, message.sender_chat)
    is_other_bot = message.from_user is not None and message.from_user.is_bot and not who["is_anonymous"]
    is_content = message.text or message.effective_attachment or message.location
    if is_other_bot or not is_content or not is_for_us(message, bot.id, bot.username):
        return None
    said = message.text or message.caption or ""
    answered = answered_by(message)
    return Incoming(
        id=inbox_id,
        at=message.edit_date or message.date,
        kind="edit" if message.edit_date else "text" if said else "other",
        text=without_name(clean(said), bot.username),
        topic=str(message.message_thread_id or "") if message.is_topic_message else "",
        message=str(message.message_id),
        reply_to=str(answered.message_id) if answered else "",
        files=_files(message),
        album=clean_line(message.media_group_id or "", 64),
        is_forwarded=message.forward_origin is not None,
        mentions=mentioned(message),
        **who,
        **place(message.chat),
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
        at=at,
        kind="tap",
        topic=str(card.message_thread_id or "") if isinstance(card, Message) and is_topic else "",
        message=str(card.message_id),
        button=clean(query.data or "", 64),
        tap=query.id,
        **person(query.from_user),
        **place(card.chat),
    )
