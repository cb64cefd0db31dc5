"""What waits for the superior: the card they get, and what their tap does to the card of whoever asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from crm.changes import OpenQuestion
from crm.users import Chat, User
from handlers import post
from handlers.cards import blocks_of, buttons_of
from handlers.questions import Line, Waiting, asked_turn, lines_of, settle, write
from handlers.stored import stored
from handlers.turn import Turn, reader_for
from storage.people import actor_for, nearest_superior, private_chat
from storage.questions import card_of
from talk.catalogue import say
from talk.message import Button, Outcome
from talk.message import Line as TextLine
from talk.views import outcome_blocks


async def request(turn: Turn, question: OpenQuestion, group: str, superior_id: int | None = None) -> bool:
    """Ask the superior about a group of asks; the rep's card then says whom it waits for. False: nobody to ask."""
    superior = await turn.ledger.get(User, superior_id) if superior_id else None
    superior = superior or await nearest_superior(turn.session, turn.actor.user)
    chat = await private_chat(turn.session, superior.id) if superior else None
    if superior is None or chat is None:
        return False
    lines = lines_of(question)
    waiting = next(line for line in lines if isinstance(line, Waiting) and line.ask.group == group)
    write(question, turn, [_at(line, group, superior.name) for line in lines])
    await _send_request(turn, question, waiting, superior, chat)
    return True


def _at(line: Line, group: str, name: str) -> Line:
    if isinstance(line, Waiting) and line.ask.group == group:
        return replace(line, at_superior=name)
    return line


async def _send_request(turn: Turn, question: OpenQuestion, waiting: Waiting, superior: User, chat: Chat) -> None:
    reader = reader_for(await actor_for(turn.session, superior), turn.incoming.at)
    what = say(waiting.ask.key, reader, waiting.ask.facts)
    facts = {"name": turn.actor.user.name, "what": what}
    row: list[Button] = []
    for label, decision in (("button_approve", {"waved_by": superior.id}), ("button_refuse", {"dropped": True})):
        meant = {"question": question.id, "group": waiting.ask.group, "decision": stored(decision)}
        row.append(post.button(turn, superior.id, say(label, reader), "approve", meant))
    await post.send(turn, chat, "reminder", (TextLine(say("approval_asked", reader, facts)),), (tuple(row),))


async def decide(turn: Turn, question: OpenQuestion, group: str, decision: Mapping[str, Any]) -> None:
    """The superior's tap: run or drop what waited, with the rights of whoever asked, and tell them."""
    asker = await turn.ledger.get(User, question.asked_id)
    chat = await turn.ledger.get(Chat, question.chat_id)
    if asker is None or chat is None:
        return
    superior = turn.actor
    theirs = replace(turn, actor=await actor_for(turn.session, asker), chat=chat)
    turn.ledger.actor, turn.ledger.inbox_id = theirs.actor, question.inbox_id
    lines = await settle(theirs, question, group, decision)
    turn.ledger.actor = superior
    is_refused = bool(decision.get("dropped"))
    key = "superior_refused" if is_refused else "superior_approved"
    await _show(theirs, question, lines, chat, Outcome(key, {"name": superior.user.name}, wrote=False))
    turn.sent = theirs.sent
    done = Outcome("you_refused" if is_refused else "you_approved", {"name": asker.name}, wrote=False)
    shown = [line for line in lines if isinstance(line, Outcome) and line.wrote]
    blocks = [block for outcome in (done, *shown) for block in outcome_blocks(outcome, turn.reader)]
    await post.reply(turn, tuple(blocks))


async def _show(turn: Turn, question: OpenQuestion, lines: list[Line], chat: Chat, news: Outcome) -> None:
    """Tell the asker, and bring their card up to date where it stands."""
    then = asked_turn(question, turn)
    blocks = (*outcome_blocks(news, turn.reader), *blocks_of(lines, turn.reader))
    buttons = buttons_of(then, lines, question.inbox_id, question)
    message = await card_of(turn.session, question.inbox_id)
    if message:
        await post.edit(turn, chat, message, blocks_of(lines, turn.reader))
    await post.send(turn, chat, "reminder", blocks, buttons)
