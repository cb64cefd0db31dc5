"""What the desk puts into the outbox: replies, edits of cards, answers to taps, notes to others, and their buttons."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from crm.calendar import Hours, out_of_quiet
from crm.changes import Card
from crm.pushes import NOTE_OF_CUSTOMER, NOTE_OF_TASK, NOTE_OF_VISIT, Push
from crm.users import Chat, User
from handlers.turn import Note, Turn, reader_for
from storage import outbox
from storage.cards import keep_buttons
from storage.expiry import keep_card_post
from storage.people import actor_for, private_chat
from storage.posts import OutboxRow, StoredButton
from storage.pushes import put_pushes
from talk.catalogue import say
from talk.message import Block, Button, Line, Outcome, Outgoing, OutgoingFile, Reply
from talk.start_code import StartCode
from talk.views import outcome_blocks

NO_WAIT = timedelta()
Rows = tuple[tuple[Button, ...], ...]


def button(turn: Turn, user_id: int, label: str, action: str, facts: Mapping[str, Any]) -> Button:
    """A button bound to a user; what it means is kept in a table, only a short token travels."""
    token = secrets.token_urlsafe(9)
    turn.buttons.append(StoredButton(token, user_id, action, dict(facts), turn.ledger.now))
    return Button(label, token)


async def reply(turn: Turn, blocks: tuple[Block, ...], choices: Rows = (), *, card: Card | None = None) -> None:
    """Answer the message; on a tap, change the card that carries the button. `card` is what is shown."""
    incoming = turn.incoming
    is_tap = incoming.kind == "tap" and incoming.message
    outgoing = Outgoing(
        do="edit" if is_tap else "send",
        chat=incoming.chat,
        topic=incoming.topic,
        reply=Reply(blocks, choices),
        message=incoming.message if is_tap else "",
        reply_to="" if is_tap else incoming.message,
    )
    await put(turn, "edit" if is_tap else "reply", turn.chat, outgoing, card)


async def send(
    turn: Turn, chat: Chat, kind: str, blocks: tuple[Block, ...], choices: Rows = (), *, card: Card | None = None
) -> None:
    """Send something to a chat that is not the one spoken in, or a second message in it."""
    await put(turn, kind, chat, Outgoing("send", chat.address, Reply(blocks, choices), chat.topic), card)


async def edit(
    turn: Turn,
    chat: Chat,
    message: str,
    blocks: tuple[Block, ...],
    choices: Rows = (),
    *,
    card: Card | None = None,
    card_of: int | None = None,
) -> None:
    """Change a card that stands in some chat; `card_of`: one on its way there, that answers this inbox row."""
    outgoing = Outgoing("edit", chat.address, Reply(blocks, choices), chat.topic, message=message, card_of=card_of)
    await put(turn, "edit", chat, outgoing, card)


async def edit_as(turn: Turn, chat: Chat, message: str, shown: Reply) -> None:
    """Change a message into a reply whose buttons are kept already."""
    await put(turn, "edit", chat, Outgoing("edit", chat.address, shown, chat.topic, message=message))


async def answer_tap(turn: Turn, blocks: tuple[Block, ...] = (), *, is_alert: bool = False) -> None:
    """Answer a tap, so that the button stops waiting; with words where there is something to say.

    Where the button's words were written instead, nothing waits: what there is to say is a message.
    """
    if not turn.incoming.tap:
        if blocks:
            await send(turn, turn.chat, "reply", blocks)
        return
    outgoing = Outgoing(
        "answer", turn.incoming.chat, Reply(blocks), turn.incoming.topic, tap=turn.incoming.tap, is_alert=is_alert
    )
    await put(turn, "answer", turn.chat, outgoing)


async def tell(turn: Turn, note: Note) -> None:
    """Tell a colleague in their private chat, with the buttons it brings; somebody without one is not told.

    What is told at night waits for the end of their quiet hours.
    """
    user, chat = await turn.ledger.get(User, note.user_id), await private_chat(turn.session, note.user_id)
    if user is not None and chat is not None:
        reader = reader_for(await actor_for(turn.session, user), turn.incoming.at)
        rows = tuple(
            tuple(button(turn, user.id, say(o.label, reader, o.words), o.action, o.facts) for o in row)
            for row in note.outcome.offers
        )
        outgoing = Outgoing("send", chat.address, Reply(tuple(outcome_blocks(note.outcome, reader)), rows), chat.topic)
        morning = out_of_quiet(turn.ledger.now, Hours.read(user.quiet_hours), reader.zone)
        key = await put(turn, "reminder", chat, outgoing, wait=NO_WAIT if note.at_once else morning - turn.ledger.now)
        await _keep_about(turn, note, key)


async def _keep_about(turn: Turn, note: Note, key: str) -> None:
    """Remember what a note speaks of, so that a reply to it is understood, and its card follows the task."""
    about = ((NOTE_OF_TASK, note.task_id), (NOTE_OF_VISIT, note.visit_id), (NOTE_OF_CUSTOMER, note.note_id))
    now, customer = turn.ledger.now, note.outcome.customer
    told = [
        Push(f"{kind}:{key}:{thing}", kind, note.user_id, now, thing, customer, state="told", told_at=now, post=key)
        for kind, thing in about
        if thing is not None
    ]
    await put_pushes(turn.session, told)


async def send_file(turn: Turn, file: OutgoingFile, blocks: tuple[Block, ...], choices: Rows = ()) -> None:
    """Send a file to the chat spoken in, with what stands under it."""
    chat = turn.chat
    await put(turn, "file", chat, Outgoing("send", chat.address, Reply(blocks, choices), chat.topic, file=file))


async def replace_waiting(turn: Turn, inbox_id: int, blocks: tuple[Block, ...], choices: Rows, wait: timedelta) -> bool:
    """Change the answer to a message that still waits to be sent, and let it wait on; False where none does."""
    due_at = turn.ledger.now + wait
    if not await outbox.replace_waiting(turn.session, inbox_id, Reply(blocks, choices).to_json(), due_at):
        return False
    await _keep_buttons(turn)
    return True


async def put(
    turn: Turn, kind: str, chat: Chat, outgoing: Outgoing, card: Card | None = None, *, wait: timedelta = NO_WAIT
) -> str:
    """One outbox row, under a key that the same message cannot use twice for the same purpose; that key.

    Where the card that it shows, or asks for, still waits, the post is remembered: it changes once that is over.
    """
    turn.sent += 1
    blocks = tuple(_with_code(turn, block) for block in outgoing.reply.blocks)
    outgoing = replace(outgoing, reply=replace(outgoing.reply, blocks=blocks))
    row = OutboxRow(
        dedupe_key=f"{kind}:{turn.incoming.id}:{turn.sent}",
        channel=chat.channel,
        chat=outgoing.chat,
        topic=outgoing.topic,
        kind=kind,
        body=outgoing.to_json(),
        created_at=turn.ledger.now,
        due_at=turn.ledger.now + (turn.hold if kind == "reply" else wait),
        inbox_id=_answered(turn, kind, chat, card),
    )
    await outbox.put(turn.session, row)
    if card is not None and card.state == "open":
        await keep_card_post(turn.session, card.id, row.dedupe_key)
    if kind in ("reply", "edit"):
        for visit_id in sorted(turn.shown_visits):
            await _keep_about(turn, Note(turn.actor.id, Outcome(""), visit_id=visit_id), row.dedupe_key)
        turn.shown_visits.clear()
    await _keep_buttons(turn)
    return row.dedupe_key


def _answered(turn: Turn, kind: str, chat: Chat, card: Card | None) -> int:
    """The message that a post answers: a card that is sent once more still answers its own, so a reply finds it."""
    is_its_own = card is not None and kind == "reply" and card.chat_id == chat.id
    return card.inbox_id if card is not None and is_its_own else turn.incoming.id


async def _keep_buttons(turn: Turn) -> None:
    if turn.buttons:
        await keep_buttons(turn.session, turn.buttons)
        turn.buttons.clear()


def _with_code(turn: Turn, block: Block) -> Block:
    """The block as it leaves: a code is put in while it is at hand."""
    if not isinstance(block, StartCode):
        return block
    code = turn.codes.get(block.name)
    return replace(block, code=code) if code else Line(block.otherwise)
