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


@lru_cache(maxsize=1)
def _characters() -> dict[str, str]:
    """The characters of each reading."""
    found: dict[str, str] = {}
    for character, reading in _readings().items():
        found[reading] = found.get(reading, "") + character
    return found


@lru_cache(maxsize=4096)
def spelled(letters: str) -> tuple[tuple[str, ...], ...]:
    """How letters part into two to four syllables, each told by the characters that read so: chenlan -> (陈晨…, 兰岚…)."""
    return tuple(tuple(_characters()[part] for part in parts) for parts in _parted(letters, 4) if len(parts) > 1)


def one_syllable(letters: str) -> str:
    """The characters that letters spell alone, "" where they are no syllable."""
    return _characters().get(letters, "")


def _parted(letters: str, most: int) -> list[list[str]]:
    if not letters:
        return [[]]
    if not most:
        return []
    heads = [letters[:n] for n in range(1, 7) if letters[:n] in _characters()]
    return [[head, *rest] for head in dict.fromkeys(heads) for rest in _parted(letters[len(head) :], most - 1)]
