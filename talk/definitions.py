"""What each figure of a report means: what is counted, in which period, by which formula. The sentences are words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm.deals import LONG_IN_STAGE_DAYS, SILENT_DAYS
from crm.reports.review import COHORT_DAYS
from talk.catalogue import say
from talk.forms import Reader
from talk.message import Block, Items, Offer, Title

_OF_ALL = ("whose", "money", "days")
_FLOWS = ("new", "moved", "won", "lost")
_FUNNEL = ("standing", "weighted", "change", *_FLOWS, "forecast", "attainment", "stalled", "silent_reps")
DEFINITIONS: dict[str, tuple[str, ...]] = {  # report -> the figures that it tells
    "funnel": (*_FUNNEL, *_OF_ALL),
    "review": (*_FUNNEL, "visits", "new_customers", "conversion", "dwell", *_OF_ALL),
    "forecast": ("forecast", "weighted", "won", "attainment", *_OF_ALL),
    "performance": ("won", "new", "visits", "new_customers", "attainment", *_OF_ALL),
    "stalled": ("stalled", *_OF_ALL),
}
DEFINITIONS[""] = tuple(dict.fromkeys(figure for figures in DEFINITIONS.values() for figure in figures))


def definitions_blocks(facts: Mapping[str, Any], reader: Reader) -> list[Block]:
    """The definitions of the figures of a `report`, "" for every one there is."""
    numbers = {"silent": SILENT_DAYS, "long": LONG_IN_STAGE_DAYS, "cohort": COHORT_DAYS}
    figures = DEFINITIONS.get(facts["report"], DEFINITIONS[""])
    told = tuple(say(f"definition_{figure}", reader, numbers) for figure in figures)
    return [Title(say("definitions_head", reader)), Items(told)]


def definitions_offer(report: str) -> Offer:
    """The button under a report that shows what its figures mean."""
    return Offer("button_definitions", "definitions", {"report": report})
