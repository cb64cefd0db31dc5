"""Words on their way out: as HTML where Telegram can read it, else as they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.channels.telegram.errors import is_unreadable
from bot.channels.telegram.render import Part


async def readable(call: Callable[..., Any], part: Part, where: dict[str, Any], name: str = "text") -> Any:
    """Make a call with a part under that name as HTML; what Telegram cannot read as such, as plain text, once."""
    try:
        return await call(**{name: part.html}, parse_mode=ParseMode.HTML, **where)
    except TelegramError as error:
        if not is_unreadable(error):
            raise
        return await call(**{name: part.plain}, **where)
