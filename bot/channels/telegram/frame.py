"""What everything that comes in from Telegram has around it: where it was said, and by whom."""

from __future__ import annotations

from typing import Any

from telegram import Chat, User

from bot.channels.clean import clean_line

NAME = "telegram"
# Who stands in `from` where somebody speaks in the name of a chat: a group's anonymous administrator, a channel,
# and what a channel posts into the group that it is linked with.
_NOBODY = frozenset({1087968824, 136817688, 777000})


def place(chat: Chat) -> dict[str, Any]:
    """The fields of Incoming that say where."""
    return {
        "channel": NAME,
        "chat": str(chat.id),
        "is_group": chat.type != Chat.PRIVATE,
        "title": clean_line(chat.title or ""),
    }


def person(user: User | None, sender_chat: Chat | None = None) -> dict[str, Any]:
    """The fields of Incoming that say who. What is said in the name of a chat is said by the chat, never a person."""
    if sender_chat is not None:
        return {
            "speaker": str(sender_chat.id),
            "speaker_name": clean_line(sender_chat.title or ""),
            "is_anonymous": True,
        }
    if user is None:
        return {"speaker": "", "is_anonymous": True}
    return {
        "speaker": str(user.id),
        "speaker_name": clean_line(user.full_name),
        "language": user.language_code or "",
        "is_anonymous": user.id in _NOBODY,
        "username": clean_line(user.username or "", 32),
    }
