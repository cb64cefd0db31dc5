"""The buttons under a task that somebody was given: take it on, or say what keeps one from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers import post
from handlers.cards import blocks_of
from handlers.look import answer_below
from handlers.report_task import offers_of
from handlers.run import run_entry
from handlers.turn import Turn
from nlu.rule import Reading
from storage.tasks import task_for
from talk.catalogue import say
from talk.message import Line


async def task_accept(turn: Turn, facts: Mapping[str, Any]) -> None:
    """The card says when it was accepted; a second tap only repeats it. Raises NoSuchTask, NotYourTask."""
    await task_for(turn.session, turn.actor, facts["task"], "accept_task")
    entry = await run_entry(turn, 0, Reading("report_task", {"task": facts["task"], "how": "accepted"}))
    await post.answer_tap(turn)
    rows = tuple(
        tuple(post.button(turn, turn.actor.id, say(o.label, turn.reader, o.words), o.action, o.facts) for o in row)
        for row in offers_of(facts["task"], is_accepted=True)
    )
    await post.reply(turn, blocks_of(entry.lines, turn.reader)[-1:] or (Line(""),), rows)


async def task_trouble(turn: Turn, facts: Mapping[str, Any]) -> None:
    """What is it? The next words, or a reply, go to whoever gave the task. Raises NoSuchTask, NotYourTask."""
    await task_for(turn.session, turn.actor, facts["task"], "comment_task")
    await answer_below(turn, Reading("report_task", {"task": facts["task"], "how": "trouble"}))
