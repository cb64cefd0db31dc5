"""What somebody looks after, ranked by worth, a page at a time: all of it goes, or what is ticked, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from crm.hand_overs import Holding
from handlers.queries.pages import PAGE, brief, short
from handlers.turn import Ask, Choice, Turn
from nlu.rule import Reading
from storage.hand_overs import Scope
from talk.message import Count, Parts, Phrase, Word

TICKED, LEFT = "☑ ", "☐ "


@dataclass(frozen=True)
class Step:
    """Where the choosing stands: the reading that remembers page and ticks, and what is to be handed over once told."""

    reading: Reading
    scope: Scope | None = None

    @property
    def page(self) -> int:
        """The page shown."""
        return int(self.reading.slots.get("page") or 0)

    @property
    def ticked(self) -> tuple[int, ...] | None:
        """The customers ticked so far; None while nobody picks."""
        found: tuple[int, ...] | None = self.reading.slots.get("ticked")
        return found


def step_taken(turn: Turn, reading: Reading) -> Step:
    """The step that a tap decides on; the first time, the first page."""
    what, value = turn.decisions.get("step") or ("page", 0)
    ticked = tuple(reading.slots.get("ticked") or ())
    if what == "all":
        return Step(reading, Scope())
    if what == "ticked" and ticked:
        return Step(reading, Scope(keys=ticked))
    told: dict[str, Any] = {"page": value} if what == "page" else {}
    if what == "tick":
        told["ticked"] = tuple(key for key in ticked if key != value) if value in ticked else (*ticked, value)
    if what == "pick":
        told["ticked"] = ()
    return Step(replace(reading, slots={**reading.slots, **told}))


def ask_how(turn: Turn, step: Step, held: Sequence[Holding], tasks: int, names: dict[str, str]) -> Ask:
    """The list with its buttons."""
    pages = max(1, -(-len(held) // PAGE))
    page = min(step.page, pages - 1)
    shown = held[page * PAGE : (page + 1) * PAGE]
    facts: dict[str, Any] = {
        **names,
        "customers": Count(len(held), "count_customers"),
        "tasks": Count(tasks, "count_tasks"),
        "page": f"{page + 1}/{pages}" if pages > 1 else "",
        "entries": [holding_entry(one) for one in shown],
    }
    choices = _ticks(step, shown) if step.ticked is not None else ()
    choices += _turning(page, pages)
    if step.ticked:
        choices += (_choice("hand_over_ticked", ("ticked", 0), n=Count(len(step.ticked), "count_customers")),)
    everything = facts["customers"] if held else facts["tasks"]
    choices += (_choice("hand_over_all", ("all", 0), n=everything),)
    if step.ticked is None and len(held) > 1:
        choices += (_choice("hand_over_pick", ("pick", 0)),)
    choices += (Choice("hand_over_none", {"dropped": True}),)
    group = f"hand_over:{names['former']}"
    return Ask("hand_over_asked", step.reading, choices, group, facts)


def holding_entry(one: Holding) -> Parts:
    """Customer · open amount · its biggest deal and the stage · last contact · open tasks."""
    deal = one.biggest
    last: Any = Phrase("contacted_on", {"day": one.contacted_on}) if one.contacted_on else Word("never_contacted")
    stage = Parts((short(deal.name, 30), deal.stage.names)) if deal else Word(f"tier_{one.customer.tier}")
    due = Phrase("open_tasks", {"n": Count(one.tasks, "count_tasks")}) if one.tasks else None
    return Parts((brief(one.customer.name), list(one.open_sums) or None, stage, last, due))


def _ticks(step: Step, shown: Sequence[Holding]) -> tuple[Choice, ...]:
    ticked = step.ticked or ()
    return tuple(
        _choice("hand_over_tick", ("tick", one.customer.id), name=_mark(one, ticked) + brief(one.customer.name))
        for one in shown
    )


def _mark(one: Holding, ticked: Sequence[int]) -> str:
    return TICKED if one.customer.id in ticked else LEFT


def _turning(page: int, pages: int) -> tuple[Choice, ...]:
    return tuple(
        _choice(label, ("page", other))
        for label, other in (("page_before", page - 1), ("page_after", page + 1))
        if 0 <= other < pages
    )


def _choice(label: str, step: tuple[str, int], **words: Any) -> Choice:
    return Choice(label, {"step": step}, words)
