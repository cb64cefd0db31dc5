"""What may be put back, or written again: rights and the shape of the tree may have changed since it was written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from crm import policy
from crm.changes import Change
from crm.customers import Customer
from crm.deals import Deal
from crm.users import Chat, Team, User, would_loop
from handlers.groups.members import looks_after
from handlers.groups.share_group import is_moved
from handlers.turn import Turn
from storage.changes import changed_by_others
from storage.customers import customer_ids_of, visible_among
from storage.people import is_in_use, other_admins, teams_by_id

OWN = frozenset({"name", "language", "zone", "quiet_hours", "working_hours"})  # what everybody settles for themselves


async def may_stand(turn: Turn, change: Change, thing: Any, value: Any, seen: Collection[int] | None = None) -> bool:
    """Whether the speaker may give the record's field that value now; `value` None of a creation withdraws it. `seen`
    are those of the customers concerned that they see, where it has been looked up for many.
    """
    if isinstance(thing, Chat):
        await turn.session.flush()
        return await _group_may(turn, change, thing, value)
    if not isinstance(thing, User | Team):
        return await _customer_is_seen(turn, change, thing, seen)
    is_own = isinstance(thing, User) and thing.id == turn.actor.id and change.field in OWN
    if not is_own and not policy.may("set_user", policy.relations(turn.actor, None)):
        return False
    await turn.session.flush()
    return await (_user_may if isinstance(thing, User) else _team_may)(turn, change.field, thing, value)


async def seen_of(turn: Turn, things: Iterable[Any]) -> set[int]:
    """Those of the customers that records are or belong to that the speaker sees now."""
    await turn.session.flush()
    keys = {key for thing in things if (key := _customer_id(thing)) is not None}
    return {customer.id for customer in await visible_among(turn.session, turn.actor, list(keys))} if keys else set()


def _customer_id(thing: Any) -> int | None:
    key: int | None = thing.id if isinstance(thing, Customer) else getattr(thing, "customer_id", None)
    return key


async def _customer_is_seen(turn: Turn, change: Change, thing: Any, seen: Collection[int] | None) -> bool:
    """Whether the speaker still sees the customer that a record belongs to: what was handed over is left alone, but
    not the hand-over itself.
    """
    if (change.thing, change.field) == ("customer", "owner_id"):
        return True
    if isinstance(thing, Customer) and thing.withdrawn_at is not None:  # made by what was undone, and made again
        return policy.may("see", policy.relations(turn.actor, thing.owner_id))
    if seen is not None and (key := _customer_id(thing)) is not None:
        return key in seen
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


async def _group_may(turn: Turn, change: Change, chat: Chat, value: Any) -> bool:
    """A group is bound, freed and shared by whoever may do so now, while the bot is in it; a consent is for the binding
    that it was given for. What went along when two customers became one goes back with them.
    """
    about = value if isinstance(value, Mapping) else chat.binding
    if about is None or (not chat.is_active and not is_moved(change)):
        return False
    relations = policy.relations(turn.actor, await looks_after(turn.ledger, about["customer"], about["deal"]))
    if change.field == "binding":
        is_seen = bool(await visible_among(turn.session, turn.actor, [about["customer"]]))
        is_theirs = policy.may("bind_group", relations) and not await _is_gone(turn, about["deal"])
        return is_seen and (is_theirs or is_moved(change))
    is_same = not any(since.field == "binding" for since in await changed_by_others(turn.session, change))
    return is_same and policy.may("share_group", relations)


async def _is_gone(turn: Turn, deal_id: int | None) -> bool:
    deal = await turn.ledger.get(Deal, deal_id)
    return deal is not None and deal.withdrawn_at is not None
