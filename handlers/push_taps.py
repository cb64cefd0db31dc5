"""The buttons under a reminder: done, put off, given away, handled, pressed for. The card tells what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from crm.errors import TaskClosed
from crm.tasks import Task
from crm.users import User
from handlers import post
from handlers.cards import blocks_of, buttons_of
from handlers.entries import keep, lines_in
from handlers.look import show_anew
from handlers.queries.pages import in_rows
from handlers.run import run_entry, run_one
from handlers.task_of import task_name, task_parts
from handlers.turn import Entry, Note, Turn, Waiting
from nlu.rule import Mention, Reading, When
from storage.people import colleagues
from storage.pushes import forget_waiting, message_shown, told_by_message
from storage.tasks import task_for, task_states
from talk.message import Block, Items, Offer, Outcome, Outgoing, Reply

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
PEOPLE = 12  # colleagues offered for a task
DONE = "✓ "
ALL: dict[str, dict[str, Any]] = {  # what the buttons of a list too long ask
    "today": {"topic": "schedule"},
    "due": {"topic": "tasks"},
    "late": {"topic": "tasks", "overdue": True},
    "late_below": {"topic": "tasks", "overdue": True, "everyone": True},
    "silent": {"topic": "deals", "stalled": True},
    "no_step": {"topic": "deals", "no_next_step": True},
}


async def push_done(turn: Turn, facts: Mapping[str, Any]) -> None:
    """The task is done."""
    await _settle(turn, Reading("finish_task", {"task": facts["task"]}))


async def push_later(turn: Turn, facts: Mapping[str, Any]) -> None:
    """Remind again in an hour, or let the task be due tomorrow or next Monday. Raises NoSuchTask, TaskClosed."""
    task = await task_for(turn.session, turn.actor, facts["task"], "move_task")
    if facts["by"] != "hour":
        await _settle(turn, Reading("move_task", {"task": task.id, "due": _due(turn, task, facts["by"])}))
        return
    at = turn.ledger.now.replace(second=0, microsecond=0) + HOUR
    await _show(turn, Entry(0, None, (await put_off(turn, task.id, at),)))


async def put_off(turn: Turn, key: int, at: datetime) -> Outcome:
    """Remind of a task again at that very minute; its day stays. Raises NoSuchTask, NotYourTask, TaskClosed."""
    task = await task_for(turn.session, turn.actor, key, "move_task")
    if task.state != "open":
        raise TaskClosed(task=task_name(task), at=task.done_at)
    wrote = turn.ledger.set(task, remind_at=at)
    return Outcome("task_put_off", {"parts": task_parts(task), "at": at}, (), task.customer_id, wrote=wrote)


async def push_give(turn: Turn, facts: Mapping[str, Any]) -> None:
    """To whom? The colleagues stand under the card."""
    task = await task_for(turn.session, turn.actor, facts["task"], "hand_over_task")
    if task.state != "open":
        raise TaskClosed(task=task_name(task), at=task.done_at)
    others = [user for user in await colleagues(turn.session) if user.id != task.assignee_id]
    near = sorted(others, key=lambda user: (user.team_id != turn.actor.user.team_id, user.name))[:PEOPLE]
    offers = [Offer("push_to", "push_given", {"task": task.id, "user": user.id}, {"name": user.name}) for user in near]
    asked = Outcome("task_give_to_whom", {"parts": task_parts(task)}, wrote=False, offers=in_rows(offers, 3))
    await post.answer_tap(turn)
    await show_anew(turn, [asked])


async def push_given(turn: Turn, facts: Mapping[str, Any]) -> None:
    """It is somebody else's now."""
    user = await turn.ledger.get(User, facts["user"])
    named = Mention(user.name if user else "", facts["user"])
    await _settle(turn, Reading("hand_over_task", {"task": facts["task"], "assignee": named}))


async def push_seen(turn: Turn, facts: Mapping[str, Any]) -> None:
    """A superior has taken care of it: nobody further up is told, whoever does it hears so."""
    task = await task_for(turn.session, turn.actor, facts["task"], "hand_over_task")
    await forget_waiting(turn.session, "task", [task.id])
    told = {"parts": task_parts(task), "name": turn.actor.user.name}
    if task.assignee_id != turn.actor.id:
        turn.notes.append(Note(task.assignee_id, Outcome("task_seen_told", told, wrote=False)))
    await post.answer_tap(turn)
    await show_anew(turn, [Outcome("task_seen", told, wrote=False)])


async def push_nudge(turn: Turn, facts: Mapping[str, Any]) -> None:
    """Whoever does it is asked again, in the superior's name and with the buttons that settle it."""
    task = await task_for(turn.session, turn.actor, facts["task"], "hand_over_task")
    if task.state != "open":
        raise TaskClosed(task=task_name(task), at=task.done_at)
    told = {"parts": task_parts(task), "name": turn.actor.user.name}
    key = {"task": task.id}
    offers = ((Offer("push_done", "push_done", key), Offer("push_day", "push_later", {**key, "by": "day"})),)
    turn.notes.append(Note(task.assignee_id, Outcome("task_nudged_told", told, wrote=False, offers=offers)))
    rest = (Offer("push_seen", "push_seen", key), Offer("push_give_other", "push_give", key))
    await post.answer_tap(turn)
    await show_anew(turn, [Outcome("task_nudged", told, wrote=False, offers=(rest,))])


async def push_all(turn: Turn, facts: Mapping[str, Any]) -> None:
    """All that a list had no room for, below it."""
    lines = await run_one(turn, Reading("answer_query", ALL[facts["what"]]), {})
    await post.answer_tap(turn)
    await show_anew(turn, lines, is_shared=True)


async def _settle(turn: Turn, reading: Reading) -> None:
    await _show(turn, await run_entry(turn, 0, reading))


async def _show(turn: Turn, entry: Entry) -> None:
    """What was done stands in place of the card, with a way back; in a list its line is ticked off."""
    lines = lines_in([entry])
    is_kept = any(isinstance(line, Waiting) or line.wrote for line in lines)
    card = await keep(turn, [entry]) if is_kept else None
    await post.answer_tap(turn)
    incoming = turn.incoming
    told = await told_by_message(turn.session, incoming.channel, incoming.chat, incoming.message)
    if len(told) > 1:
        row = await message_shown(turn.session, told[0].post)
        if row is not None:
            shown = Outgoing.from_json({**row.body, "chat": row.chat, "topic": row.topic}).reply
            tasks = [push.thing_id for push in told if push.kind == "task" and push.thing_id]
            await post.edit_as(turn, turn.chat, incoming.message, await ticked(turn, shown, tasks))
        return
    rows = buttons_of(turn, lines, incoming.id, card)
    await post.reply(turn, blocks_of(lines, turn.reader, card), rows, card=card)


async def ticked(turn: Turn, shown: Reply, tasks: Sequence[int]) -> Reply:
    """A list as it was sent, with what is settled since ticked off and its buttons gone."""
    await turn.session.flush()
    settled = {f"#{key}" for key, state in (await task_states(turn.session, tasks)).items() if state != "open"}
    left = tuple(tuple(b for b in line if b.label.removeprefix(DONE) not in settled) for line in shown.choices)
    return Reply(tuple(_ticked(block, settled) for block in shown.blocks), tuple(line for line in left if line))


def _ticked(block: Block, settled: set[str]) -> Block:
    if not isinstance(block, Items):
        return block
    return replace(block, entries=tuple(DONE + e if e.split(" ")[0] in settled else e for e in block.entries))


def _due(turn: Turn, task: Task, by: str) -> When:
    """Tomorrow, or the Monday to come, at the task's own clock time where it has one."""
    ahead = DAY if by == "day" else DAY * (7 - turn.today.weekday())
    on: date = turn.today + ahead
    if task.due_at is None:
        return When(on=on)
    at: time = task.due_at.astimezone(turn.now.tzinfo).time()
    return When(on=on, at=datetime.combine(on, at, turn.now.tzinfo))
