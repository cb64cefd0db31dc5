"""How a task stands that somebody else gave: accepted, kept from, so far done. Whoever gave it hears of it."""

from __future__ import annotations

from collections.abc import Iterable

from crm.comments import Comment
from crm.errors import TaskClosed
from crm.tasks import Task
from handlers.task_of import task_name, task_of, task_parts
from handlers.turn import Ask, Choice, Note, Result, Turn
from nlu.rule import Reading
from storage.comments import who_commented
from talk.message import Offer, Outcome, Parts


async def report_task(turn: Turn, reading: Reading) -> list[Result]:
    """Keep what is told with the task and tell the others whom it concerns; trouble without words is asked about.

    Raises NoSuchTask, NotYourTask, TaskClosed.
    """
    how = reading.slots["how"]
    task = await task_of(turn, reading, "accept_task" if how == "accepted" else "comment_task")
    if isinstance(task, Ask):
        return [task]
    if task.state != "open":
        raise TaskClosed(task=task_name(task), at=task.done_at)
    if how == "accepted":
        return [_accepted(turn, task)]
    text = str(turn.decisions.get("words") or reading.slots.get("text") or "")
    if not text:
        leave = (Choice("button_no_trouble", {"dropped": True}),)
        facts = {"parts": task_parts(task)}
        return [Ask("which_trouble", reading, leave, f"trouble:{task.id}", facts, "trouble", customer=task.customer_id)]
    return [await _told(turn, task, how, text)]


def _accepted(turn: Turn, task: Task) -> Outcome:
    """Taken on once; the giver is told once."""
    told = {"parts": task_parts(task)}
    if task.accepted_at is not None:
        return Outcome("task_accepted_already", {**told, "at": task.accepted_at}, (), task.customer_id, wrote=False)
    turn.ledger.set(task, accepted_at=turn.ledger.now)
    _tell(turn, task, Outcome("task_accepted_told", {**told, "name": turn.actor.user.name}, wrote=False))
    facts = {**told, "at": turn.ledger.now}
    return Outcome("task_accepted", facts, (), task.customer_id, offers=offers_of(task.id, is_accepted=True))


async def _told(turn: Turn, task: Task, how: str, text: str) -> Outcome:
    """The words are kept with the task; a giver's own are a comment, not progress."""
    is_mine = task.assignee_id == turn.actor.id
    kind = how if is_mine else "comment"
    await turn.ledger.add(Comment(turn.actor.id, turn.ledger.now, text, kind, task_id=task.id))
    facts = {"name": turn.actor.user.name, "parts": task_parts(task), "text": text}
    _tell(
        turn, task, Outcome(f"task_{kind}_told", facts, wrote=False), await who_commented(turn.session, "task", task.id)
    )
    return Outcome(
        f"task_{kind}_kept", {"parts": Parts((f"#{task.id}", task.title)), "text": text}, (), task.customer_id
    )


def _tell(turn: Turn, task: Task, outcome: Outcome, commenters: Iterable[int] = ()) -> None:
    """Giver and doer hear it, and who has said something of it, but for whoever tells it; a reply to the note goes back
    to the task.
    """
    for user_id in dict.fromkeys((task.giver_id, task.assignee_id, *commenters)):
        if user_id != turn.actor.id:
            turn.notes.append(Note(user_id, outcome, task_id=task.id))


def offers_of(task_id: int, *, is_accepted: bool = False) -> tuple[tuple[Offer, ...], ...]:
    """The buttons under a task that somebody was given."""
    facts = {"task": task_id}
    accept = () if is_accepted else (Offer("task_accept", "task_accept", facts),)
    return ((*accept, Offer("task_trouble", "task_trouble", facts), Offer("push_done", "push_done", facts)),)
