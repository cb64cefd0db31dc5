"""What somebody who types our name may choose from: answered to them alone, and kept by nobody."""

from __future__ import annotations

from html import escape

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
)
from telegram.constants import ParseMode

from bot.channels.telegram.render import start_link
from talk.message import Outgoing, Suggestion


async def offer(bot: Bot, outgoing: Outgoing) -> None:
    """Answer an inline query. TelegramError."""
    results = [_result(bot.username, one) for one in outgoing.suggestions]
    await bot.answer_inline_query(outgoing.tap, results, cache_time=0, is_personal=True, next_offset=outgoing.more)


def _result(username: str, one: Suggestion) -> InlineQueryResultArticle:
    said = InputTextMessageContent(escape(one.says, quote=False), parse_mode=ParseMode.HTML)
    link = InlineKeyboardButton(one.link, url=start_link(username, one.code)) if one.link else None
    markup = InlineKeyboardMarkup([[link]]) if link else None
    return InlineQueryResultArticle(one.id, one.title, said, reply_markup=markup, description=one.detail)
