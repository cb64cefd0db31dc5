"""Tasks as they are told: a line of a list, a card for whoever does it, a card for the superiors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm.due import DueTask, TaskPast
from crm.pushes import Push
from crm.tasks import ToTell
from jobs.pushing import Item, To
from jobs.rungs import in_words, is_high_risk
from nlu.company_forms import without_form
from storage.due_tasks import due_tasks, past_of
from talk.message import Count, Offer, Outcome, Parts, Phrase, Word


async def task_items(to: To, pushes: Sequence[Push]) -> list[Item]:
    """The tasks among the pushes that are still open and seen. Of several pushes about one the highest is told."""
    found = await due_tasks(to.session, to.actor, [push.thing_id for push in pushes if push.thing_id is not None])
    newest: dict[int, Push] = {}
    for push in pushes:
        if push.thing_id in found and push.level >= newest.get(push.thing_id, push).level:
            newest[push.thing_id] = push
    return [_item(to, push, found[key]) for key, push in newest.items()]


def _item(to: To, push: Push, due: DueTask) -> Item:
    async def card(to: To) -> Outcome:
        return await _own_card(to, push, due) if _is_own(to, due) else await _superiors_card(to, push, due)

    whose = None if _is_own(to, due) else due.assignee
    task = due.task
    line = Parts((f"#{task.id}", task.title, task.due_at or task.due_on, without_form(due.customer), whose))
    is_late = push.level or late_days(to, task) > 0
    head = "head_push_due" if not is_late else "head_push_late" if _is_own(to, due) else "head_push_late_below"
    offer = Offer("push_done_in_list", "push_done", {"task": task.id}, {"n": task.id})
    return Item(push, head, line, card, offer if _is_own(to, due) else None)


def _is_own(to: To, due: DueTask) -> bool:
    return due.task.assignee_id == to.actor.id


def late_days(to: To, task: ToTell) -> int:
    """How many working days a task is overdue, for the reader."""
    due_on = task.due_at.astimezone(to.reader.zone).date() if task.due_at else task.due_on
    return to.calendar.between(due_on, to.now.astimezone(to.reader.zone).date()) if due_on else 0


async def _own_card(to: To, push: Push, due: DueTask) -> Outcome:
    """To whoever does it: what, when, for whom; done, put off, given away."""
    task, facts = due.task, {"task": due.task.id}
    put_off = [Offer(f"push_{by}", "push_later", {**facts, "by": by}) for by in ("hour", "day", "monday")]
    fields = (
        ("label_due", task.due_at or task.due_on),
        ("label_customer", due.customer or None),
        ("label_giver", due.giver if task.giver_id != task.assignee_id else None),
    )
    offers = (
        (Offer("push_done", "push_done", facts), *(put_off[:2] if not push.level else put_off[1:])),
        (*(put_off[2:] if not push.level else ()), Offer("push_give", "push_give", facts)),
    )
    told = Outcome(
        "task_overdue" if push.level else "task_due", _facts(to, due), _told(fields), task.customer_id, False, offers
    )
    return await in_words(to, "overdue_task", push, told)


async def _superiors_card(to: To, push: Push, due: DueTask) -> Outcome:
    """To a superior: whose, how late, what has been done about it; settled, pressed for, given to another."""
    about = {"task": due.task.id}
    fields = (
        ("label_assignee", due.assignee),
        ("label_due", due.task.due_at or due.task.due_on),
        ("label_customer", due.customer or None),
        ("label_history", _history(to, await past_of(to.session, due.task, to.now))),
        ("label_risk", Word("high_risk") if await is_high_risk(to, "overdue_task", push) else None),
    )
    offers = (
        (Offer("push_seen", "push_seen", about), Offer("push_nudge", "push_nudge", about)),
        (Offer("push_give_other", "push_give", about),),
    )
    facts = {**_facts(to, due), "name": due.assignee}
    told = Outcome("task_overdue_below", facts, _told(fields), due.task.customer_id, wrote=False, offers=offers)
    return await in_words(to, "overdue_task", push, told)


def _facts(to: To, due: DueTask) -> dict[str, Any]:
    task = due.task
    return {"parts": Parts((f"#{task.id}", task.title)), "days": Count(late_days(to, task), "count_working_days")}


def _told(fields: Sequence[tuple[str, Any]]) -> tuple[tuple[str, Any], ...]:
    return tuple((label, value) for label, value in fields if value is not None)


def _history(to: To, past: TaskPast) -> Parts | None:
    told = [at.astimezone(to.reader.zone).date() for at in past.told]
    moved = Phrase("task_moved_times", {"n": Count(past.moves, "count_times")}) if past.moves else None
    last = Phrase("task_told_times", {"n": Count(len(told), "count_times"), "last": told[-1]}) if told else None
    return Parts((moved, last)) if moved or last else None
