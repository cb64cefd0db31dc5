"""Which task a reading means: by number, the one that fits, one chosen among several; and whom else it concerns."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from crm.errors import NoSuchTask
from crm.tasks import Task
from handlers.turn import Ask, Choice, Note, Turn
from nlu.rule import Mention, Reading
from storage.tasks import open_tasks_among, own_open_tasks, task_for, tasks_touched
from talk.message import Outcome, Parts

CHOICES = 5  # as many tasks as one still reads at a glance
LATELY = timedelta(hours=2)  # 那个任务 means a task that the speaker wrote about within this time


async def task_of(turn: Turn, reading: Reading, verb: str) -> Task | Ask:
    """The task, if the speaker may do the verb with it; else which one is meant. Raises NoSuchTask, NotYourTask."""
    slots = reading.slots
    key = turn.decisions.get("task") or slots.get("task")
    if key is not None:
        return await task_for(turn.session, turn.actor, int(key), verb)
    found = await _meant(turn, reading, verb)
    if len(found) == 1:
        return found[0]
    if not found and (slots.get("tasks") or not slots.get("points")):
        if verb == "finish_task":
            raise NoSuchTask(task=f"「{slots['title']}」" if slots.get("title") else "")
        found = await _own(turn, reading)
    if not found:
        raise NoSuchTask(task="")
    return _ask_which(reading, found)


async def _meant(turn: Turn, reading: Reading, verb: str) -> list[Task]:
    """The tasks that may be meant: those that fit the words, else those spoken of lately, else the speaker's."""
    if keys := reading.slots.get("tasks"):
        return await open_tasks_among(turn.session, turn.actor, [int(key) for key in keys], verb)
    if not reading.slots.get("points"):
        return []
    lately = await tasks_touched(turn.session, turn.actor, turn.ledger.now - LATELY)
    found = await open_tasks_among(turn.session, turn.actor, lately, verb)
    return found or await _own(turn, reading)


async def _own(turn: Turn, reading: Reading) -> list[Task]:
    customer: Mention | None = reading.slots.get("customer")
    about = int(customer.key) if customer is not None and customer.key is not None else None
    return await own_open_tasks(turn.session, turn.actor, CHOICES, about) or await own_open_tasks(
        turn.session, turn.actor, CHOICES
    )


def _ask_which(reading: Reading, found: list[Task]) -> Ask:
    shown = found[:CHOICES]
    choices = tuple(Choice("choose_task", {"task": task.id}, {"parts": task_parts(task)}) for task in shown)
    waiting = replace(reading, slots={**reading.slots, "tasks": tuple(task.id for task in shown)})
    keys = ",".join(str(task.id) for task in shown)
    return Ask("which_task", waiting, choices, f"task:{keys}", customer=_customer_of(shown))


def _customer_of(tasks: list[Task]) -> int | None:
    about = {task.customer_id for task in tasks}
    return about.pop() if len(about) == 1 else None


def task_name(task: Task) -> Parts:
    """A task by number and title."""
    return Parts((f"#{task.id}", task.title))


def task_parts(task: Task, *more: Any) -> Parts:
    """A task in one line: its number, what is to be done, by when."""
    return Parts((f"#{task.id}", task.title, task.due_at or task.due_on, *more))


def tell_others(turn: Turn, task: Task, key: str, *, but: int | None = None) -> None:
    """Tell whoever gave the task and whoever does it, each in their private chat; not the speaker, nor `but`."""
    facts = {"name": turn.actor.user.name, "parts": task_parts(task)}
    for user_id in dict.fromkeys((task.assignee_id, task.giver_id)):
        if user_id not in (turn.actor.id, but):
            turn.notes.append(Note(user_id, Outcome(key, facts, wrote=False)))
