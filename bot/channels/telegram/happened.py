"""What happens in a chat without anybody saying a word: the bot comes or goes, members do, the group's id changes.

Telegram tells a joining twice to a bot that administers the group, in a service message and as an update of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from telegram import Chat, ChatMemberUpdated, Message, User

from bot.channels.telegram.frame import person, place
from bot.channels.telegram.membership import is_in, is_leading
from talk.incoming import Incoming, Kind


def bot_changed(change: ChatMemberUpdated, inbox_id: int) -> Incoming | None:
    """The bot came in, got other rights or is out; None where it was out before, and of channels, where nobody talks.
    Of a private chat: it was let in again, or blocked.
    """
    was, now = change.old_chat_member, change.new_chat_member
    if change.chat.type == Chat.CHANNEL or not (is_in(was) or is_in(now)):
        return None
    kind: Kind = "added" if is_in(now) else "removed"
    return Incoming(inbox_id, kind=kind, is_administrator=is_leading(now), **_frame(change))


def member_changed(change: ChatMemberUpdated, inbox_id: int) -> Incoming | None:
    """Somebody joined or left; None where they only got other rights."""
    was, now = is_in(change.old_chat_member), is_in(change.new_chat_member)
    found = _people([change.new_chat_member.user])
    if was == now or not found:
        return None
    return Incoming(inbox_id, kind="joined" if now else "left", members=found, **_frame(change))


def told_by_service(message: Message, inbox_id: int) -> Incoming | None:
    """What a message that nobody wrote tells; None where it is none or tells nothing of use. That the bot itself came
    or went has an update of its own.
    """
    facts: dict[str, Any] = {
        "at": message.date,
        **place(message.chat),
        **person(message.from_user, message.sender_chat),
    }
    if joined := _people(message.new_chat_members):
        return Incoming(inbox_id, kind="joined", members=joined, **facts)
    if message.left_chat_member and (left := _people([message.left_chat_member])):
        return Incoming(inbox_id, kind="left", members=left, **facts)
    if message.migrate_to_chat_id:
        return Incoming(inbox_id, kind="moved", moved_to=str(message.migrate_to_chat_id), **facts)
    if message.migrate_from_chat_id:  # the first that is told under the new id
        old = {**facts, "chat": str(message.migrate_from_chat_id)}
        return Incoming(inbox_id, kind="moved", moved_to=str(message.chat.id), **old)
    return None


def _frame(change: ChatMemberUpdated) -> dict[str, Any]:
    return {"at": change.date, **place(change.chat), **person(change.from_user)}


def _people(users: Iterable[User]) -> tuple[str, ...]:
    return tuple(str(user.id) for user in users if not user.is_bot)
