"""The messenger says that a message was edited: what it wrote is rewritten as it reads now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from crm.changes import Card
from crm.errors import CrmError
from handlers import post
from handlers.cards import show_in_place
from handlers.entries import entries_of, lines_of
from handlers.files_in import with_files
from handlers.focus import focus_of
from handlers.groups.hear import hear_about
from handlers.rewrite import Wanted, correctable, rewrite
from handlers.stored import stored
from handlers.turn import Entry, Turn
from nlu.known import Focus
from nlu.rule import Reading, Understanding
from storage.cards import card_of_message
from talk.message import Outcome
from talk.views import outcome_blocks

# Done once, when they were said.
COMMANDS = ("undo_changes", "redo_changes", "put_back_hand_over", "correct_record", "start_chat")


async def card_edited(turn: Turn) -> Card | None:
    """The card of the message that was edited; None where it wrote and asked nothing, or has not come yet."""
    if not turn.incoming.message:  # said in a group and answered in private: no edit is told of there
        return None
    return await card_of_message(turn.session, turn.chat.id, turn.incoming.message)


async def take_edit(turn: Turn, card: Card) -> None:
    """Rewrite the card's message with its new words; the card changes in place, or says why it cannot."""
    if turn.text == card.text and card.state != "undone":
        return
    try:
        async with turn.ledger.savepoint():
            await _retold(turn, card)
    except CrmError as refusal:
        await post.reply(turn, tuple(outcome_blocks(Outcome(refusal.key, refusal.facts, wrote=False), turn.reader)))
        return
    await show_in_place(turn, card)


async def _retold(turn: Turn, card: Card) -> None:
    await correctable(turn, card.id, undone=True)  # taken back, and now told anew
    then = replace(turn, incoming=replace(turn.incoming, at=card.at))
    former = entries_of(card)
    told = hear_about(then, turn.text, _focus(card) if turn.bound is None else focus_of(turn))
    said = _as_comment(former, told) or [r for r in told.readings if r.intent not in COMMANDS]
    readings = await with_files(then, said, told.finds)
    wanted = aligned(readings, former)
    await rewrite(turn, card, wanted, turn.text, way="edit")
    if not wanted:
        nothing = Entry(0, None, (Outcome("nothing_left", wrote=False),))
        card.entries = [stored(nothing), *card.entries]


def _as_comment(former: Sequence[Entry], told: Understanding) -> list[Reading]:
    """Words that were a comment by what they replied to still are, where the new ones ask for nothing else."""
    if any(not one.is_guess for one in told.readings):
        return []
    readings = [entry.reading for entry in former if entry.reading and entry.reading.intent == "comment_visit"]
    return [replace(one, slots={**one.slots, "text": told.text.strip()}) for one in readings]


def _focus(card: Card) -> Focus | None:
    """What the card was about serves where the new words name no customer."""
    about = [line.customer for line in lines_of(card) if isinstance(line, Outcome) and line.customer]
    return Focus(about[-1]) if about else None


def aligned(readings: Iterable[Reading], former: Sequence[Entry]) -> list[Wanted]:
    """Each reading with the former entry that it stands for: of its intent, the one that it shares most with."""
    left = [entry for entry in former if entry.reading is not None]
    wanted = []
    for reading in readings:
        alike = [entry for entry in left if entry.reading is not None and entry.reading.intent == reading.intent]
        best = max(alike, key=lambda entry: _shared(entry, reading), default=None)
        if best is not None:
            left.remove(best)
        wanted.append(Wanted(reading, best))
    return wanted


def _shared(entry: Entry, reading: Reading) -> int:
    before = dict(entry.reading.slots) if entry.reading else {}
    return sum(stored(before.get(slot)) == stored(value) for slot, value in reading.slots.items())
