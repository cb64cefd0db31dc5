"""Readings, outcomes and asks as plain JSON, so that an open question outlives the process that asked it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from typing import Any

from crm.contact_cards import ContactCard
from crm.filters import Condition
from crm.money import Money
from handlers.turn import Ask, Choice, Entry, Waiting
from nlu.rule import Amount, Mention, Reading, When
from talk.incoming import IncomingFile, IncomingPlace
from talk.message import Count, Offer, Outcome, Parts, Phrase, Span, Word
from talk.picture import Picture

_KINDS: dict[str, type[Any]] = {
    cls.__name__: cls
    for cls in (
        Amount,
        Ask,
        Choice,
        Condition,
        ContactCard,
        Count,
        Entry,
        IncomingFile,
        IncomingPlace,
        Mention,
        Money,
        Offer,
        Outcome,
        Phrase,
        Picture,
        Reading,
        Span,
        Waiting,
        When,
        Word,
    )
}


def stored(value: Any) -> Any:
    """A value as JSON: dataclasses carry their kind, moments and days too; of a picture only what it says in words.
    Unknown kinds are a bug: TypeError.
    """
    if isinstance(value, Picture):
        value = replace(value, content="")
    if is_dataclass(value) and type(value).__name__ in _KINDS:
        return {"is": type(value).__name__, **{f.name: stored(getattr(value, f.name)) for f in fields(value)}}
    if isinstance(value, date | datetime):
        return {"is": type(value).__name__, "iso": value.isoformat()}
    if isinstance(value, Mapping):
        return {"is": "map", "items": {str(key): stored(part) for key, part in value.items()}}
    if isinstance(value, list | tuple | set | frozenset):
        return {"is": "Parts" if isinstance(value, Parts) else "tuple", "items": [stored(part) for part in value]}
    if value is None or isinstance(value, str | int | float | bool):
        return value
    raise TypeError(f"cannot store a {type(value).__name__}")


def revived(data: Any) -> Any:
    """The value that `stored` wrote. Lists come back as tuples."""
    if not isinstance(data, Mapping):
        return data
    kind = data["is"]
    if kind in ("date", "datetime"):
        return (date if kind == "date" else datetime).fromisoformat(data["iso"])
    if kind == "map":
        return {key: revived(part) for key, part in data["items"].items()}
    if kind in ("tuple", "Parts"):
        return (Parts if kind == "Parts" else tuple)(revived(part) for part in data["items"])
    return _KINDS[kind](**{key: revived(part) for key, part in data.items() if key != "is"})
