"""Whether a message speaks of nothing but what its group is bound to: only then is it answered where all read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm.customers import Contact
from crm.deals import Deal
from crm.tasks import Task
from handlers.groups.hear import LOGGED, OF_ONE_CUSTOMER
from handlers.stored import revived
from handlers.turn import Bound, Turn
from nlu.rule import Mention, Reading, Understanding
from storage.customers import visible_among

ASKING = {
    *("answer_query", "brief_customer", "list_gaps", "list_sharers", "look_up_customer", "show_files", "show_timeline")
}
ABOUT_ONE = LOGGED | ASKING | {"keep_contact"}  # of the group's customer
RECORDS: dict[str, type[Any]] = {"deal": Deal, "contact": Contact, "contacts": Contact}
OF_TASKS = frozenset({"drop_task", "finish_task", "hand_over_task", "move_task", "rename_task"})
OF_THE_CARD = frozenset({"correct_record", "show_help"})  # about what stands in this chat, or about no record
TAPPED = frozenset(
    {"answer", "card", "customer", "definitions", "field", "fields", "files", "keep_contact", "look", "redo", "undo"}
)


async def speaks_of_group(turn: Turn, bound: Bound, said: Understanding) -> bool:
    """Whether all that is said is about what the group is bound to, and names no other customer."""
    for find in said.finds:
        if find.kind == "customer" and not isinstance(find.value, str) and bound.customer_id not in find.value:
            return False
    return all([await _is_of_group(turn, bound, reading) for reading in said.readings])


async def _is_of_group(turn: Turn, bound: Bound, reading: Reading) -> bool:
    if reading.intent in ABOUT_ONE:
        if reading.slots.get("again"):
            return False  # of the list shown last, wherever that was
        is_list = reading.intent == "answer_query"
        is_ours = _names(reading, bound) and not (is_list and reading.slots.get("topic") not in OF_ONE_CUSTOMER)
        return is_ours and await _records_of_group(turn, bound, reading)
    if reading.intent in OF_TASKS:
        return await _tasks_of_group(turn, bound, reading)
    if reading.intent == "undo_changes":  # the last message said here; of a day, only what is about the customer
        return not reading.slots.get("at") or _names(reading, bound)
    return reading.intent in OF_THE_CARD


async def _records_of_group(turn: Turn, bound: Bound, reading: Reading) -> bool:
    """Whether the deals and people that a reading names, or may mean, are all the customer's own."""
    for slot, kind in RECORDS.items():
        told = reading.slots.get(slot)
        for mention in told if isinstance(told, tuple) else (told,):
            known = (mention.key, *mention.candidates) if isinstance(mention, Mention) else ()
            found: list[Any] = [await turn.ledger.get(kind, int(key)) for key in known if key is not None]
            if any(record is None or record.customer_id != bound.customer_id for record in found):
                return False
    return True


def _names(reading: Reading, bound: Bound) -> bool:
    customer: Mention | None = reading.slots.get("customer")
    return customer is not None and customer.key == bound.customer_id


async def _tasks_of_group(turn: Turn, bound: Bound, reading: Reading) -> bool:
    """Whether the tasks meant are told by number or words, and are all of the group's customer."""
    keys = [reading.slots["task"]] if reading.slots.get("task") is not None else reading.slots.get("tasks", ())
    tasks = [await turn.ledger.get(Task, int(key)) for key in keys]
    return bool(tasks) and all(task is not None and task.customer_id == bound.customer_id for task in tasks)


async def tap_is_of_group(turn: Turn, action: str, facts: Mapping[str, Any], bound: Bound) -> bool:
    """Whether what a button does stays with what the group is bound to; it was shown there since it is bound."""
    if action not in TAPPED:
        return False
    asked: Reading | None = revived(facts["reading"]) if "reading" in facts else None
    return asked is None or (asked.intent in ABOUT_ONE and await _is_of_group(turn, bound, asked))


async def sees_group(turn: Turn, bound: Bound) -> bool:
    """Whether the speaker may see what the group is bound to, by whatever right."""
    return bool(await visible_among(turn.session, turn.actor, [bound.customer_id]))
