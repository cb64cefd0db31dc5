"""From Telegram's updates to incoming messages. What is not meant for the bot reads as None."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from telegram import Bot, CallbackQuery, Chat, InlineQuery, Message, Update

from bot.channels.clean import clean, clean_line
from bot.channels.telegram import happened
from bot.channels.telegram.addressing import answered_by, is_for_us, mentioned, without_name
from bot.channels.telegram.frame import NAME, person, place
from talk.incoming import Incoming, IncomingContact, IncomingFile, IncomingPlace

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member", "chat_member")
LONGEST_CARD = 100_000  # characters: what is longer was made to be
LONGEST_TYPED = 256
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
    if update.inline_query:
        return _typed(update.inline_query, inbox_id, now())
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
    if is_other_bot or not is_content or _is_only_passing(message, bot) or not is_for_us(message, bot.id, bot.username):
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
        is_by_us=message.via_bot is not None and message.via_bot.id == bot.id,
        contact=_contact(message),
        place=_place(message),
        mentions=mentioned(message),
        **who,
        **place(message.chat),
    )


def _is_only_passing(message: Message, bot: Bot) -> bool:
    """Whether nobody needs to hear of it: a live location that moves on, which was heard when it began; and what
    somebody showed a group by way of us.
    """
    is_ours = message.via_bot is not None and message.via_bot.id == bot.id
    return bool(message.edit_date and message.location) or (is_ours and message.chat.type != Chat.PRIVATE)


def _contact(message: Message) -> IncomingContact | None:
    given = message.contact
    if given is None:
        return None
    name = clean_line(f"{given.first_name} {given.last_name or ''}")
    card = given.vcard or ""
    return IncomingContact(name, clean_line(given.phone_number, 64), card if len(card) <= LONGEST_CARD else "")


def _place(message: Message) -> IncomingPlace | None:
    """Where the speaker is. What is forwarded or picked from a map says where something else is."""
    given = message.location
    if given is None or message.forward_origin is not None or message.venue is not None:
        return None
    return IncomingPlace(given.latitude, given.longitude, given.horizontal_accuracy)


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


def _typed(query: InlineQuery, inbox_id: int, at: datetime) -> Incoming:
    """What somebody types behind our name, wherever that is: the answer is for them alone."""
    who = person(query.from_user)
    return Incoming(
        id=inbox_id,
        channel=NAME,
        chat=who["speaker"],
        at=at,
        kind="inline",
        text=clean_line(query.query, LONGEST_TYPED),
        tap=query.id,
        offset=query.offset,
        is_by_us=query.chat_type == Chat.SENDER,
        **who,
    )
