"""Of all that the rules proposed: what is said twice becomes one, what is contradicted goes."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from nlu.commands import COMMANDS
from nlu.deals_settled import budgets_told, of_new_deals, one_claim_each, one_outcome_each
from nlu.overlaps import OF_A_TASK, names_told, notes_alone, tasks_settled, told_outright
from nlu.question import LOOKS, QUESTIONS, one_question_each
from nlu.rule import Mention, Reading, When
from nlu.scene import Scene
from nlu.unmeant import without_jests, without_pastimes, without_supposed

TOLD_APART_BY = {  # the slots in which two readings of an intent must agree to be one
    "answer_query": ("topic", "customer"),
    "finish_task": ("task", "tasks", "title"),
    "move_task": ("task", "tasks", "title"),
    "rename_task": ("task", "tasks"),
    "hand_over_task": ("task", "tasks"),
    "update_contact": ("customer", "name"),
    "state_fact": ("customer", "fact"),
}
MAY_BE_LEFT_OUT = {  # of one of two readings of an intent that are one, but not differ
    "answer_query": ("user", "stage", "since", "until"),
    "note_quote": ("deal",),
    "update_deal": ("deal",),
    "note_contract": ("deal",),
}
CALLS = re.compile(
    r"来[电電]|打[来來]|[电電][话話]|微信|[邮郵]件|whatsapp|\b(?:called|phoned|rang|emailed)\b", re.IGNORECASE
)
AT_LEAST = 1_000  # by so much a guessed question must be the stronger to outdo a sure report
ADDED = ("needs", "objections")  # what a visit tells of a customer's mind


def decide(scene: Scene, proposed: Iterable[Reading]) -> list[Reading]:
    """The readings that stand, in the order of the text."""
    left = list(proposed)
    for step in STEPS if left else ():
        before = len(left)
        left = step(scene, left)
        if len(left) != before:
            scene.trace.append(f"{step.__name__.strip('_')}: {before} -> {len(left)}")
    return sorted(left, key=lambda reading: reading.start)


def _commands_alone(scene: Scene, left: list[Reading]) -> list[Reading]:
    commands = [r for r in left if r.intent in COMMANDS or r.rule == "command"]
    filtered = [r for r in left if r.rule == "filtered"]
    return commands[:1] or filtered or left


def _not_told_but_corrected(scene: Scene, left: list[Reading]) -> list[Reading]:
    """What corrects is no task and no visit of its own, and changes no task but one that it names."""
    if not any(r.intent == "correct_record" for r in left):
        return left
    of_its_own = ("create_task", "record_visit", "look_up_customer", "add_note")
    return [r for r in left if r.intent not in of_its_own and (r.intent not in OF_A_TASK or "task" in r.slots)]


def _without_asked(scene: Scene, left: list[Reading]) -> list[Reading]:
    """A clause that asks reports nothing; where a question is the weaker guess, what the clause reports stands."""
    told = [r for r in left if r.intent in QUESTIONS and not _is_outdone(r, left)]
    left = [r for r in left if r.intent not in QUESTIONS or any(r is one for one in told)]
    asked = {(r.start, r.end) for r in left if r.intent in LOOKS}
    return [r for r in left if r.intent in LOOKS or not ((r.start, r.end) in asked or _goes_on(scene, r, asked))]


def _is_outdone(asked: Reading, left: list[Reading]) -> bool:
    """Whether a question is but a guess, and a sure rule reads a report from the clause more strongly."""
    if not asked.is_guess:
        return False
    clause = (asked.start, asked.end)
    reports = [r for r in left if (r.start, r.end) == clause and r.intent not in LOOKS and not r.is_guess]
    return any(report.strength > asked.strength - AT_LEAST for report in reports)


def _goes_on(scene: Scene, reading: Reading, asked: Collection[tuple[int, int]]) -> bool:
    """Whether a clause goes on with one that asks, without a pause between them: 有几个单子预计这个月能签."""
    before = scene.text.original[reading.start - 1 : reading.start]
    return bool(before) and (before.isalnum()) and any(end == reading.start for _, end in asked)


def _merged(scene: Scene, left: list[Reading]) -> list[Reading]:
    """Readings of one intent about one and the same thing become one; what is said later fills in and corrects."""
    kept: list[Reading] = []
    for reading in left:
        place = next((i for i, other in enumerate(kept) if _same_thing(other, reading)), None)
        if place is None:
            kept.append(reading)
        else:
            kept[place] = _joined(kept[place], reading)
    return kept


def _same_thing(one: Reading, other: Reading) -> bool:
    if one.intent != other.intent or one.intent in ("create_task", "look_up_customer", "add_note"):
        return False
    if one.intent == "update_deal" and one.is_doubted != other.is_doubted:
        return False  # what is asked about must not ride on what is sure
    if not all(_alike(one, other, slot) for slot in TOLD_APART_BY.get(one.intent, ("customer",))):
        return False
    if one.intent == "record_visit":
        return _same_occasion(one, other)
    return all(
        slot not in other.slots or slot not in one.slots or _alike(one, other, slot)
        for slot in MAY_BE_LEFT_OUT.get(one.intent, ())
    )


def _alike(one: Reading, other: Reading, slot: str) -> bool:
    return bool(identity(one.slots.get(slot)) == identity(other.slots.get(slot)))


def identity(value: Any) -> Any:
    """What makes two mentions the same: the key, else the candidates, else the words."""
    if isinstance(value, Mention):
        return value.key if value.key is not None else value.candidates or value.text
    return value


def _same_occasion(one: Reading, other: Reading) -> bool:
    """One contact told in two clauses: no two days, no two channels unless one of them is a mere talk."""
    days = {day_of(r.slots.get("at")) for r in (one, other)} - {None}
    return len(days) < 2 or (one.rule == "perhaps") != (other.rule == "perhaps")


def day_of(at: Any) -> date | None:
    """The day of a time, None where there is none."""
    return at.last_day if isinstance(at, When) else None


RANK = {"office": 8, "event": 7, "meal": 6, "online": 5, "wechat": 4, "email": 3, "onsite": 2, "phone": 1}


def _joined(one: Reading, other: Reading) -> Reading:
    slots = dict(one.slots)
    for slot, value in other.slots.items():
        if slot in ("contacts", "competitors", "short_names") and slot in slots:
            slots[slot] = _united(slots[slot], value)
        elif slot == "channel" and slot in slots:
            slots[slot] = max(slots[slot], value, key=lambda channel: RANK.get(channel, 0))
        elif (
            slot
            in (
                "customer",
                "name",
                "at",
                "topic",
                "since",
                "until",
                "title",
                "industry",
                "source",
                "lost_reason",
                "instalments",
            )
            and slot in slots
        ):
            continue
        else:
            slots[slot] = value
    if any(each.slots.get("is_new") and "deal" not in each.slots for each in (one, other)):
        slots.pop("deal", None)  # what is told of a new deal without a name is not told of the one that is known
    told = max(one, other, key=lambda reading: reading.strength)
    start, end = min(one.start, other.start), max(one.end, other.end)
    return replace(told, slots=slots, start=start, end=end, is_doubted=one.is_doubted and other.is_doubted)


def _united(first: tuple[Any, ...], second: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple({identity(value): value for value in (*first, *second)}.values())


def _contract_holds_sum(scene: Scene, left: list[Reading]) -> list[Reading]:
    """A sum signed for stands in the contract alone, a sum offered in the quote alone."""
    told = [r for r in left if r.intent in ("note_contract", "note_quote", "note_payment") and "amount" in r.slots]
    left = [_without(r, "amount") if any(_holds(other, r) for other in told) else r for r in left]
    return [r for r in left if r.intent != "update_deal" or not r.slots.keys() <= {"customer", "deal"}]


def _holds(told: Reading, deal: Reading) -> bool:
    if deal.intent != "update_deal" or not _alike(told, deal, "customer"):
        return False
    return told.intent == "note_contract" or told.slots["amount"] == deal.slots.get("amount")


def _without(reading: Reading, slot: str) -> Reading:
    return replace(reading, slots={name: value for name, value in reading.slots.items() if name != slot})


def _tasks_joined(scene: Scene, left: list[Reading]) -> list[Reading]:
    """A task whose title the next one takes up is that one."""
    tasks = [r for r in left if r.intent == "create_task"]
    taken = [
        one
        for one, other in itertools.pairwise(tasks)
        if str(other.slots["title"]).startswith(str(one.slots["title"]))
        and "due" in other.slots
        and _alike(one, other, "customer")
        and ("assignee" not in one.slots or _alike(one, other, "assignee"))
    ]
    return [r for r in left if not any(r is one for one in taken)]


def _needs_settled(scene: Scene, left: list[Reading]) -> list[Reading]:
    """What is added to a visit stands by itself only where no visit tells it and its clause says nothing else."""
    told = " ".join(str(r.slots.get(slot, "")) for r in left if r.intent == "record_visit" for slot in ADDED)
    taken = {(r.start, r.end) for r in left if r.intent != "add_to_visit"}
    return [r for r in left if r.intent != "add_to_visit" or ((r.start, r.end) not in taken and not _in(told, r))]


def _visits_of_new_deals(scene: Scene, left: list[Reading]) -> list[Reading]:
    """A visit told together with a new deal of its customer, and with no other, is about that deal."""
    new = [r for r in left if r.intent == "update_deal" and r.slots.get("is_new") and "deal" in r.slots]
    kept = []
    for reading in left:
        deals = [r.slots["deal"] for r in new if _alike(r, reading, "customer")]
        is_untied = reading.intent == "record_visit" and "deal" not in reading.slots
        tied = is_untied and len(deals) == 1
        kept.append(replace(reading, slots={**reading.slots, "deal": deals[0]}) if tied else reading)
    return kept


def _in(told: str, reading: Reading) -> bool:
    return all(str(reading.slots[slot]) in told for slot in ADDED if slot in reading.slots)


def _faults_alone(scene: Scene, left: list[Reading]) -> list[Reading]:
    """Whoever calls or writes of a fault reports it: no contact besides, where one clause tells of both."""
    faults = {(r.start, r.end) for r in left if r.intent == "note_ticket"}
    return [r for r in left if not ((r.start, r.end) in faults and _is_mere_call(scene, r))]


def _is_mere_call(scene: Scene, reading: Reading) -> bool:
    told = reading.slots.keys() <= {"customer", "contacts", "channel", "at"}
    called = CALLS.search(scene.text.original, reading.start, reading.end)
    return reading.intent == "record_visit" and told and called is not None


def _without_repeats(scene: Scene, left: list[Reading]) -> list[Reading]:
    kept: list[Reading] = []
    for reading in left:
        if not any(r.intent == reading.intent and r.slots == reading.slots for r in kept):
            kept.append(reading)
    return [r for r in kept if not (r.is_doubted and any(_says_all(other, r) for other in kept if other is not r))]


def _says_all(other: Reading, guess: Reading) -> bool:
    """Whether another reading of the intent says all that a guess does."""
    said = all(slot in other.slots and _alike(other, guess, slot) for slot in guess.slots)
    return other.intent == guess.intent and said


STEPS = (  # in this order
    _commands_alone,
    _faults_alone,
    without_jests,
    without_supposed,
    without_pastimes,
    told_outright,
    _not_told_but_corrected,
    notes_alone,
    _without_asked,
    one_question_each,
    one_outcome_each,
    of_new_deals,
    one_claim_each,
    budgets_told,
    _merged,
    _contract_holds_sum,
    _tasks_joined,
    tasks_settled,
    names_told,
    _needs_settled,
    _visits_of_new_deals,
    _without_repeats,
)
