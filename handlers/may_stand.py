"""What may be put back, or written again: rights and the shape of the tree may have changed since it was written."""

from __future__ import annotations

from typing import Any

from crm import policy
from crm.changes import Change
from crm.customers import Customer
from crm.users import Team, User, would_loop
from handlers.turn import Turn
from storage.customers import customer_ids_of, visible_among
from storage.people import is_in_use, other_admins, teams_by_id

OWN = frozenset({"name", "language", "zone", "quiet_hours", "working_hours"})  # what everybody settles for themselves


async def may_stand(turn: Turn, change: Change, thing: Any, value: Any) -> bool:
    """Whether the speaker may give the record's field that value now; `value` None of a creation withdraws it."""
    if not isinstance(thing, User | Team):
        return await _customer_is_seen(turn, change, thing)
    is_own = isinstance(thing, User) and thing.id == turn.actor.id and change.field in OWN
    if not is_own and not policy.may("set_user", policy.relations(turn.actor, None)):
        return False
    await turn.session.flush()
    return await (_user_may if isinstance(thing, User) else _team_may)(turn, change.field, thing, value)


async def _customer_is_seen(turn: Turn, change: Change, thing: Any) -> bool:
    """Whether the speaker still sees the customer that a record belongs to: what was handed over is left alone, but
    not the hand-over itself.
    """
    if (change.thing, change.field) == ("customer", "owner_id"):
        return True
    if isinstance(thing, Customer) and thing.withdrawn_at is not None:  # made by what was undone, and made again
        return policy.may("see", policy.relations(turn.actor, thing.owner_id))
    await turn.session.flush()  # the customer may have been brought back just now
    keys = await customer_ids_of(turn.session, thing)
    return not keys or bool(await visible_among(turn.session, turn.actor, keys))


async def _user_may(turn: Turn, field: str, user: Any, value: Any) -> bool:
    """The last admin stays one."""
    is_less = (field == "role" and value != "admin") or (field == "is_active" and not value)
    if not is_less or user.role != "admin" or not user.is_active:
        return True
    return bool(await other_admins(turn.session, user.id))


async def _team_may(turn: Turn, field: str, team: Any, value: Any) -> bool:
    """No team stands below itself, and none goes that people or teams stand in."""
    if field == "parent_id":
        return not would_loop(team.id, value, await teams_by_id(turn.session))
    is_going = field in ("", "withdrawn_at") and team.withdrawn_at is None
    return not is_going or not await is_in_use(turn.session, team.id)
