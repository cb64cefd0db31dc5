"""What happens in a chat without a word: the bot comes in or is out, colleagues join and leave, the id changes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from crm.customers import Customer
from crm.policy import Actor
from crm.users import Chat, User
from handlers import post
from handlers.groups.bind_group import choices_here
from handlers.groups.members import come_in, free, go_out, note_speaker
from handlers.groups.showing import show, told
from handlers.joining import stranger_turn
from handlers.turn import Note, Turn
from handlers.unreachable import heed_membership
from storage import chats, outbox
from storage.groups import chats_at, users_at
from storage.ledger import Ledger
from storage.posts import OutboxRow
from talk.catalogue import say
from talk.incoming import Incoming
from talk.message import Line, Outgoing, Reply

TurnOf = Callable[[Ledger, Incoming], Awaitable[Turn | None]]


async def happened(ledger: Ledger, incoming: Incoming, turn_of: TurnOf) -> None:
    """Take note of it. `turn_of` recognises who did it."""
    session, now = ledger.session, ledger.now
    if not incoming.is_group:
        await heed_membership(session, now, incoming)
        return
    if incoming.kind == "moved":
        await chats.move(session, incoming.channel, incoming.chat, incoming.moved_to)
        return
    here = await chats_at(session, incoming.channel, incoming.chat)
    if incoming.kind == "added":
        await _added(ledger, incoming, here, turn_of)
    elif incoming.kind == "removed":
        is_bound = any(chat.customer_id is not None for chat in here)
        await _removed(ledger, incoming, here, await turn_of(ledger, incoming) if is_bound else None)
    else:
        people = await users_at(session, incoming.channel, incoming.members) if here else []
        for chat in here if people else ():
            if incoming.kind == "joined":
                await come_in(ledger, chat, people)
            else:
                await go_out(session, chat, people, now)


async def _added(ledger: Ledger, incoming: Incoming, here: list[Chat], turn_of: TurnOf) -> None:
    """Say what the bot does in a group, to a colleague who brought it; to a stranger one line, ever."""
    was_in = any(chat.is_active for chat in here)
    had_rights = any(chat.is_administrator for chat in here)
    for chat in here:
        chat.is_administrator = incoming.is_administrator
    if was_in:
        if had_rights != incoming.is_administrator:
            await _rights_changed(ledger, incoming, here)
        return
    turn = await turn_of(ledger, incoming)
    if turn is None:
        await _greet_strangers(ledger, incoming)
        return
    turn.chat.is_administrator = incoming.is_administrator
    await note_speaker(turn)
    watch = "group_sees_leaving" if incoming.is_administrator else "group_asks_each_time"
    await show(turn, told("group_introduced"), told(watch), await choices_here(turn))


async def _rights_changed(ledger: Ledger, incoming: Incoming, here: list[Chat]) -> None:
    """Say in each bound topic whether the bot sees now who leaves."""
    turn = stranger_turn(ledger, incoming)
    key = "group_sees_leaving" if incoming.is_administrator else "group_asks_each_time"
    for chat in here:
        if chat.customer_id is not None and chat.is_active:
            await post.send(turn, chat, "reply", (Line(say(key, turn.reader)),))


async def _greet_strangers(ledger: Ledger, incoming: Incoming) -> None:
    turn = stranger_turn(ledger, incoming)
    body = Outgoing("send", incoming.chat, Reply((Line(say("group_of_strangers", turn.reader)),))).to_json()
    key = f"strangers:{incoming.channel}:{incoming.chat}"
    row = OutboxRow(key, incoming.channel, incoming.chat, "reply", body, ledger.now, ledger.now)
    await outbox.put(ledger.session, row)


async def _removed(ledger: Ledger, incoming: Incoming, here: list[Chat], doer: Turn | None) -> None:
    """Nobody sees anything by a group any more in which the bot is not; whoever bound it is told."""
    session = ledger.session
    ledger.inbox_id = None  # no message's doing: to undo one does not bring the bot back
    turn = stranger_turn(ledger, incoming)
    for chat in here:
        if chat.bound_by_id is not None and chat.customer_id is not None:
            customer = await ledger.get(Customer, chat.customer_id)
            facts = {"title": chat.title or incoming.title or "—", "customer": customer.name if customer else "—"}
            turn.notes.append(Note(chat.bound_by_id, told("group_lost", **facts)))
        binder = await ledger.get(User, chat.bound_by_id) if doer is None else None
        if binder is not None:
            ledger.actor = Actor(binder)  # by nobody we know: the log has it with whoever bound the group
        elif doer is None:
            chat.binding = None
        await free(ledger, chat)
        chat.member_ids, chat.is_administrator = [], False
    await session.flush()
    await chats.switch_off(session, incoming.channel, incoming.chat)
    await outbox.drop(session, incoming.channel, incoming.chat)
    for note in turn.notes:
        await post.tell(turn, note)
