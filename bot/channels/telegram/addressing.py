"""In a group only what is said to the bot is read: a command, its name, or a reply to it."""

from __future__ import annotations

import re
from functools import cache

from telegram import Chat, Message, MessageEntity

from bot.channels.clean import clean


def is_for_us(message: Message, bot_id: int, username: str) -> bool:
    """Whether a message is said to the bot; in private all of it is. Others' commands never are."""
    text = message.text or message.caption or ""
    command = text.split(maxsplit=1)[0].lower() if text.startswith("/") else ""
    if "@" in command:
        return command.endswith(f"@{username.lower()}")
    if message.chat.type == Chat.PRIVATE or command:
        return True
    answered = answered_by(message)
    is_ours = answered is not None and answered.from_user is not None and answered.from_user.id == bot_id
    return is_ours or _name(username).search(text) is not None


def answered_by(message: Message) -> Message | None:
    """The message that is replied to. What is written into a topic looks like a reply to the topic's beginning."""
    answered = message.reply_to_message
    return None if answered is None or answered.forum_topic_created else answered


def without_name(text: str, username: str) -> str:
    """The words without the bot's name at their beginning or end; `/undo@genjin_bot` is `/undo` to everybody inside."""
    head, rest = _around(username)
    text = head.sub(lambda found: found["command"] or "", text, count=1)
    return rest.sub("", text).strip()


def mentioned(message: Message) -> tuple[tuple[str, str], ...]:
    """The people without a username whom a text names, in order: their words in it, cleaned, and their ids."""
    text, entities = message.text, message.entities
    if not text:
        text, entities = message.caption or "", message.caption_entities
    units = text.encode("utf-16-le", "surrogatepass") if entities else b""
    told = [
        (units[2 * each.offset : 2 * (each.offset + each.length)].decode("utf-16-le", "ignore"), str(each.user.id))
        for each in entities
        if each.type == MessageEntity.TEXT_MENTION and each.user
    ]
    return tuple((clean(words).strip(), address) for words, address in told if clean(words).strip())


@cache
def _name(username: str) -> re.Pattern[str]:
    """The bot's name as a word of its own: no part of another's, nor of an address."""
    return re.compile(rf"(?<![A-Za-z0-9_.@-])@{re.escape(username)}(?![A-Za-z0-9_])", re.IGNORECASE)


@cache
def _around(username: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    name = rf"@{re.escape(username)}(?![A-Za-z0-9_])"
    head = rf"^\s{{0,9}}(?:(?P<command>/\w+){name}|{name}[\s,,::、]{{0,9}})"
    tail = rf"\s{{0,9}}(?<![A-Za-z0-9_.@-]){name}(?=[\s。.!!??]{{0,9}}$)"
    return re.compile(head, re.IGNORECASE), re.compile(tail, re.IGNORECASE)
