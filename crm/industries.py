"""Industries as people say them, and what the records of a customer of one may hold."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def industries() -> Mapping[str, tuple[str, ...]]:
    """What records hold, by each way to say an industry, in lower case."""
    found: dict[str, tuple[str, ...]] = {}
    for line in tomllib.loads((files(__package__) / "industries.toml").read_text("utf-8")).values():
        said, _, held = line.partition("|")
        for name in _words(said):
            found.setdefault(name, _words(held))
    return found


def words_of(said: str) -> tuple[str, ...]:
    """What the records of a customer of an industry may hold: the word itself where nobody knows it."""
    return industries().get(said.lower(), (said.lower(),))


def _words(listed: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in listed.split("," if "," in listed else None))
