"""The words that values are told with, read once from lexicon/values.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources
from typing import Any


@lru_cache(maxsize=1)
def value_words() -> dict[str, Any]:
    """The lexicon's tables, as they stand in the file."""
    return tomllib.loads(resources.files("nlu").joinpath("lexicon/values.toml").read_text(encoding="utf-8"))


def one_of(words: Iterable[str]) -> str:
    """A pattern that matches any of the words, the longest first; letters only where no other letter touches them."""
    ordered = sorted(set(words), key=len, reverse=True)
    return "(?:" + "|".join(_bounded(word) for word in ordered) + ")"


def opening(words: Iterable[str], more: str = "") -> str:
    """A lookahead for the characters that any of the words, or `more`, can begin with: it spares most of the trying."""
    return "(?=[" + re.escape("".join(sorted({word[0] for word in words} | set(more)))) + "])"


def _bounded(word: str) -> str:
    pattern = re.escape(word)
    if word[0].isascii() and word[0].isalpha():
        pattern = "(?<![A-Za-z])" + pattern
    if word[-1].isascii() and word[-1].isalpha():
        pattern += "(?![A-Za-z])"
    return pattern
