"""What readings of the same words leave standing: of notes, of tasks that are known, of names."""

from __future__ import annotations

import re
from dataclasses import replace

from nlu.rule import Reading
from nlu.scene import Scene

REFUTES = re.compile(r"不是|并非|唔系|错|\bnot\b|\bwrong\b")
OF_A_TASK = frozenset({"drop_task", "finish_task", "move_task", "rename_task", "hand_over_task"})


def told_outright(scene: Scene, left: list[Reading]) -> list[Reading]:
    """A fact of a customer or person who is named with it is told, not corrected: 王总电话改成139…."""
    told = any(r.intent in ("update_customer", "update_contact", "add_note") for r in left)
    if not told or not scene.has_any("customer", "person"):
        return left
    return left if REFUTES.search(scene.folded) else [r for r in left if r.intent != "correct_record"]


def notes_alone(scene: Scene, left: list[Reading]) -> list[Reading]:
    """What is to be noted in so many words reports nothing; what is to be remembered is whatever else it reports."""
    outright = [r for r in left if r.intent == "add_note" and "if_nothing_else" not in r.slots]
    if outright:
        within = [line for r in outright for line in _line_of(scene, r)]
        return [r for r in left if r in outright or not any(start <= r.start < end for start, end in within)]
    others = [r for r in left if r.intent != "add_note"]
    return others or [_noted(r) for r in left]


def _line_of(scene: Scene, reading: Reading) -> list[tuple[int, int]]:
    """The line that a note goes on to the end of, as a span of the original text."""
    end = reading.start + len(scene.text.original[reading.start :].split("\n", 1)[0])
    return [(reading.start, end)]


def tasks_settled(scene: Scene, left: list[Reading]) -> list[Reading]:
    """A task that is moved, finished, renamed or handed over is not also new, nor does it report what it is about. The
    day of a fact (开标) is no task, that of a signing none by a mere guess.
    """
    if any(r.intent == "record_visit" for r in left):
        left = [r for r in left if r.intent != "finish_task" or "title" not in r.slots]
    given = {(r.start, r.end) for r in left if r.intent == "hand_over_task"}
    left = [r for r in left if not (r.is_guess and r.intent in OF_A_TASK and (r.start, r.end) in given)]
    facts = {(r.start, r.end) for r in left if r.intent == "state_fact"}
    dated = facts | {(r.start, r.end) for r in left if not r.is_guess and "close_on" in r.slots}
    left = [
        r for r in left if not (r.intent == "create_task" and (r.start, r.end) in (dated if r.is_doubted else facts))
    ]
    known = [r for r in left if r.intent in OF_A_TASK]
    if known and not scene.has_any("customer", "person", "deal"):
        left = [r for r in left if r.intent != "state_fact"]  # 报价那个发了 tells of the task, whatever was spoken of
    return [r for r in left if not any(_is_of(k, r) for k in known)]


def _is_of(known: Reading, other: Reading) -> bool:
    """Whether another reading of the same words only says what the known task's says already."""
    if (
        known.intent == "hand_over_task"
        and other.intent == "create_task"
        and known.slots["assignee"] == other.slots.get("assignee")
    ):
        return True
    if not (known.start < other.end and other.start < known.end):
        return False
    if known.intent == "rename_task":
        return other.intent != "rename_task"
    return other.intent in ("create_task", "note_ticket")


def names_told(scene: Scene, left: list[Reading]) -> list[Reading]:
    """What a customer is called for short introduces nobody, and nobody called on them."""
    called = {(r.start, r.end) for r in left if "short_names" in r.slots}
    return [r for r in left if r.intent not in ("update_contact", "record_visit") or (r.start, r.end) not in called]


def _noted(reading: Reading) -> Reading:
    return replace(reading, slots={name: value for name, value in reading.slots.items() if name != "if_nothing_else"})
