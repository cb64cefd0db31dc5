"""A tap in a group: by whom the button was shown to, on what the group is still bound to and may see."""

from __future__ import annotations

from crm.users import User
from handlers.group_digests import TAPS as OF_DIGESTS
from handlers.group_digests import group_digest
from handlers.groups.about_group import sees_group, tap_is_of_group
from handlers.groups.showing import refuse
from handlers.groups.undo_binding import is_tap_on_binding
from handlers.taps import tap
from handlers.turn import Bound, Turn
from storage.cards import button_of
from storage.posts import StoredButton

OF_THE_GROUP = frozenset({"group_bind", "group_keep", "group_share"})


async def tap_in_group(turn: Turn) -> None:
    """Do what the button means, or say to whoever tapped alone why not."""
    stored = await button_of(turn.session, turn.incoming.button)
    if stored is None:
        await refuse(turn, "button_unknown")
    elif stored.user_id != turn.actor.id:
        owner = await turn.ledger.get(User, stored.user_id)
        await refuse(turn, "button_of", name=owner.name if owner else "—")
    elif stored.action in OF_DIGESTS:
        await group_digest(turn)
    elif stored.action in OF_THE_GROUP or await is_tap_on_binding(turn, stored.action, stored.facts):
        await tap(turn)
    else:
        bound, since = turn.bound, turn.chat.bound_at
        if bound is None or since is None or stored.created_at < since:
            await refuse(turn, "button_unknown")
        elif await _may_show(turn, stored, bound):
            await tap(turn)
        else:
            await refuse(turn, "group_in_private_only")


async def _may_show(turn: Turn, stored: StoredButton, bound: Bound) -> bool:
    """Whether what a button does may be seen by all in the group, and by who tapped."""
    is_seen = turn.chat.is_shared and await sees_group(turn, bound)
    return is_seen and await tap_is_of_group(turn, stored.action, stored.facts, bound)
