"""A task is done: kept with the moment; whoever gave it hears of it."""

from __future__ import annotations

from crm.errors import TaskClosed
from handlers.task_of import task_name, task_of, task_parts, tell_others
from handlers.turn import Ask, Result, Turn
from nlu.rule import Reading
from talk.message import Outcome


async def finish_task(turn: Turn, reading: Reading) -> list[Result]:
    """Mark the task as done. One that is done already says since when. Raises NoSuchTask, NotYourTask,
    TaskClosed where it was dropped.
    """
    task = await task_of(turn, reading, "finish_task")
    if isinstance(task, Ask):
        return [task]
    if task.state == "dropped":
        raise TaskClosed(task=task_name(task), at=task.done_at)
    if not turn.ledger.set(task, state="done"):
        facts = {"task": task_name(task), "at": task.done_at}
        return [Outcome("task_done_already", facts, (), task.customer_id, wrote=False)]
    turn.ledger.set(task, done_at=turn.ledger.now)
    tell_others(turn, task, "task_finished_told")
    return [Outcome("task_finished", {"parts": task_parts(task)}, (), task.customer_id)]
