"""What a correction teaches: the message's readings before and after it are kept, with the fields that differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from crm.changes import Card
from crm.corrections import Correction
from handlers.stored import stored
from handlers.turn import Turn
from nlu.rule import Reading

Pair = tuple[Reading | None, Reading | None]  # a reading before and after, None where there was or is none


def note_correction(turn: Turn, card: Card, way: str, pairs: Iterable[Pair]) -> None:
    """Keep how the card's message was read and how it should have been, where that differs. `way`: see WAYS."""
    both = list(pairs)
    fields = fields_that_differ(both)
    if not fields:
        return
    turn.session.add(
        Correction(
            inbox_id=card.inbox_id,
            user_id=turn.actor.id,
            made_at=turn.ledger.now,
            way=way,
            text=card.text,
            at=card.at,
            said="" if turn.incoming.kind in ("tap", "edit") else turn.text,
            fields=fields,
            wrong=[stored(wrong) for wrong, _ in both if wrong is not None],
            right=[stored(right) for _, right in both if right is not None],
        )
    )


def way_of(turn: Turn) -> str:
    """How the message at hand corrects another."""
    if turn.incoming.kind in ("tap", "edit"):
        return "button" if turn.incoming.kind == "tap" else "edit"
    return "reply" if turn.incoming.reply_to else "words"


def fields_that_differ(pairs: Iterable[Pair]) -> list[str]:
    """What differs between readings before and after, each "intent.slot"; a whole reading more or less "intent"."""
    found: dict[str, None] = {}
    for wrong, right in pairs:
        if wrong is None or right is None:
            found |= {reading.intent: None for reading in (wrong, right) if reading is not None}
            continue
        slots = dict.fromkeys((*wrong.slots, *right.slots))
        found |= {f"{right.intent}.{slot}": None for slot in slots if _differs(wrong.slots, right.slots, slot)}
    return list(found)


def _differs(wrong: Mapping[str, Any], right: Mapping[str, Any], slot: str) -> bool:
    return bool(stored(wrong.get(slot)) != stored(right.get(slot)))
