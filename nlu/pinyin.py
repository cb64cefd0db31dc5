"""Chinese names in Latin letters, as English messages write them: 晨岚 -> chenlan, 何建明 -> he jianming."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def _readings() -> dict[str, str]:
    table = tomllib.loads((files("nlu.lexicon") / "pinyin.toml").read_text("utf-8"))
    return {character: reading for reading, characters in table.items() for character in characters}


def syllables(name: str) -> list[str]:
    """The reading of each character without tones; empty where one of them is no Chinese character known here."""
    readings = _readings()
    read = [readings.get(character, "") for character in name]
    return read if all(read) else []


def joined(name: str) -> str:
    """The readings run together, "" where a character has none."""
    return "".join(syllables(name))


def initials(name: str) -> str:
    """The first letters of the readings: 晨岚科技 -> clkj."""
    return "".join(syllable[0] for syllable in syllables(name))
