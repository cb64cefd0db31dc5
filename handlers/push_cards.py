"""Reminders that stand in chats while their task changes: the card says what became of it, and its buttons go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from crm.tasks import Task
from crm.users import User
from handlers import post
from handlers.push_taps import ticked
from handlers.turn import Turn
from storage.people import chat_at
from storage.posts import OutboxRow
from storage.pushes import cards_about
from talk.catalogue import say
from talk.forms import Reader, reader_of
from talk.message import Line, Outgoing, Reply

LASTS = timedelta(days=7)  # an older card is let be
TOLD = ("state", "assignee_id", "due_on", "due_at")


async def bring_up_to_date(turn: Turn) -> None:
    """Change the reminders of the tasks that this message changed, but for the card that was tapped."""
    changed: dict[int, set[str]] = {}
    for row in turn.ledger.written():
        if row["thing"] == "task" and row["field"] in TOLD:
            changed.setdefault(row["thing_id"], set()).add(row["field"])
    if not changed:
        return
    for keys, user_id, shown in await cards_about(turn.session, list(changed), turn.ledger.now - LASTS):
        is_tapped = turn.incoming.kind == "tap" and shown.message == turn.incoming.message
        user, chat = await turn.ledger.get(User, user_id), await chat_at(turn.session, shown.channel, shown.chat)
        if is_tapped or user is None or chat is None:
            continue
        reader = reader_of(user, turn.incoming.at)
        reply = await _now(turn, keys, changed, shown, reader)
        if reply is not None:
            await post.edit_as(turn, chat, shown.message, reply)


async def _now(
    turn: Turn, keys: list[int], changed: Mapping[int, set[str]], shown: OutboxRow, reader: Reader
) -> Reply | None:
    """What a card shows now: of a list its ticks, of one task what became of it; None where it stays as it is."""
    told = Outgoing.from_json({**shown.body, "chat": shown.chat, "topic": shown.topic}).reply
    if len(keys) > 1:
        return await ticked(turn, told, keys)
    task = await turn.ledger.get(Task, keys[0])
    if task is None or keys[0] not in changed:
        return None
    if "state" in changed[keys[0]] and task.state == "open":
        return told  # what was done is to be done again
    return replace(told, blocks=(*told.blocks, Line(await _became(turn, task, changed[keys[0]], reader))), choices=())


async def _became(turn: Turn, task: Task, fields: set[str], reader: Reader) -> str:
    if "state" in fields:
        return say("push_done_since", reader)
    if "assignee_id" in fields:
        someone = await turn.ledger.get(User, task.assignee_id)
        return say("push_given_since", reader, {"name": someone.name if someone else ""})
    return say("push_moved_since", reader, {"due": task.due_at or task.due_on or ""})
