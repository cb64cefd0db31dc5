"""Time zones as people say them: by the city."""

from __future__ import annotations

import re

from babel.dates import get_timezone_location

from talk.forms import LOCALES

_OFFSET = re.compile(r"Etc/GMT(?P<sign>[+-])(?P<hours>\d+)")


def zone_names(zone: str) -> dict[str, str]:
    """A zone's name by language: 新加坡, Singapore; UTC+8 for one that is told by its offset."""
    if offset := _OFFSET.fullmatch(zone):
        told = f"UTC{'-' if offset['sign'] == '+' else '+'}{offset['hours']}"
        return dict.fromkeys(LOCALES, told)
    if zone.startswith("Etc/"):
        return dict.fromkeys(LOCALES, "UTC")
    return {
        language: get_timezone_location(zone, locale=locale, return_city=True) for language, locale in LOCALES.items()
    }
