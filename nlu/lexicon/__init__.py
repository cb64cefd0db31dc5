"""The words that understanding knows, Chinese and English side by side in zh.toml and en.toml. Words only, no rules."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def _all() -> dict[str, tuple[str, ...]]:
    merged: dict[str, tuple[str, ...]] = {}
    for language in ("zh", "en"):
        listed = tomllib.loads((files(__name__) / f"{language}.toml").read_text("utf-8"))
        for group, entries in listed.items():
            split = entries.split() if isinstance(entries, str) else entries
            merged[group] = merged.get(group, ()) + tuple(split)
    return merged


def words(group: str) -> tuple[str, ...]:
    """The words of a group in both languages, as listed; a KeyError where there is no such group."""
    return _all()[group]


@lru_cache(maxsize=64)
def word_set(group: str) -> frozenset[str]:
    """The words of a group as a set."""
    return frozenset(words(group))


def groups() -> tuple[str, ...]:
    """Every group's name."""
    return tuple(_all())
