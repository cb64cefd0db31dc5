"""The path of a message in a group: about the group itself, about what it is bound to, or for the private chat."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from crm.customers import Customer
from crm.errors import CrmError
from crm.users import User
from handlers.edits import card_edited
from handlers.group_digests import group_digest
from handlers.groups.about_group import sees_group, speaks_of_group
from handlers.groups.answer_apart import answer_apart
from handlers.groups.bind_group import bind, bound_where, unbind
from handlers.groups.comment_card import card_commented, comment
from handlers.groups.hear import hear
from handlers.groups.members import note_speaker
from handlers.groups.show_status import seen_by, status_of
from handlers.groups.showing import refuse, show, told
from handlers.groups.tap_in_group import tap_in_group
from handlers.groups.undo_binding import binding_undone
from handlers.push_replies import digest_commented
from handlers.run import run_entry
from handlers.turn import Bound, Entry, Turn
from nlu.group_words import group_command
from storage.people import chat_at
from talk.message import Outcome


@dataclass(frozen=True)
class Path:
    """How the desk reads a message, how it takes an edited one, and how it answers with a card."""

    read: Callable[[Turn], Awaitable[None]]
    edited: Callable[[Turn], Awaitable[None]]
    card: Callable[[Turn, list[Entry]], Awaitable[None]]


async def in_group(turn: Turn, path: Path) -> None:
    """Answer what a colleague says, edits or taps in a group."""
    await note_speaker(turn)
    try:
        if turn.incoming.is_forwarded:
            await refuse(turn, "group_forwarded")
        elif turn.incoming.kind == "tap":
            await tap_in_group(turn)
        elif not await _about_itself(turn, path):
            await _about_its_deal(turn, path)
    except CrmError as refusal:
        await show(turn, Outcome(refusal.key, refusal.facts, wrote=False))


async def answer_stranger(turn: Turn) -> None:
    """Whoever is no colleague hears nothing in a group, but that a button is not theirs; and somebody who writes in the
    group's name, where it is one of ours, that nobody can know who they are.
    """
    incoming = turn.incoming
    if incoming.kind == "tap":
        await refuse(turn, "button_not_yours")
    elif incoming.is_anonymous and incoming.kind == "text":
        known = await chat_at(turn.session, incoming.channel, incoming.chat, incoming.topic)
        if known is not None and known.is_active:
            await refuse(turn, "group_anonymous")


async def _about_itself(turn: Turn, path: Path) -> bool:
    """Do what a message wants of the group: its digest, its binding, how things stand; False where it is none of it."""
    if await group_digest(turn) or await _about_its_digest(turn, path):
        return True
    said = group_command(turn.text) if turn.incoming.kind == "text" else None
    if said is not None and said.kind in ("bind", "unbind"):
        await show(turn, *await (bind(turn, said.rest) if said.kind == "bind" else unbind(turn)))
        return True
    if turn.bound is None:
        if turn.incoming.kind != "text" or not await binding_undone(turn, hear(turn, turn.text)):
            await refuse(turn, "group_how_to_bind")
        return True
    if said is None:
        return False
    if said.kind == "which":
        await show(turn, await bound_where(turn))
    else:
        await _tell(turn, turn.bound, status_of if said.kind == "status" else seen_by)
    return True


async def _about_its_digest(turn: Turn, path: Path) -> bool:
    """Keep what a superior replies to a digest that the group was told: it is a comment, answered in private."""
    found = await digest_commented(turn, partial(hear, turn)) if turn.incoming.kind == "text" else None
    if found is None:
        return False

    async def alone(apart: Turn) -> None:
        await path.card(apart, [await run_entry(apart, 0, found)])

    await answer_apart(turn, alone, "group_in_private")
    return True


async def _tell(turn: Turn, bound: Bound, told_of: Callable[[Turn, Bound], Awaitable[Outcome]]) -> None:
    """Tell something of what the group is bound to, where all may read it."""

    async def alone(apart: Turn) -> None:
        await show(apart, await told_of(apart, bound))

    if not await _is_masked(turn, bound, alone):
        await show(turn, await told_of(turn, bound))


async def _about_its_deal(turn: Turn, path: Path) -> None:
    """Read a message as it is meant here, if all may read the answer; else in private, or masked."""
    bound = turn.bound
    if bound is None or not (turn.text.strip() or turn.incoming.brings_something):
        await refuse(turn, "nothing_to_read")
        return
    said = hear(turn, turn.text)
    is_ours = await speaks_of_group(turn, bound, said)
    if turn.incoming.kind == "edit":
        await _edited(turn, bound, path, is_ours=is_ours)
    elif await binding_undone(turn, said):
        return
    elif not is_ours:
        await answer_apart(turn, path.read, "group_in_private")
    elif await _is_masked(turn, bound, path.read if said.readings or turn.incoming.brings_something else None):
        return
    elif not said.readings and (card := await card_commented(turn)) is not None:
        await comment(turn, bound, card)
    else:
        await path.read(turn)


async def _edited(turn: Turn, bound: Bound, path: Path, *, is_ours: bool) -> None:
    """An edit changes a card that stands here; what was answered in private is not read anew."""
    may_show = is_ours and turn.chat.is_shared and await sees_group(turn, bound)
    if may_show and await card_edited(turn) is not None:
        await path.edited(turn)
    else:
        await refuse(turn, "group_edit_not_read")


async def _is_masked(turn: Turn, bound: Bound, read: Callable[[Turn], Awaitable[None]] | None) -> bool:
    """Answer with name and owner alone where the speaker may not see, or the owner has not let the group see: then the
    whole of it goes to the speaker's private chat.
    """
    is_seen = await sees_group(turn, bound)
    if is_seen and turn.chat.is_shared:
        return False
    customer = await turn.ledger.get(Customer, bound.customer_id)
    owner = await turn.ledger.get(User, customer.owner_id) if customer else None
    facts = {"customer": customer.name if customer else "—", "owner": owner.name if owner else "—"}
    if is_seen and read is not None:
        await answer_apart(turn, read, "group_kept_private", **facts)
    else:
        await show(turn, told("group_masked", **facts))
    return True
