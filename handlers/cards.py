"""The one card of a message: its lines, the choices that are open, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from crm.changes import Card
from crm.users import Chat
from handlers import post
from handlers.entries import about, as_asked, entries_of, lines_in, turn_of
from handlers.fields import places_of
from handlers.focus import keep_focus
from handlers.marks import is_mark
from handlers.stored import stored
from handlers.turn import Choice, Line, Turn, Waiting
from storage import outbox
from storage.cards import card_of_inbox
from talk.catalogue import say
from talk.forms import Reader
from talk.message import Block, Button, Outcome
from talk.message import Line as TextLine
from talk.views import card as view
from talk.views import outcome_blocks


def blocks_of(
    lines: Sequence[Line], reader: Reader, card: Card | None = None, *, corrected: bool = False
) -> tuple[Block, ...]:
    """The card's text. What is asked, or left, in the same words is one line; what waits, waits until some moment."""
    done = [line for line in lines if isinstance(line, Outcome)]
    asked = [as_asked(line, reader) for line in lines if isinstance(line, Waiting)]
    shown = {say(key, reader, facts): (key, facts) for key, _, facts in asked}
    remarks = {repr(outcome_blocks(line, reader)): line for line in reversed(done) if not line.wrote}
    told = [line for line in done if line.wrote or any(line is first for first in remarks.values())]
    blocks = view(told, list(shown.values()), reader, title="card_corrected" if corrected else "card_written")
    return (*blocks, *until(card, reader)) if asked and card is not None else blocks


def until(card: Card, reader: Reader) -> tuple[Block, ...]:
    """The line that says how long a card waits."""
    if card.expires_at is None:
        return ()
    return (TextLine(say("waits_until", reader, {"at": card.expires_at}), label=say("label_waits_until", reader)),)


def buttons_of(turn: Turn, lines: Sequence[Line], inbox_id: int, card: Card | None) -> post.Rows:
    """A row a choice, what the outcomes offer, then undo, correct and the customer where there is something to undo."""
    rows: list[tuple[Button, ...]] = []
    asked: set[str] = set()
    told: list[Outcome] = []
    is_shared = sum(not is_mark(line) for line in lines) > 1
    for line in lines:
        if isinstance(line, Outcome):
            if line.wrote or not any(_says_same(line, other) for other in told):
                rows += offered(turn, line, is_shared=is_shared)
            told.append(line)
        elif card and not line.at_superior and line.ask.group not in asked:
            asked.add(line.ask.group)
            rows += [(_choice(turn, card, line, choice),) for choice in line.ask.choices]
    last = _last_row(turn, lines, inbox_id, card)
    return (*rows, last) if last else tuple(rows)


def _says_same(one: Outcome, other: Outcome) -> bool:
    return (one.key, one.facts) == (other.key, other.facts)


def offered(turn: Turn, outcome: Outcome, *, is_shared: bool = False) -> list[tuple[Button, ...]]:
    """The buttons that an outcome brings, for the speaker. Each knows whether it stands under other lines as well."""
    shared = {"shared": True} if is_shared else {}
    return [
        tuple(
            post.button(turn, turn.actor.id, say(o.label, turn.reader, o.words), o.action, {**o.facts, **shared})
            for o in row
        )
        for row in outcome.offers
    ]


async def show_card(turn: Turn, card: Card) -> None:
    """Bring a card up to date: the one that was tapped, else a new one in place of the old."""
    blocks, rows = await _shown(turn, card, corrected=False)
    if turn.incoming.kind != "tap":
        await in_place(turn, await _chat_of(turn, card), card.inbox_id, blocks, card=card)
    await post.reply(turn, blocks, rows, card=card)


async def show_in_place(turn: Turn, card: Card, *, corrected: bool = True) -> None:
    """Change a card where it stands; a new one where none does."""
    blocks, rows = await _shown(turn, card, corrected=corrected)
    if not await in_place(turn, await _chat_of(turn, card), card.inbox_id, blocks, rows, card=card):
        await post.reply(turn, blocks, rows, card=card)


async def show_instead(turn: Turn, inbox_id: int, outcome: Outcome) -> None:
    """Let an outcome stand where the card of a message stands, if one does."""
    chat = await _chat_of(turn, await card_of_inbox(turn.session, inbox_id))
    blocks = tuple(outcome_blocks(outcome, turn.reader))
    await in_place(turn, chat, inbox_id, blocks, tuple(offered(turn, outcome)))


async def in_place(
    turn: Turn, chat: Chat, inbox_id: int, blocks: tuple[Block, ...], rows: post.Rows = (), *, card: Card | None = None
) -> bool:
    """Change the card of a message where it stands, or once it has arrived; False where there is none."""
    old = await outbox.shown_as(turn.session, inbox_id)
    if not old and not await outbox.is_on_its_way(turn.session, inbox_id):
        return False
    await post.edit(turn, chat, old, blocks, rows, card=card, card_of=None if old else inbox_id)
    return True


async def _chat_of(turn: Turn, card: Card | None) -> Chat:
    """Where a card stands: what was said in a group may be taken back in private."""
    return (await turn.ledger.get(Chat, card.chat_id) if card is not None else None) or turn.chat


async def redraw(turn: Turn, card: Card, wait: timedelta) -> None:
    """Change a card that tells of more now, where it stands; one that is not sent yet waits that long for more."""
    blocks, rows = await _shown(turn, card, corrected=False)
    if await post.replace_waiting(turn, card.inbox_id, blocks, rows, wait):
        return
    if not await in_place(turn, turn.chat, card.inbox_id, blocks, rows, card=card):
        await post.reply(turn, blocks, rows, card=card)


async def _shown(turn: Turn, card: Card, *, corrected: bool) -> tuple[tuple[Block, ...], post.Rows]:
    lines = lines_in(entries_of(card))
    await keep_focus(turn, [line.customer for line in lines if isinstance(line, Outcome)])
    rows = buttons_of(turn_of(card, turn), lines, card.inbox_id, card)
    return blocks_of(lines, turn.reader, card, corrected=corrected), rows


def _choice(turn: Turn, card: Card, waiting: Waiting, choice: Choice) -> Button:
    label = say(choice.label, turn.reader, choice.facts)
    facts = {"card": card.id, "group": waiting.ask.group, "about": about(waiting.ask)}
    return post.button(turn, card.user_id, label, "answer", facts | {"decision": stored(choice.decision)})


def _last_row(turn: Turn, lines: Sequence[Line], inbox_id: int, card: Card | None) -> tuple[Button, ...]:
    done = [line for line in lines if isinstance(line, Outcome)]
    customers = list(dict.fromkeys(line.customer for line in done if line.customer and line.wrote))
    row: list[Button] = []
    if card is not None and any(line.wrote for line in done):
        row.append(post.button(turn, turn.actor.id, _label(turn, "undo"), "undo", {"inbox": inbox_id}))
        if places_of(entries_of(card)):
            row.append(post.button(turn, turn.actor.id, _label(turn, "change"), "fields", {"card": card.id}))
    if len(customers) == 1 and not any(o.label == "button_card" for one in done for row in one.offers for o in row):
        facts = {"customer": customers[0]}
        row.append(post.button(turn, turn.actor.id, _label(turn, "customer"), "customer", facts))
    return tuple(row)


def _label(turn: Turn, name: str) -> str:
    return say(f"button_{name}", turn.reader)
