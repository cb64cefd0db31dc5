"""An open question answered in words: the customer's name, a reason, a day, a sum, or 算了."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from crm.changes import OpenQuestion
from handlers import post
from handlers.cards import blocks_of, buttons_of
from handlers.questions import Line, Waiting, asked_turn, lines_of, settle
from handlers.turn import Turn
from nlu.rule import Amount, Mention, Reading, Understanding, When
from storage.questions import open_question, question_to_answer

ANSWERED_WITHIN = timedelta(minutes=30)  # later, words alone are more likely a new message than an answer
CANCEL = frozenset({"算了", "取消", "不用了", "cancel", "never mind", "nevermind", "forget it"})
LONGEST_REASON = 60  # characters: a longer text is a message of its own


async def in_words(turn: Turn, understanding: Understanding) -> bool:
    """Take the text as the answer to the question that is open here, if it can be one."""
    question = await open_question(turn.session, turn.chat.id, turn.actor.id, turn.ledger.now)
    if question is None or turn.ledger.now - question.asked_at > ANSWERED_WITHIN:
        return False
    waiting = [line for line in lines_of(question) if isinstance(line, Waiting) and not line.at_superior]
    if turn.text.strip().strip("。.!！").lower() in CANCEL:
        for group in dict.fromkeys(line.ask.group for line in waiting):
            await _take(turn, question, group, {"dropped": True})
        await _show(turn, question)
        return True
    for line in waiting:
        decision = _decision(turn, line, understanding)
        if decision is not None:
            await _take(turn, question, line.ask.group, decision)
            await _show(turn, question)
            return True
    return False


def _decision(turn: Turn, line: Waiting, understanding: Understanding) -> Mapping[str, Any] | None:
    """What the words settle of one ask; None where they are no answer to it."""
    slot = line.ask.slot
    readings = understanding.readings
    if slot == "customer":
        return _customer(readings, line)
    if slot == "lost_reason" and not readings and len(turn.text) <= LONGEST_REASON:
        return {"confirmed": True, "lost_reason": turn.text.strip()}
    if slot.startswith("fact:") and not [r for r in readings if r.intent != "look_up_customer"]:
        return _fact(slot.removeprefix("fact:"), understanding)
    return None


def _customer(readings: tuple[Reading, ...], line: Waiting) -> Mapping[str, Any] | None:
    if len(readings) != 1 or readings[0].intent != "look_up_customer":
        return None
    mention: Mention = readings[0].slots["customer"]
    if mention.key is None or mention.key == _asked_about(line):
        return None
    return {"customer": mention.key, "confirmed": True}


def _asked_about(line: Waiting) -> Any:
    mention: Mention | None = line.ask.reading.slots.get("customer")
    return mention.key if mention else None


def _fact(key: str, understanding: Understanding) -> Mapping[str, Any] | None:
    """A day for bid_date and contract_date, a sum for contract_amount and amount_known."""
    for find in understanding.finds:
        if isinstance(find.value, When) and key.endswith("_date") and find.value.last_day:
            return {"confirmed": True, "values": {key: find.value.last_day}}
        if isinstance(find.value, Amount) and "amount" in key:
            return {"confirmed": True, "values": {key: find.value.low}}
    return None


async def _take(turn: Turn, question: OpenQuestion, group: str, decision: Mapping[str, Any]) -> None:
    locked = await question_to_answer(turn.session, question.id)
    turn.ledger.inbox_id = question.inbox_id
    await settle(turn, locked or question, group, decision)


async def _show(turn: Turn, question: OpenQuestion) -> None:
    lines: list[Line] = lines_of(question)
    rows = buttons_of(asked_turn(question, turn), lines, question.inbox_id, question)
    await post.reply(turn, blocks_of(lines, turn.reader), rows)
