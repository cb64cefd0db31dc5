"""Who may see and do what: one table of verbs and relations. Every query and every action asks here.

A relation is what a person is to a record. Queries state the same table in SQL (storage/visibility.py).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from crm.users import User

RELATIONS = ("admin", "superior", "owner", "collaborator", "giver", "other")
_SEEING = frozenset({"admin", "superior", "owner", "collaborator"})
_OF_A_TASK = frozenset({"admin", "superior", "owner", "giver"})
_RULING = frozenset({"admin", "superior"})
_ADMIN = frozenset({"admin"})

MAY: dict[str, frozenset[str]] = {
    "see": _SEEING,
    "export": _SEEING,
    "record_visit": _SEEING,
    "create_deal": _SEEING,
    "change_deal": _SEEING,
    "hand_over_deal": frozenset({"admin", "superior", "owner"}),
    "create_task": _SEEING,
    "change_customer": _SEEING,
    "change_contact": _SEEING,
    "add_note": _SEEING,
    "name_customer": frozenset({"admin", "superior", "owner"}),
    "finish_task": _OF_A_TASK,
    "move_task": _OF_A_TASK,
    "rename_task": _OF_A_TASK,
    "hand_over_task": _OF_A_TASK,
    "hand_over_customer": frozenset({"admin", "superior", "owner"}),
    "import_customers": frozenset({"admin", "superior", "owner"}),  # the owner whom a sheet names for a customer
    "merge_customers": frozenset({"admin", "superior", "owner"}),
    "share_customer": frozenset({"admin", "superior", "owner"}),
    "accept_task": frozenset({"owner"}),  # of a task the owner is its assignee
    "comment_task": _OF_A_TASK,
    "comment_visit": frozenset({"admin", "superior", "owner"}),
    "undo": frozenset({"admin", "superior", "owner"}),
    "read_message": frozenset({"admin", "superior", "owner"}),  # the owner of a message wrote it
    "approve": _RULING,
    "set_target": _RULING,
    "set_write_policy": frozenset({"admin"}),
    "set_ladder": _ADMIN,
    "set_working_day": _ADMIN,
    "subscribe_group": _RULING | {"owner"},  # the owner of a team is its manager
    "wave_through": _RULING,
    "invite_user": _ADMIN,
    "deactivate_user": _ADMIN,
    "list_users": _ADMIN,
    "set_team": _ADMIN,
    "set_user": _ADMIN,
    "settle_short_name": _ADMIN,
    "read_person": _ADMIN,  # all that is known of a person at a customer, at their request
    "erase_person": _ADMIN,
    "bind_group": _RULING | {"owner"},
    "share_group": frozenset({"owner"}),
}


@dataclass(frozen=True)
class Actor:
    """Who asks: the user and the ids of everybody below them in the tree of teams.

    `barred` are the chats whose members' rights do not count for them now: nobody can tell that they are still in.
    """

    user: User
    below: frozenset[int] = frozenset()
    barred: frozenset[int] = frozenset()

    @property
    def id(self) -> int:
        """The user's id."""
        return self.user.id


def relations(
    actor: Actor, owner_id: int | None, sharers: Collection[int] = (), giver_id: int | None = None
) -> set[str]:
    """What an active actor is to a record of `owner_id` that is shared with `sharers`; nothing at all once inactive."""
    if not actor.user.is_active:
        return set()
    found = {
        "admin": actor.user.role == "admin",
        "superior": owner_id in actor.below or (actor.id != owner_id and giver_id in actor.below),
        "owner": owner_id == actor.id,
        "collaborator": actor.id in sharers,
        "giver": giver_id == actor.id,
    }
    return {name for name, holds in found.items() if holds} or {"other"}


def may(verb: str, held: Collection[str]) -> bool:
    """Whether any of the relations held allows the verb. An unknown verb is a bug: KeyError."""
    return bool(MAY[verb] & set(held))
