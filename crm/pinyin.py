"""Chinese names in Latin letters, as English messages write them: 晨岚 -> chenlan, 何建明 -> he jianming."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

SPELLINGS = 8  # ways to part letters that are told


@lru_cache(maxsize=1)
def _readings() -> dict[str, str]:
    table = tomllib.loads((files("crm") / "pinyin.toml").read_text("utf-8"))
    return {character: reading for reading, characters in table.items() for character in characters}


def reading(character: str) -> str:
    """How a character is read, without its tone; "" where it is none that is known here."""
    return _readings().get(character, "")


@lru_cache(maxsize=4096)
def parted(letters: str, most: int) -> tuple[tuple[str, ...], ...]:
    """The ways in which letters part into so many syllables at most; of many the first few, long syllables first."""
    if not letters:
        return ((),)
    heads = [letters[:size] for size in range(6, 0, -1) if len(letters) >= size and letters[:size] in _characters()]
    found = [(head, *rest) for head in heads if most for rest in parted(letters[len(head) :], most - 1)]
    return tuple(found[:SPELLINGS])


def begins(letters: str) -> bool:
    """Whether a syllable begins so."""
    return letters in _beginnings()


@lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    return frozenset(reading[:size] for reading in _characters() for size in range(1, len(reading)))


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
    """How letters part into two to four syllables, each told by the characters that read so: (陈晨…, 兰岚…)."""
    return tuple(tuple(_characters()[part] for part in parts) for parts in _parted(letters, 4) if len(parts) > 1)


def one_syllable(letters: str) -> str:
    """The characters that letters spell alone, "" where they are no syllable."""
    return _characters().get(letters, "")


@lru_cache(maxsize=1)
def _sounding() -> dict[str, str]:
    """The characters of each reading as a hurried ear hears it."""
    found: dict[str, str] = {}
    for reading, characters in _characters().items():
        sound = blurred(reading)
        found[sound] = found.get(sound, "") + characters
    return found


@lru_cache(maxsize=1024)
def sounding_like(name: str) -> tuple[str, ...]:
    """For each character of a name those that sound alike; empty where one is not known."""
    return tuple(_sounding()[blurred(reading)] for reading in syllables(name))


def blurred(reading: str) -> str:
    """A syllable as a hurried ear hears it: zh and z are one, and so are in and ing."""
    told = reading[0] + reading[2:] if reading[:2] in ("zh", "ch", "sh") else reading
    return told[:-1] if told.endswith(("ang", "eng", "ing")) else told


def _parted(letters: str, most: int) -> list[list[str]]:
    if not letters:
        return [[]]
    if not most:
        return []
    heads = [letters[:n] for n in range(1, 7) if letters[:n] in _characters()]
    return [[head, *rest] for head in dict.fromkeys(heads) for rest in _parted(letters[len(head) :], most - 1)]
