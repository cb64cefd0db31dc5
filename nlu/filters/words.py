"""The words that lists are filtered by, read once from lexicon/filters.toml, as patterns and as values."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files

from nlu.value_words import one_of


@lru_cache(maxsize=1)
def _tables() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    told = tomllib.loads((files("nlu.lexicon") / "filters.toml").read_text("utf-8"))
    return {
        table: {name: tuple(word.strip() for word in line.split(",")) for name, line in groups.items()}
        for table, groups in told.items()
    }


@lru_cache(maxsize=16)
def said(table: str) -> Mapping[str, str]:
    """What a word of a table stands for, by the word."""
    return {word: name for name, words in _tables()[table].items() for word in words}


def any_of(table: str, *names: str) -> str:
    """A pattern of the words of a table, of some of its groups where they are named."""
    groups = _tables()[table]
    return one_of(word for name in names or groups for word in groups[name])


def bounded(words: Iterable[str]) -> str:
    """A pattern of any of some words, letters whole."""
    return one_of(words)
