"""A reply in words to a reminder speaks of its task: 改到周四, 已经发了, 给小李, in an hour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from crm import pushes
from crm.digests import KINDS as DIGESTS
from crm.tasks import Task
from handlers.comment_replies import comment_in_reply
from handlers.push_taps import put_off
from handlers.turn import Entry, Turn
from nlu.rule import Reading, Understanding, When
from storage.comments import who_commented
from storage.pushes import message_shown, told_by_message
from storage.tasks import task_for
from talk.catalogue import say
from talk.message import Outgoing

Read = Callable[[str], Understanding]
ABOUT_IT = ("report_task", "finish_task", "move_task", "hand_over_task")
SAID = ("push_seen", "push_nudge")  # the labels of buttons that one may also write; other words tell what else to do
ENDS = "。.!！~ "
SHORT = 20  # characters: a longer reply that is no more than a time tells of something else


async def read_as_reply(turn: Turn, read: Read) -> Reading | Entry | None:
    """What a reply to the reminder of one task asks of it; None where it is none, or asks something else."""
    if not turn.incoming.reply_to or not turn.text.strip():
        return None
    told = await _told(turn)
    task = await _task_of(turn, told)
    if task is None:
        return await comment_in_reply(turn, told, read(turn.text))
    stated = [one for one in read(f"#{task.id} {turn.text}").readings if one.intent == "report_task"]
    for reading in stated or read(f"{say('this_task', turn.reader)}{turn.text}").readings:
        if reading.intent in ABOUT_IT:
            slots = {name: value for name, value in reading.slots.items() if name not in ("points", "title", "tasks")}
            return replace(reading, slots={**slots, "task": task.id})
    said = read(turn.text)
    times = [find.value for find in said.finds if isinstance(find.value, When)]
    if said.readings or len(times) != 1 or len(turn.text) > SHORT:
        return await _words_about(turn, task, said)
    at = times[0].at
    return Entry(0, None, (await put_off(turn, task.id, at),)) if at is not None else _moved(task, times[0])


async def digest_commented(turn: Turn, read: Read) -> Reading | None:
    """The comment that a reply to a digest is; None where it is none."""
    told = await _told(turn) if turn.incoming.reply_to and turn.text.strip() else []
    return await comment_in_reply(turn, told, read(turn.text)) if told and told[0].kind in DIGESTS else None


async def button_said(turn: Turn) -> str | None:
    """The button of the reminder replied to whose very words are written: 已处理, 催一下; its token."""
    if not turn.incoming.reply_to or len(turn.text) > SHORT:
        return None
    told = await _told(turn)
    row = await message_shown(turn.session, told[0].post) if len(told) == 1 else None
    if row is None:
        return None
    said, labels = turn.text.strip().strip(ENDS).casefold(), [say(label, turn.reader).casefold() for label in SAID]
    shown = Outgoing.from_json({**row.body, "chat": row.chat, "topic": row.topic}).reply.choices
    tokens = [button.token for line in shown for button in line if button.label.casefold() == said and said in labels]
    return tokens[0] if tokens else None


async def _words_about(turn: Turn, task: Task, said: Understanding) -> Reading | None:
    """Words that ask nothing are for the others whom the task concerns: 做了一半. A superior's are for whoever does it,
    whose answer goes back.
    """
    if task.state != "open" or any(not one.is_guess for one in said.readings):
        return None
    others = {task.giver_id, task.assignee_id, *await who_commented(turn.session, "task", task.id)} - {turn.actor.id}
    if not others:
        return None
    return Reading("report_task", {"task": task.id, "how": "progress", "text": turn.text.strip()})


def _moved(task: Task, due: When) -> Reading:
    return Reading("move_task", {"task": task.id, "due": due})


async def _told(turn: Turn) -> list[pushes.Push]:
    """What the message replied to told of: the speaker, or the group in which it stands."""
    incoming = turn.incoming
    told = await told_by_message(turn.session, incoming.channel, incoming.chat, incoming.reply_to)
    return [push for push in told if push.user_id == turn.actor.id or (incoming.is_group and push.kind in DIGESTS)]


async def _task_of(turn: Turn, told: list[pushes.Push]) -> Task | None:
    tasks = [push.thing_id for push in told if push.kind in pushes.OF_A_TASK and push.thing_id]
    return await task_for(turn.session, turn.actor, tasks[0], "comment_task") if len(tasks) == 1 == len(told) else None
