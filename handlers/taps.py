"""A tap on a button: bound to whom it was shown to; what it may still do is read from the record, not the button."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from crm.changes import OpenQuestion
from crm.errors import CrmError, NothingToUndo
from handlers import post
from handlers.answers import take
from handlers.approvals import decide, may_decide
from handlers.cards import show_card
from handlers.focus import keep_focus
from handlers.look_up_customer import customer_card
from handlers.questions import Waiting, lines_of
from handlers.stored import revived
from handlers.turn import Turn
from handlers.undo_changes import undo_message
from storage.customers import customer_for
from storage.questions import button_of, question_to_answer
from talk.catalogue import say
from talk.message import Line, Outcome, Quote
from talk.views import outcome_blocks


async def tap(turn: Turn) -> None:
    """Do what the button means, once; else say politely why not. The tap itself is answered in every case."""
    stored = await button_of(turn.session, turn.incoming.button)
    if stored is None:
        await _refuse(turn, "button_unknown")
        return
    if stored.user_id != turn.actor.id:
        await _refuse(turn, "button_not_yours")
        return
    try:
        async with turn.ledger.savepoint():
            await TAPS[stored.action](turn, stored.facts)
    except NothingToUndo:
        await _refuse(turn, "undone_already")
    except CrmError as refusal:
        await post.answer_tap(
            turn, tuple(outcome_blocks(Outcome(refusal.key, refusal.facts), turn.reader)), is_alert=True
        )


async def _refuse(turn: Turn, key: str) -> None:
    await post.answer_tap(turn, (Line(say(key, turn.reader)),), is_alert=True)


async def _answer(turn: Turn, facts: Mapping[str, Any]) -> None:
    question = await _open_question(turn, facts, at_superior=False)
    if question is None:
        return
    if not await take(turn, question, facts["group"], revived(facts["decision"])):
        await _refuse(turn, "superior_unreachable")
        return
    await post.answer_tap(turn)
    await show_card(turn, question)


async def _approve(turn: Turn, facts: Mapping[str, Any]) -> None:
    question = await _open_question(turn, facts, at_superior=True)
    if question is None:
        return
    if not await may_decide(turn, question, facts["group"]):
        await _refuse(turn, "button_not_yours")
        return
    await post.answer_tap(turn)
    await decide(turn, question, facts["group"], revived(facts["decision"]))


async def _open_question(turn: Turn, facts: Mapping[str, Any], *, at_superior: bool) -> OpenQuestion | None:
    """The question of a button where it still waits for this side; else the refusal is said."""
    question = await question_to_answer(turn.session, facts["question"])
    if question is not None and question.state != "answered" and question.expires_at <= turn.ledger.now:
        await _refuse(turn, "question_expired")
        return None
    if question is None or question.state != "open" or not _waits(question, facts["group"], at_superior):
        await _refuse(turn, "answered_already")
        return None
    return question


def _waits(question: OpenQuestion, group: str, at_superior: bool) -> bool:
    waiting = [line for line in lines_of(question) if isinstance(line, Waiting) and line.ask.group == group]
    return any(bool(line.at_superior) is at_superior for line in waiting)


async def _undo(turn: Turn, facts: Mapping[str, Any]) -> None:
    outcome = await undo_message(turn, facts["inbox"])
    await post.answer_tap(turn)
    await post.reply(turn, tuple(outcome_blocks(outcome, turn.reader)))


async def _rewrite(turn: Turn, facts: Mapping[str, Any]) -> None:
    outcome = await undo_message(turn, facts["inbox"])
    await post.answer_tap(turn)
    blocks = (*outcome_blocks(outcome, turn.reader), Line(say("write_again", turn.reader)), Quote(facts["text"]))
    await post.reply(turn, blocks)


async def _customer(turn: Turn, facts: Mapping[str, Any]) -> None:
    customer = await customer_for(turn.session, turn.actor, facts["customer"])
    keep_focus(turn, [customer.id])
    outcome = await customer_card(turn, customer)
    await post.answer_tap(turn)
    await post.send(turn, turn.chat, "reply", tuple(outcome_blocks(outcome, turn.reader)))


TAPS: dict[str, Callable[[Turn, Mapping[str, Any]], Awaitable[None]]] = {
    "answer": _answer,
    "approve": _approve,
    "undo": _undo,
    "rewrite": _rewrite,
    "customer": _customer,
}
