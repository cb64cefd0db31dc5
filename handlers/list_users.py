"""Who uses the bot here, for admins: role, team, and whether they have come in."""

from __future__ import annotations

from crm.users import User
from handlers.colleagues import demand
from handlers.turn import Result, Turn
from nlu.rule import Reading
from storage.people import all_users, reached_users, teams_by_id
from talk.message import Outcome, Parts, Word


async def list_users(turn: Turn, reading: Reading) -> list[Result]:
    """Everybody, leavers at the end. Raises AdminsOnly."""
    demand(turn.actor, "list_users")
    reached, teams = await reached_users(turn.session), await teams_by_id(turn.session)
    standing = [user for user in await all_users(turn.session) if user.withdrawn_at is None]
    people = sorted(standing, key=lambda user: not user.is_active)
    entries = [_entry(user, teams[user.team_id].name if user.team_id else None, user.id in reached) for user in people]
    return [Outcome("users_listed", {"entries": entries, "count": sum(u.is_active for u in people)}, wrote=False)]


def _entry(user: User, team: str | None, has_come: bool) -> Parts:
    state = "user_left" if not user.is_active else "user_in" if has_come else "user_invited_still"
    mark = None if state == "user_in" else Word(state)
    return Parts((user.name, Word(f"user_role_{user.role}"), team, mark))
