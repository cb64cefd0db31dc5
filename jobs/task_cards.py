"""Tasks as they are told: a line of a list, a card for whoever does it, a card for the superiors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cache, partial
from typing import Any

from crm import policy
from crm.due import DueTask, TaskPast
from crm.policy import Actor
from crm.pushes import Push
from jobs.pushing import Item, To
from jobs.rungs import in_words, is_high_risk
from nlu.company_forms import without_form
from storage.due_tasks import past_of
from talk.message import Count, Offer, Outcome, Parts, Phrase, Word


async def task_items(to: To, pushes: Sequence[Push]) -> list[Item]:
    """The tasks among the pushes that are still open and theirs. Of several pushes about one the highest is told."""
    newest: dict[int, Push] = {}
    hears = cache(partial(_hears, to.actor))
    for push in pushes:
        due = to.tasks.get(push.thing_id or 0)
        if due is not None and hears(due.task.assignee_id, due.task.giver_id):
            known = newest.get(due.task.id)
            if known is None or push.level >= known.level:
                newest[due.task.id] = push
    days, me = cache(partial(_days, to)), to.actor.id
    return [_item(push, to.tasks[key], me, days) for key, push in newest.items()]


def _hears(actor: Actor, assignee_id: int, giver_id: int) -> bool:
    return policy.may("finish_task", policy.relations(actor, assignee_id, giver_id=giver_id))


def _item(push: Push, due: DueTask, me: int, days: Callable[[datetime | None, date | None], int]) -> Item:
    task = due.task
    is_late = push.level or days(task.due_at, task.due_on) > 0
    if task.assignee_id != me:
        head = "head_push_late_below" if is_late else "head_push_due"
        return Item(push, head, partial(_line, due, due.assignee), partial(_superiors_card, push, due))
    head = "head_push_late" if is_late else "head_push_due"
    return Item(push, head, partial(_line, due, None), partial(_own_card, push, due), partial(_offer, task.id))


def _line(due: DueTask, whose: str | None) -> Parts:
    task = due.task
    return Parts((f"#{task.id}", task.title, task.due_at or task.due_on, without_form(due.customer), whose))


def _offer(task: int) -> Offer:
    return Offer("push_done_in_list", "push_done", {"task": task}, {"n": task})


def _days(to: To, due_at: datetime | None, due_on: date | None) -> int:
    """How many working days a task is overdue, for the reader."""
    day = due_at.astimezone(to.reader.zone).date() if due_at else due_on
    return to.calendar.between(day, to.now.astimezone(to.reader.zone).date()) if day else 0


async def _own_card(push: Push, due: DueTask, to: To) -> Outcome:
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


async def _superiors_card(push: Push, due: DueTask, to: To) -> Outcome:
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
    return {
        "parts": Parts((f"#{task.id}", task.title)),
        "days": Count(_days(to, task.due_at, task.due_on), "count_working_days"),
    }


def _told(fields: Sequence[tuple[str, Any]]) -> tuple[tuple[str, Any], ...]:
    return tuple((label, value) for label, value in fields if value is not None)


def _history(to: To, past: TaskPast) -> Parts | None:
    told = [at.astimezone(to.reader.zone).date() for at in past.told]
    moved = Phrase("task_moved_times", {"n": Count(past.moves, "count_times")}) if past.moves else None
    last = Phrase("task_told_times", {"n": Count(len(told), "count_times"), "last": told[-1]}) if told else None
    return Parts((moved, last)) if moved or last else None
