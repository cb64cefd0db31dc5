"""Who is in a group, as Telegram answers when it is asked."""

from __future__ import annotations

from telegram import Bot, ChatMember, ChatMemberRestricted
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.channels.telegram.errors import is_no_member

ANSWER_SECONDS = 5.0
_LEADING = frozenset({ChatMember.OWNER, ChatMember.ADMINISTRATOR})


async def is_member(bot: Bot, chat: str, person: str) -> bool | None:
    """Whether a person is in a group now. None where Telegram does not say, as to a bot that is no administrator."""
    try:
        return is_in(await bot.get_chat_member(chat, int(person), read_timeout=ANSWER_SECONDS))
    except (TelegramError, ValueError) as error:
        return False if isinstance(error, BadRequest) and is_no_member(error) else None


async def administers(bot: Bot, chat: str) -> bool | None:
    """Whether the bot administers a group now; False where it is not in it, None where Telegram does not say."""
    try:
        return is_leading(await bot.get_chat_member(chat, bot.id, read_timeout=ANSWER_SECONDS))
    except Forbidden:
        return False
    except TelegramError:
        return None


def is_in(member: ChatMember) -> bool:
    """Whether a state of membership is one of being in: who may not write may still read."""
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return is_leading(member) or member.status == ChatMember.MEMBER


def is_leading(member: ChatMember) -> bool:
    """Whether it is the state of an administrator."""
    return member.status in _LEADING
