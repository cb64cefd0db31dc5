"""Strangers' text made harmless at the door: what cannot be stored, seen or typed goes, the rest stays as it is."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 16_000
# Control characters but line ends and tabs, marks of direction, zero-width and other invisible characters,
# noncharacters. A zero-width joiner stays within an emoji, where it is visible.
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff]|(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d"
)
_LINE_END = re.compile("\r\n?|[\u2028\u2029\u0085]")


def clean(text: str, longest: int = LONGEST) -> str:
    """Text in NFC without lone surrogates, NUL, controls and invisible marks; at most `longest` characters."""
    if text.isascii() and text.isprintable() and len(text) <= longest:
        return text
    whole = text[: 4 * longest].encode("utf-8", "ignore").decode("utf-8", "ignore")
    seen = _UNSEEN.sub("", _LINE_END.sub("\n", whole))
    return unicodedata.normalize("NFC", seen)[:longest]


def clean_line(text: str, longest: int = 200) -> str:
    """The same for a name or title: one line."""
    return " ".join(clean(text, longest).split())
