"""How a message was understood, step by step, for people to read."""

from __future__ import annotations

from collections.abc import Iterator

from nlu.rule import Reading, Understanding


def explain(understanding: Understanding) -> str:
    """Lines: the normalised text, what was found where, which rules proposed, what was decided, and the readings."""
    return "\n".join(_lines(understanding))


def _lines(understanding: Understanding) -> Iterator[str]:
    yield f"text      {understanding.normalised!r}"
    for find in understanding.finds:
        where = f"[{find.start}:{find.end}]"
        yield f"find      {find.kind:<10} {where} {find.text!r} = {find.value!r}  ({find.rule or '-'})"
    for reading in understanding.proposed:
        yield f"step      proposed {reading.intent}/{reading.rule} [{reading.start}:{reading.end}] {_slots(reading)}"
    for step in understanding.trace:
        yield f"step      {step}"
    for reading in understanding.readings:
        yield f"reading   {reading.intent} [{reading.start}:{reading.end}] {_slots(reading)}  ({reading.rule or '-'})"


def _slots(reading: Reading) -> str:
    return ", ".join(f"{slot}={value!r}" for slot, value in reading.slots.items())
