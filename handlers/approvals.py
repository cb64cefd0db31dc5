"""What waits for the superior: the card they get, and what their tap does to the card of whoever asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from crm import policy
from crm.changes import OpenQuestion
from crm.deals import Deal
from crm.users import Chat, User
from handlers import post
from handlers.cards import blocks_of, buttons_of
from handlers.questions import Line, Waiting, asked_turn, lines_of, settle, write
from handlers.stored import stored
from handlers.turn import Ask, Turn, reader_for
from storage.people import actor_for, nearest_superior, private_chat
from storage.questions import card_of
from talk.catalogue import say
from talk.message import Button, Outcome
from talk.message import Line as TextLine
from talk.views import outcome_blocks

LIFETIME = timedelta(days=7)  # a superior may be away over a weekend or a holiday


async def request(turn: Turn, question: OpenQuestion, group: str) -> bool:
    """Ask the superior of the deal's owner; the rep's card then says whom it waits for. False: nobody to ask."""
    lines = lines_of(question)
    waiting = next(line for line in lines if isinstance(line, Waiting) and line.ask.group == group)
    superior = await _superior(turn, waiting.ask)
    chat = await private_chat(turn.session, superior.id) if superior else None
    if superior is None or chat is None:
        return False
    write(question, turn, [_at(line, group, superior.name) for line in lines])
    question.expires_at = turn.ledger.now + LIFETIME
    await _send_request(turn, question, waiting, superior, chat)
    return True


async def may_decide(turn: Turn, question: OpenQuestion, group: str) -> bool:
    """Whether the speaker stands above the owner of the deal that a group of asks is about, as of now."""
    for line in lines_of(question):
        if isinstance(line, Waiting) and line.ask.group == group:
            owner = await _owner(turn, line.ask)
            return owner is not None and policy.may("wave_through", policy.relations(turn.actor, owner.id))
    return False


async def _superior(turn: Turn, ask: Ask) -> User | None:
    owner = await _owner(turn, ask)
    return await nearest_superior(turn.session, owner) if owner else None


async def _owner(turn: Turn, ask: Ask) -> User | None:
    deal = await turn.ledger.get(Deal, int(ask.reading.slots["deal"].key))
    return await turn.ledger.get(User, deal.owner_id) if deal else None


def _at(line: Line, group: str, name: str) -> Line:
    if isinstance(line, Waiting) and line.ask.group == group:
        return replace(line, at_superior=name)
    return line


async def _send_request(turn: Turn, question: OpenQuestion, waiting: Waiting, superior: User, chat: Chat) -> None:
    reader = reader_for(await actor_for(turn.session, superior), turn.incoming.at)
    what = say(f"{waiting.ask.key}_for_superior", reader, waiting.ask.facts)
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
    superior, before = turn.actor, lines_of(question)
    theirs = replace(turn, actor=await actor_for(turn.session, asker), chat=chat)
    turn.ledger.actor, turn.ledger.inbox_id = theirs.actor, question.inbox_id
    lines = await settle(theirs, question, group, decision)
    turn.ledger.actor = superior
    verdict = "refused" if decision.get("dropped") else "approved"
    await _tell_asker(
        theirs, question, lines, Outcome(f"superior_{verdict}", {"name": superior.user.name}, wrote=False)
    )
    turn.sent = theirs.sent
    came = [line for line in lines if isinstance(line, Outcome) and line not in before]
    shown = (Outcome(f"you_{verdict}", {"name": asker.name}, wrote=False), *(came if verdict == "approved" else ()))
    await post.reply(turn, tuple(block for outcome in shown for block in outcome_blocks(outcome, turn.reader)))


async def _tell_asker(turn: Turn, question: OpenQuestion, lines: list[Line], news: Outcome) -> None:
    """Tell the asker, and bring their card up to date where it stands."""
    blocks = blocks_of(lines, turn.reader)
    buttons = buttons_of(asked_turn(question, turn), lines, question.inbox_id, question)
    message = await card_of(turn.session, question.inbox_id)
    if message:
        await post.edit(turn, turn.chat, message, blocks)
    await post.send(turn, turn.chat, "reminder", (*outcome_blocks(news, turn.reader), *blocks), buttons)
