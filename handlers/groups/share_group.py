"""The owner's consent: only then do a group's members see what it is bound to, and does the bot speak of it there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm import policy
from crm.changes import Change
from crm.customers import Customer
from crm.deals import Deal
from crm.setting_errors import GroupChanged
from crm.users import Chat, User
from handlers import post
from handlers.groups.members import keep_apart, looks_after, owner_of_group, see_as_bound, share
from handlers.groups.showing import show, told
from handlers.turn import Note, Turn, bound_to
from storage.changes import changed_by_others
from storage.groups import active_among
from talk.message import Offer, Outcome, Parts
from talk.views import outcome_blocks


async def what_of(turn: Turn, chat: Chat) -> Parts:
    """What a group is bound to, by name."""
    customer = await turn.ledger.get(Customer, chat.customer_id)
    deal = await turn.ledger.get(Deal, chat.deal_id)
    return Parts((customer.name if customer else None, deal.name if deal else None))


async def ask_owner(turn: Turn, chat: Chat) -> Outcome:
    """Ask the owner whether a group's members may see: there where they speak themselves, else in private; what is
    said of it there.
    """
    owner_id, is_here = await owner_of_group(turn.ledger, chat), chat.id == turn.chat.id
    owner = await turn.ledger.get(User, owner_id)
    others = await active_among(turn.session, [key for key in chat.member_ids if key != owner_id])
    facts = {"count": len(others), "names": list(others.values()) or None}
    offers = ((_offer(chat, "share"), _offer(chat, "keep")),)
    if owner_id == turn.actor.id and is_here:
        return Outcome("group_consent_here", facts, wrote=False, offers=offers)
    asked = facts | {
        "name": turn.actor.user.name,
        "title": chat.title or (turn.incoming.title if is_here else "") or "—",
        "what": await what_of(turn, chat),
    }
    if owner is not None:
        turn.notes.append(Note(owner.id, Outcome("group_consent_asked", asked, wrote=False, offers=offers)))
    return told("group_consent_waits", name=owner.name if owner else "—")


def _offer(chat: Chat, what: str) -> Offer:
    facts = {"chat": chat.id, "at": chat.bound_at.timestamp() if chat.bound_at else 0}
    return Offer(f"button_group_{what}", f"group_{what}", facts)


async def share_tapped(turn: Turn, facts: Mapping[str, Any]) -> None:
    """The owner lets the members see, those known and those who come. Raises GroupChanged."""
    chat = await _chat(turn, facts)
    names = await share(turn.ledger, chat)
    await _show(turn, chat, "group_shared", {"names": names or None}, "keep")


async def keep_tapped(turn: Turn, facts: Mapping[str, Any]) -> None:
    """The owner keeps it to those who have rights of their own. Raises GroupChanged."""
    chat = await _chat(turn, facts)
    await keep_apart(turn.ledger, chat)
    await _show(turn, chat, "group_kept", {}, "share")


async def _chat(turn: Turn, facts: Mapping[str, Any]) -> Chat:
    """The group, still bound as when it was asked, by its owner of now. Raises GroupChanged."""
    chat = await turn.ledger.get(Chat, facts["chat"])
    if chat is None or chat.bound_at is None or chat.bound_at.timestamp() != facts["at"] or not chat.is_active:
        raise GroupChanged
    owner_id = await owner_of_group(turn.ledger, chat)
    if not policy.may("share_group", policy.relations(turn.actor, owner_id)):
        raise GroupChanged
    return chat


async def _show(turn: Turn, chat: Chat, key: str, facts: dict[str, Any], other: str) -> None:
    """In place of the question, with a button for the other answer; where that stood in private, it says of which
    group, and the group hears it too.
    """
    is_here = chat is turn.chat
    where = {} if is_here else {"title": chat.title or "—", "what": await what_of(turn, chat)}
    offers = ((_offer(chat, other),),)
    await show(turn, Outcome(key if is_here else f"{key}_there", facts | where, wrote=False, offers=offers))
    if not is_here:
        await post.send(turn, chat, "reminder", tuple(outcome_blocks(told(key, **facts), turn.reader)))


def is_moved(change: Change) -> bool:
    """Whether a change of a group bound it to the customer with which its own became one (handlers/merge_customers)."""
    return change.field == "binding" and isinstance(change.before, Mapping) and isinstance(change.after, Mapping)


async def may_be_bound(turn: Turn, change: Change, chat: Chat) -> Any:
    """What a change of a group wrote over, as it may come back: its members see by it again only where the speaker may
    give that consent; of what was merged the consent stands as it did, unless it was changed since.
    """
    value = change.before
    if not isinstance(value, Mapping) or not value["is_shared"]:
        return value
    if is_moved(change):
        since = [later.field for later in await changed_by_others(turn.session, change)]
        return {**value, "is_shared": chat.is_shared if "is_shared" in since else True}
    owner_id = await looks_after(turn.ledger, value["customer"], value["deal"])
    return {**value, "is_shared": policy.may("share_group", policy.relations(turn.actor, owner_id))}


async def bind_as_said(turn: Turn, chat: Chat) -> None:
    """After a binding or consent was put back or written again: its members see by it what it says, and the group hears
    of what was done elsewhere.
    """
    await see_as_bound(turn.ledger, chat)
    if chat is turn.chat:
        turn.bound = bound_to(chat)
        return
    key = "group_shared" if chat.is_shared else "group_kept" if chat.customer_id else "group_is_unbound"
    await post.send(turn, chat, "reminder", tuple(outcome_blocks(told(key, names=None), turn.reader)))
