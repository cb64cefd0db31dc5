"""An open question answered in words: the words of a button, the customer's name, a reason, a day, a sum, or 算了."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any

from crm.changes import Card
from crm.money import is_sum
from handlers.approvals import ask_superiors, request
from handlers.cards import show_card, show_in_place
from handlers.change_fields import GROUP, is_field, take_value
from handlers.entries import lines_of
from handlers.fields import KINDS, Place
from handlers.mend import right_for
from handlers.settle import settle
from handlers.turn import Choice, Entry, Turn, Waiting
from nlu.question import LOOKS
from nlu.rule import Amount, Find, Mention, Reading, Understanding, When
from nlu.segment import is_ordinary, is_word
from nlu.whole import ENDS
from storage.cards import locked_card, open_card
from talk.catalogue import say
from talk.message import Outcome

ANSWERED_WITHIN = timedelta(minutes=30)  # later, words alone are more likely a new message than an answer
CANCEL = frozenset({"算了", "取消", "不用了", "cancel", "never mind", "nevermind", "forget it"})
YES = frozenset({"好", "好的", "是", "是的", "对", "嗯", "确认", "可以", "ok", "yes", "confirm"})
LONGEST_REASON = 40  # characters: a longer text is a message of its own
FIRM = re.compile(r"[\w&.()()·' -]{2,30}")

SLACK = 4  # characters that may stand around a day or a sum that is an answer: 是12月3号。

Taken = list[tuple[str, Mapping[str, Any]]]


async def asked_here(turn: Turn) -> Card | None:
    """The card that waits for the speaker's answer in this chat."""
    return await open_card(turn.session, turn.chat.id, turn.actor.id, turn.ledger.now)


async def in_words(turn: Turn, asked: Card, read: Callable[[str], Understanding]) -> bool:
    """Take the text as the answer to what is asked here, if it can be one. `read` understands a text said here."""
    if asked.asked_at is None or turn.ledger.now - asked.asked_at > ANSWERED_WITHIN:
        return False
    card = await locked_card(turn.session, asked.id)
    if card is None or card.state != "open":
        return False
    taken = _said(turn, card) or _told(_open(card), turn.text, read)
    if not taken:
        return False
    for group, decision in taken:
        await take(turn, card, group, decision)
    await (show_in_place if "said" in taken[0][1] else show_card)(turn, card)
    return True


async def take(turn: Turn, card: Card, group: str, decision: Mapping[str, Any]) -> bool:
    """Apply a decision to what a card asks; what it writes belongs to the message that was asked about.

    False where it asks for a superior who cannot be reached.
    """
    turn.ledger.inbox_id = card.inbox_id
    if any(is_field(line) and line.ask.group == group for line in lines_of(card) if isinstance(line, Waiting)):
        await take_value(turn, card, group, decision)
        return True
    if decision.get("ask"):
        return await request(turn, card, group)
    await settle(turn, card, group, decision)
    await ask_superiors(turn, card)
    return True


async def retry(turn: Turn, card: Card, entries: Iterable[Entry]) -> None:
    """Run a refused move again that an earlier message asked for, when this one has told what it lacked."""
    done = [line for entry in entries for line in entry.lines if isinstance(line, Outcome)]
    about = {outcome.customer for outcome in done if outcome.wrote}
    lacking = [line for line in _open(card).values() if line.ask.key == "move_lacks" and line.ask.customer in about]
    for line in lacking:
        turn.known.clear()
        turn.ledger.inbox_id = card.inbox_id
        await settle(turn, card, line.ask.group, {})
        turn.ledger.inbox_id = turn.incoming.id
        if line.ask.group not in _open(card):
            await show_card(turn, card)


def is_cancelling(text: str) -> bool:
    """Whether a text says to leave alone what is asked, and nothing else."""
    return _bare(text) in CANCEL


def _open(card: Card) -> dict[str, Waiting]:
    """What still waits for the speaker, by group."""
    waiting = [line for line in lines_of(card) if isinstance(line, Waiting) and not line.at_superior]
    return {line.ask.group: line for line in reversed(waiting)}


def _said(turn: Turn, card: Card) -> Taken:
    """What a text settles that says what a button says, or 算了, or yes where one thing is to be confirmed."""
    said = _bare(turn.text)
    if said in CANCEL:
        groups = dict.fromkeys(line.ask.group for line in lines_of(card) if isinstance(line, Waiting))
        return [(group, {"dropped": True}) for group in groups]
    choices = [(group, choice) for group, line in _open(card).items() for choice in line.ask.choices]
    if said in YES:
        choices = [(group, choice) for group, choice in choices if _only_confirms(choice)]
    else:
        choices = [(group, choice) for group, choice in choices if _is_label(turn, choice, said)]
    return [(group, choice.decision) for group, choice in choices] if len(choices) == 1 else []


def _only_confirms(choice: Choice) -> bool:
    return dict(choice.decision) == {"confirmed": True}


def _is_label(turn: Turn, choice: Choice, said: str) -> bool:
    label = _bare(say(choice.label, turn.reader, choice.facts))
    return label == said or (len(said) >= 2 and label.startswith(said))


def _bare(text: str) -> str:
    return text.strip().strip("。.!！").strip().casefold()


def _told(waiting: Mapping[str, Waiting], text: str, read: Callable[[str], Understanding]) -> Taken:
    """What a text settles that is a customer's name, a reason, a day or a sum, and nothing else."""
    for group, line in waiting.items():
        is_whose = line.ask.key == "whose_card"
        decision = _field(line, text, read) if is_field(line) else (_whose if is_whose else _value)(line, read(text))
        if decision is not None:
            return [(group, decision)]
    return []


def _value(line: Waiting, understanding: Understanding) -> Mapping[str, Any] | None:
    slot, readings = line.ask.slot, understanding.readings
    if slot == "customer" and len(readings) == 1 and readings[0].intent == "look_up_customer":
        return _customer(line, readings[0].slots["customer"])
    if slot == "visit" and (visit := _visit(line, understanding)):
        return visit
    if slot == "trouble" and all(reading.is_guess for reading in readings):
        return {"words": understanding.text.strip()}
    if readings:
        return None
    if slot == "lost_reason" and len(understanding.text) <= LONGEST_REASON:
        return {"proposed_reason": understanding.text.strip()}  # only a tap closes the deal with it
    return _fact(slot.removeprefix("fact:"), understanding) if slot.startswith("fact:") else None


def _field(line: Waiting, text: str, read: Callable[[str], Understanding]) -> Mapping[str, Any] | None:
    """The value of a field in words, read as a correction; what does not fit is a message of its own."""
    slot, said = line.ask.slot.removeprefix(GROUP), text.strip()
    if KINDS[slot] == "text":
        is_more = {reading.intent for reading in read(text).readings} - {"create_task", "correct_record"}
        return None if is_more or len(said) > LONGEST_REASON else {"said": {"right": (("text", said),), "said": said}}
    told = [reading.slots for asked in (text, f"改成{text}") for reading in read(asked).readings if _corrects(reading)]
    place = Place(0, slot, line.ask.reading.slots.get(slot))
    fits = [slots for slots in told if right_for(place, slots) is not None]
    return {"said": {"right": fits[0]["right"], "said": said}} if fits else None


def _corrects(reading: Reading) -> bool:
    return reading.intent == "correct_record"


def _customer(line: Waiting, named: Mention) -> Mapping[str, Any] | None:
    """A customer by name; where the question names candidates, one of those: any other is a question of its own."""
    asked: Mention | None = line.ask.reading.slots.get("customer")
    if named.key is None or (asked is not None and asked.candidates and named.key not in asked.candidates):
        return None
    return {"customer": named.key, "confirmed": True}


def _whose(line: Waiting, understanding: Understanding) -> Mapping[str, Any] | None:
    """Whose person a card is about: the one customer that a sentence names, else a firm that nobody knows yet, by its
    name alone.
    """
    if any(reading.intent != "look_up_customer" for reading in understanding.readings):
        return None
    named = {find.value: find for find in understanding.finds if find.kind == "customer"}
    keys = next(iter(named)) if len(named) == 1 else ()
    if keys and not isinstance(keys, str):
        return {"customer": keys[0], "confirmed": True} if len(keys) == 1 else None
    said = understanding.text.strip(ENDS)
    is_name = FIRM.fullmatch(said) is not None and not is_ordinary(said) and not is_word(said)
    return {"named": keys or said} if is_name and not understanding.readings else None


def _visit(line: Waiting, understanding: Understanding) -> Mapping[str, Any] | None:
    """The one of the visits whose customer or maker is named, and nothing else is said."""
    if any(reading.intent not in LOOKS for reading in understanding.readings):
        return None
    for name, kind in (("customer", "customer"), ("user", "user")):
        keys = {
            key
            for find in understanding.finds
            if find.kind == kind
            for key in find.value
            if _is_all(find, understanding)
        }
        fits = [choice for choice in line.ask.choices if choice.facts[name] in keys]
        if len(fits) == 1:
            return fits[0].decision
    return None


def _fact(key: str, understanding: Understanding) -> Mapping[str, Any] | None:
    """A day for bid_date and contract_date, a sum for contract_amount and amount_known."""
    for find in understanding.finds:
        if not _is_all(find, understanding):
            continue
        if isinstance(find.value, When) and key.endswith("_date") and find.value.last_day:
            return {"values": {key: find.value.last_day}}
        if isinstance(find.value, Amount) and "amount" in key and is_sum(find.value.low):
            return {"values": {key: find.value.low}}
    return None


def _is_all(find: Find, understanding: Understanding) -> bool:
    return len(understanding.normalised.strip()) - (find.end - find.start) <= SLACK
