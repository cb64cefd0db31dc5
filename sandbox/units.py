"""Telegram's measure of text: UTF-16 code units; and the cleaning every text undergoes."""

import re

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
# Telegram drops carriage returns, line separators and direction overrides, and blanks other control characters.
_DROPPED = dict.fromkeys([0x0D, *range(0x2028, 0x202F)])
_BLANKED = dict.fromkeys([*range(0x00, 0x0A), 0x0B, 0x0C, *range(0x0E, 0x20)], " ")
_CLEAN = _DROPPED | _BLANKED
_SUSPECT = re.compile("[\x00-\x09\x0b-\x1f\u2028-\u202e\ud800-\udfff]")


def length(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text) if text.isascii() else len(text) + len(_ASTRAL.findall(text))


def clean(text: str) -> str:
    """Text as Telegram keeps it, one to one or shorter; lone surrogates become U+FFFD."""
    if not _SUSPECT.search(text):
        return text
    return text.translate(_CLEAN).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def cut(text: str, start: int, count: int) -> str:
    """The part of a text that an entity covers; offsets in UTF-16 code units."""
    return text.encode("utf-16-le")[start * 2 : (start + count) * 2].decode("utf-16-le", "replace")
