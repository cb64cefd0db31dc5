"""One spelling for what is searched and for what is searched for: width, case, accents, simplified characters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any, NamedTuple

from crm import pinyin

LONGEST = 64  # characters of a text that are looked at: no name is longer
_HAN = "\u3400-\u9fff"
_TOKENS = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")
_LEGAL = re.compile(r"(?:股份有限公司|有限责任公司|(?:集团)?有限公司|股份公司|集团公司|总公司|集团|公司)$")
_LATIN_LEGAL = frozenset(
    [
        "co",
        "ltd",
        "limited",
        "inc",
        "llc",
        "llp",
        "gmbh",
        "ag",
        "corp",
        "corporation",
        "company",
        "plc",
        "sa",
        "bv",
        "oy",
        "ab",
        "pte",
        "pty",
    ]
)
_NUMBER = re.compile(r"[\d\s()+.-]+")
_FIGURES = re.compile(r"[0-9]+")
_BEFORE = re.compile(r"^(?:00)?86(?=\d{10,11}$)")


class Folded(NamedTuple):
    """A text in one spelling: its tokens in their order, all of it run together, and what of it is Han, likewise.

    `words` are the tokens in letters and figures, `core` is what is Han; both without a firm's legal form where
    anything else is left.
    """

    tokens: tuple[str, ...]
    joined: str
    han: str
    words: tuple[str, ...]
    core: str


@lru_cache(maxsize=16_384)
def folded(text: str) -> Folded:
    """The text in one spelling; no more of it than LONGEST characters."""
    text = text[: LONGEST * 2]
    if not text.isascii():
        text = simplified(_without_accents(text))
    tokens = tuple(_TOKENS.findall(text.lower()[:LONGEST]))
    han = "".join([token for token in tokens if is_han(token)])
    every = tuple([token for token in tokens if not is_han(token)])
    words = tuple([word for word in every if word not in _LATIN_LEGAL]) or every
    core = _LEGAL.sub("", han) if han else ""
    return Folded(tokens, "".join(tokens), han, words, core if len(core) > 1 else han)


def folded_words(text: str) -> list[str]:
    """The tokens of a text of any length in one spelling; a very long one is cut."""
    if not text.isascii():
        text = simplified(_without_accents(text))
    return [token if is_han(token) else token[:LONGEST] for token in _TOKENS.findall(text.lower())]


def is_han(token: str) -> bool:
    """Whether a token is written in Chinese characters: one token never mixes them with others."""
    return "\u3400" <= token[0] <= "\u9fff"


def _without_accents(text: str) -> str:
    if text.isascii() or unicodedata.is_normalized("NFKD", text):
        return text
    spread = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize("NFC", "".join(char for char in spread if not unicodedata.combining(char)))


def simplified(text: str) -> str:
    """The text in simplified characters; looked into only where a character is outside GB 2312."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        simple: str = _converter().convert(text.encode("utf-8", "ignore").decode())
        return simple
    return text


@lru_cache(maxsize=1)
def _converter() -> Any:
    from opencc import OpenCC  # noqa: PLC0415  loaded only when a text needs it

    return OpenCC("t2s")


def digits(text: str) -> str:
    """The figures of what is written as a telephone number, without the country's code; "" where it is none."""
    if not _NUMBER.fullmatch(text):
        return ""
    return _BEFORE.sub("", "".join(_FIGURES.findall(text)))


@lru_cache(maxsize=16_384)
def read(han: str) -> tuple[str, ...]:
    """The reading of each character, "" where it is not known."""
    return tuple(pinyin.reading(char) for char in han)


@lru_cache(maxsize=1024)
def heard(reading: str) -> str:
    """A syllable as a hurried ear hears it; of the beginning of one its beginning."""
    return pinyin.blurred(reading) if reading else ""
