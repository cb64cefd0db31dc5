"""A task gets another title; whoever else it concerns hears of it."""

from __future__ import annotations

from crm.errors import TaskClosed
from handlers.task_of import task_name, task_of, task_parts, tell_others
from handlers.turn import Ask, Result, Turn
from nlu.rule import Reading
from talk.message import Outcome


async def rename_task(turn: Turn, reading: Reading) -> list[Result]:
    """Write the new title. Raises NoSuchTask, NotYourTask, TaskClosed."""
    task = await task_of(turn, reading, "rename_task")
    if isinstance(task, Ask):
        return [task]
    if task.state != "open":
        raise TaskClosed(task=task_name(task), at=task.done_at)
    if not turn.ledger.set(task, title=str(reading.slots["new_title"])):
        return [Outcome("task_there_already", {"parts": task_parts(task)}, (), task.customer_id, wrote=False)]
    tell_others(turn, task, "task_renamed_told")
    return [Outcome("task_renamed", {"parts": task_parts(task)}, (), task.customer_id)]
