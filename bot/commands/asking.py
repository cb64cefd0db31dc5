"""Asking the configured Bot API one thing, from a command."""

from __future__ import annotations

from typing import Any

import aiohttp

from bot.settings import Settings

SECONDS = 10


async def ask_telegram(settings: Settings, method: str) -> dict[str, Any]:
    """Its answer as JSON, {} where it is none. Raises ClientError, TimeoutError, ValueError: their text is not to be
    shown, since it may hold the address, and that the token.
    """
    timeout = aiohttp.ClientTimeout(total=SECONDS)
    url = f"{settings.telegram_api}/bot{settings.telegram_token}/{method}"
    async with aiohttp.ClientSession(timeout=timeout, trust_env=True) as session, session.get(url) as answer:
        said = await answer.json(content_type=None)
        return said if isinstance(said, dict) else {}
