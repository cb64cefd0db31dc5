"""Key, facts and reader -> sentence. The words stand in talk/words/, one file a subject, zh and en side by side."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale

from talk.forms import LOCALES, Reader, written
from talk.message import Count, Parts, Phrase, Span, Word
from talk.periods import period_name, span_key, written_span

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
    if isinstance(value, Word | Phrase | Count | Span):
        return _worded(value, reader)
    if isinstance(value, Parts):
        return " · ".join(text for part in value if part is not None and (text := told(part, reader)))
    if isinstance(value, list | tuple):
        return ("、" if reader.language == "zh" else ", ").join(told(part, reader) for part in value)
    return written(value, reader)


def _worded(value: Word | Phrase | Count | Span, reader: Reader) -> str:
    if isinstance(value, Word):
        return words()[value.key][reader.language]
    if isinstance(value, Phrase):
        return say(value.key, reader, value.facts)
    if isinstance(value, Count):
        return _counted(value, reader)
    name = period_name(value, reader.today)
    days = say(span_key(value), reader, {"days": written_span(value, reader)})
    return f"{say(name, reader)} {days}" if name else days


def _counted(count: Count, reader: Reader) -> str:
    forms = words()[count.unit][reader.language].split("|")
    is_one = Locale.parse(LOCALES[reader.language]).plural_form(count.n) == "one"
    return forms[0 if is_one else -1].format(n=count.n)


def has(key: str) -> bool:
    """Whether there are words for a key."""
    return key in words()
