"""A task goes to somebody else: the one who gets it and the one who had it are told."""

from __future__ import annotations

from dataclasses import replace

from crm.errors import NoSuchColleague, TaskClosed
from crm.tasks import Task
from crm.users import User
from handlers.report_task import offers_of
from handlers.task_of import task_name, task_of, task_parts
from handlers.turn import Ask, Choice, Note, Result, Turn
from nlu.rule import Mention, Reading, When
from nlu.short_forms import spelled_like
from storage.people import colleagues
from talk.message import Outcome

CHOICES = 5


async def hand_over_task(turn: Turn, reading: Reading) -> list[Result]:
    """Write who does it now. Raises NoSuchTask, NotYourTask, TaskClosed, NoSuchColleague."""
    task = await task_of(turn, reading, "hand_over_task")
    if isinstance(task, Ask):
        return [task]
    if task.state != "open":
        raise TaskClosed(task=task_name(task), at=task.done_at)
    someone = await _somebody(turn, reading, task)
    if isinstance(someone, Ask):
        return [someone]
    former = task.assignee_id
    given = turn.ledger.set(task, assignee_id=someone.id, remind_at=None, accepted_at=None)
    due: When | None = reading.slots.get("due")
    moved = due is not None and turn.ledger.set(task, due_on=due.last_day, due_at=due.at or due.until_at)
    if not given and not moved:
        facts = {"name": someone.name, "parts": task_parts(task)}
        return [Outcome("task_theirs_already", facts, (), task.customer_id, wrote=False)]
    _tell(turn, task, former, someone.name)
    return [Outcome("task_handed_over", {"parts": task_parts(task, someone.name)}, (), task.customer_id)]


def _tell(turn: Turn, task: Task, former: int, name: str) -> None:
    """The one who gets the task hears it as given, the one who had it that it is theirs no more; so does the giver."""
    facts = {"name": turn.actor.user.name, "to": name, "title": task.title, "parts": task_parts(task)}
    is_mine = task.assignee_id == turn.actor.id
    if not is_mine:
        turn.notes.append(
            Note(task.assignee_id, Outcome("task_given", facts, offers=offers_of(task.id)), task_id=task.id)
        )
    for user_id in dict.fromkeys((former, task.giver_id)):
        if user_id not in (turn.actor.id, task.assignee_id):
            key = "task_taken_back" if is_mine and user_id == former else "task_handed_over_told"
            turn.notes.append(Note(user_id, Outcome(key, facts, wrote=False)))


async def _somebody(turn: Turn, reading: Reading, task: Task) -> User | Ask:
    """The colleague meant; several of one name, or a name that only sounds like some, are asked about."""
    named: Mention = reading.slots["assignee"]
    key = turn.decisions.get("user") or named.key
    if key is not None:
        user = await turn.ledger.get(User, int(key))
        if user is None or not user.is_active:
            raise NoSuchColleague(name=named.text)
        return user
    everybody = [user for user in await colleagues(turn.session) if user.id != task.assignee_id]
    likely = [user for user in everybody if user.id in named.candidates or spelled_like(user.name, named.text)]
    if not likely:
        raise NoSuchColleague(name=named.text)
    choices = tuple(Choice("choose_colleague", {"user": user.id}, {"name": user.name}) for user in likely[:CHOICES])
    facts = {"name": named.text, "parts": task_parts(task)}
    waiting = replace(reading, slots={**reading.slots, "task": task.id})
    return Ask("whose_task_is_it", waiting, choices, f"colleague:{named.text}", facts, customer=task.customer_id)
