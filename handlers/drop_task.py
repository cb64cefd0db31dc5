"""A task need not be done any more: it is closed without being done; whoever else it concerns hears of it."""

from __future__ import annotations

from crm.errors import TaskClosed
from handlers.task_of import task_name, task_of, task_parts, tell_others
from handlers.turn import Ask, Result, Turn
from nlu.rule import Reading
from talk.message import Outcome


async def drop_task(turn: Turn, reading: Reading) -> list[Result]:
    """Close the task. Raises NoSuchTask, NotYourTask, TaskClosed."""
    task = await task_of(turn, reading, "finish_task")
    if isinstance(task, Ask):
        return [task]
    if task.state != "open":
        raise TaskClosed(task=task_name(task), at=task.done_at)
    turn.ledger.set(task, state="dropped", done_at=turn.ledger.now)
    tell_others(turn, task, "task_dropped_told")
    return [Outcome("task_dropped", {"parts": task_parts(task)}, (), task.customer_id)]
