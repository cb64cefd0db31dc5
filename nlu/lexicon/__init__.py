"""The words that understanding knows, Chinese and English side by side in zh.toml and en.toml. Words only, no rules."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any


@lru_cache(maxsize=1)
def _all() -> dict[str, tuple[str, ...]]:
    merged: dict[str, tuple[str, ...]] = {}
    for language in ("zh", "en"):
        listed = tomllib.loads((files(__name__) / f"{language}.toml").read_text("utf-8"))
        for group, entries in _flat(listed):
            merged[group] = merged.get(group, ()) + entries
    return merged


def _flat(table: dict[str, Any], above: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield above + name, _entries(value)


def _entries(listed: str | list[str]) -> tuple[str, ...]:
    """Entries of a group: a list, or one string parted by commas where it has any, else by blanks."""
    if isinstance(listed, list):
        return tuple(listed)
    parts = listed.split(",") if "," in listed else listed.split()
    return tuple(" ".join(part.split()) for part in parts)


def words(group: str) -> tuple[str, ...]:
    """The words of a group in both languages, as listed; a KeyError where there is no such group."""
    return _all()[group]


@lru_cache(maxsize=64)
def word_set(group: str) -> frozenset[str]:
    """The words of a group as a set."""
    return frozenset(words(group))


@lru_cache(maxsize=16)
def groups(table: str) -> dict[str, tuple[str, ...]]:
    """Every group of a table with its words, by the group's name without the table's."""
    lead = f"{table}."
    return {name.removeprefix(lead): entries for name, entries in _all().items() if name.startswith(lead)}
