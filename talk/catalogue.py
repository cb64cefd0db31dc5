"""Key, facts and reader -> sentence. The words stand in talk/words/, one file a subject, zh and en side by side."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from talk.forms import Reader, written
from talk.message import Parts, Word

WORDS = Path(__file__).parent / "words"
LANGUAGES = ("zh", "en")


@cache
def words() -> dict[str, dict[str, str]]:
    """Every key with its sentence by language. A key that stands twice is a bug: ValueError."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted(WORDS.glob("*.toml")):
        for key, sentences in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if key in found:
                raise ValueError(f"{key} stands twice, the second time in {path.name}")
            found[key] = sentences
    return found


def say(key: str, reader: Reader, facts: Mapping[str, Any] | None = None) -> str:
    """The sentence of a key with its holes filled. A missing key or fact is a bug: KeyError."""
    return words()[key][reader.language].format_map(
        {name: told(value, reader) for name, value in (facts or {}).items()}
    )


def told(value: Any, reader: Reader) -> str:
    """A value as the reader says it, words by their key and parts side by side among them."""
    if isinstance(value, Word):
        return words()[value.key][reader.language]
    if isinstance(value, Parts):
        return " · ".join(text for part in value if part is not None and (text := told(part, reader)))
    if isinstance(value, list | tuple):
        return ("、" if reader.language == "zh" else ", ").join(told(part, reader) for part in value)
    return written(value, reader)


def has(key: str) -> bool:
    """Whether there are words for a key."""
    return key in words()
