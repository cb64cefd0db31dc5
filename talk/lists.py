"""Lists and the cards of a record: a head, then parts with a head of their own, an entry a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from talk.catalogue import say, told
from talk.forms import Reader
from talk.message import Block, Items, Line, Parts, Title


def list_blocks(facts: Mapping[str, Any], reader: Reader) -> list[Block]:
    """A page of a list: `head`, what it is narrowed by in `conditions`, `sections` of (head or None, entries), a `note`
    below and a `picture` where there is one.
    """
    narrowed = told(facts.get("conditions") or Parts(), reader)
    by = [Line(narrowed, label=say("label_conditions", reader))] if narrowed else []
    blocks: list[Block] = [Title(told(facts["head"], reader)), *by, *_sections(facts["sections"], reader)]
    if facts["note"] is not None:
        blocks.append(Line(told(facts["note"], reader)))
    return [*blocks, facts["picture"]] if facts.get("picture") else blocks


def record_blocks(facts: Mapping[str, Any], reader: Reader) -> list[Block]:
    """The card of one record: `head`, `fields` of (key of the label, value) a line each, and `sections`."""
    fields = [Line(told(value, reader), label=say(label, reader)) for label, value in facts["fields"]]
    return [Title(told(facts["head"], reader)), *fields, *_sections(facts["sections"], reader)]


def _sections(sections: Any, reader: Reader) -> list[Block]:
    return [
        Items(tuple(told(entry, reader) for entry in entries), head=told(head, reader) if head is not None else "")
        for head, entries in sections
    ]
