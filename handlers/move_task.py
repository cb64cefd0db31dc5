"""A task gets another day; whoever else it concerns hears of it."""

from __future__ import annotations

from datetime import timedelta

from crm.errors import TaskClosed
from crm.tasks import Task
from handlers.task_of import task_name, task_of, task_parts, tell_others
from handlers.turn import Ask, Result, Turn
from nlu.rule import Reading, When
from talk.message import Outcome


async def move_task(turn: Turn, reading: Reading) -> list[Result]:
    """Write the new day, and the moment where a clock time was told. Raises NoSuchTask, NotYourTask, TaskClosed."""
    task = await task_of(turn, reading, "move_task")
    if isinstance(task, Ask):
        return [task]
    if task.state != "open":
        raise TaskClosed(task=task_name(task), at=task.done_at)
    due = _due(turn, reading, task)
    moved = turn.ledger.set(task, due_on=due.last_day, due_at=due.at or due.until_at, remind_at=None)
    if not moved:
        return [Outcome("task_there_already", {"parts": task_parts(task)}, (), task.customer_id, wrote=False)]
    tell_others(turn, task, "task_moved_told")
    return [Outcome("task_moved", {"parts": task_parts(task)}, (), task.customer_id)]


def _due(turn: Turn, reading: Reading, task: Task) -> When:
    """When the task is due now: as told, or so many days from its own day, from today where it has none."""
    due: When | None = reading.slots.get("due")
    if due is not None:
        return due
    return When(on=(task.due_on or turn.today) + timedelta(days=int(reading.slots["by"])))
