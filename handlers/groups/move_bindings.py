"""What groups are bound to goes with it when two customers become one: said there, and put back with the merging."""

from __future__ import annotations

from crm.customers import Customer
from crm.users import Chat
from handlers import post
from handlers.groups.members import see_as_bound
from handlers.groups.share_group import ask_owner, what_of
from handlers.groups.showing import told
from handlers.turn import Turn, bound_to
from storage.groups import groups_bound_to
from talk.views import outcome_blocks


async def move_bindings(turn: Turn, stays: Customer, goes: Customer) -> list[Chat]:
    """Bind the groups of the one that goes to the one that stays, before their records move: so it is put back last.

    Members see by the owner's consent, which nobody else's customer follows: another owner is asked anew.
    """
    groups = await groups_bound_to(turn.session, goes.id)
    for chat in groups:
        is_shared = chat.is_shared and goes.owner_id == stays.owner_id
        turn.ledger.set(chat, binding={**(chat.binding or {}), "customer": stays.id, "is_shared": is_shared})
        await turn.session.flush()
        await see_as_bound(turn.ledger, chat)
        if chat.id == turn.chat.id:
            turn.bound = bound_to(chat)
        if chat.is_active:
            await _say(turn, chat, goes, is_asked=not is_shared)
    return groups


async def _say(turn: Turn, chat: Chat, goes: Customer, *, is_asked: bool) -> None:
    """The group hears what it is bound to now; the owner is asked whether its members may see."""
    lines = [told("group_bound_anew", one=goes.name, what=await what_of(turn, chat))]
    if is_asked:
        lines.append(await ask_owner(turn, chat))
    blocks = tuple(block for line in lines for block in outcome_blocks(line, turn.reader))
    await post.send(turn, chat, "reminder", blocks)
