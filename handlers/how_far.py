"""How far from a customer somebody checked in, in words."""

from __future__ import annotations

from talk.message import Phrase


def how_far(metres: int | None) -> Phrase:
    """How far from the customer somebody checked in, in words."""
    if metres is None:
        return Phrase("checked_in_somewhere")
    amount = f"{metres}" if metres < 1_000 else f"{metres / 1_000:.1f}"
    return Phrase("checked_in_metres" if metres < 1_000 else "checked_in_kilometres", {"n": amount})
