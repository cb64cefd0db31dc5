"""Every button that was ever shown, with what a person takes it to mean: also the stale ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from storage.engine import Store
from storage.post_tables import buttons as button_table
from storage.posts import StoredButton
from tests.fakes import Seen
from tests.machine.told import Question, Told, Undoing

_NO = ("金额不改", "先不标")


@dataclass(frozen=True, eq=False)
class Shown:
    """A button as it was shown: where, for whom, of which message; what it answers or puts back."""

    who: str
    chat: str
    message: str
    label: str
    token: str
    does: str
    told: Told | None
    question: Question | None = None
    decision: Any = None
    undoing: Undoing | None = None

    def __repr__(self) -> str:
        return f"[{self.label}] of {self.who}"


async def shown_in(
    store: Store, seen: Iterable[Seen], people: dict[str, str], told: Told | None, undoing: Undoing | None = None
) -> list[Shown]:
    """The buttons of what was seen; `people` are names by chat."""
    found = []
    for one in seen:
        for button in one.buttons:
            async with store.reading()() as session:
                kept = await session.scalar(select(StoredButton).where(button_table.c.token == button.token))
            group = str(kept.facts.get("group", "")).partition(":")[0]
            question = None
            if told is not None and kept.action == "answer":
                question = next((q for q in told.asks.values() if q.kind == group), None)
            decision = button.label.split(" · ")[0] if group == "customer" else button.label not in _NO
            found.append(
                Shown(
                    people[one.chat], one.chat, one.message, button.label, button.token, kept.action, told,
                    question, decision, undoing if kept.action == "redo" else None,
                )
            )  # fmt: skip
    return found
