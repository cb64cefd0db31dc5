"""What heads and cells of sheets say, as heads.toml lists it."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def lists() -> dict[str, dict[str, list[str]]]:
    """The tables of heads.toml."""
    return tomllib.loads((files("nlu.lexicon") / "heads.toml").read_text("utf-8"))


@lru_cache(maxsize=8)
def meanings(table: str) -> dict[str, str]:
    """What each word of a table stands for."""
    return {word: key for key, words in lists()[table].items() for word in words}
