"""A colleague's place, changed by an admin: team, role, names, language, zone, username."""

from __future__ import annotations

from typing import Any

from crm.errors import InvalidValue, NameTaken, UnknownPlace
from crm.setting_errors import LastAdminRole, UnknownRole
from crm.users import ROLES, User
from handlers.colleague_of import colleague_of
from handlers.colleagues import LONGEST_NAME, demand, is_called, one_line
from handlers.set_team import lead, team_called
from handlers.turn import Ask, Note, Result, Turn
from nlu.names import fold
from nlu.places import zone_of
from nlu.rule import Reading
from storage.people import all_users, names_by_username, other_admins, take_username, teams_by_id
from talk.message import Outcome, Parts, Phrase, Word
from talk.zones import zone_names

LONGEST_SHORT_NAME = 20
MOST_SHORT_NAMES = 12


async def set_user(turn: Turn, reading: Reading) -> list[Result]:
    """Settle what is told of the colleague; what stands so already is left.

    Raises AdminsOnly, UnknownColleague, UnknownTeam, UnknownRole, UnknownPlace, NameTaken, InvalidValue, LastAdminRole.
    """
    demand(turn.actor, "set_user")
    user = await colleague_of(turn, reading, "user")
    if isinstance(user, Ask):
        return [user]
    wanted = await _wanted(turn, user, reading)
    changed = {name for name, value in wanted.items() if getattr(user, name) != value}
    turn.ledger.set(user, **wanted)
    if "team_id" in changed or "role" in changed:
        await _tell(turn, user, changed)
    parts = await _parts(turn, user, wanted)
    if reading.slots.get("leads"):
        team = await team_called(turn, reading.slots["team"])
        parts = Parts((*parts, Phrase("user_leads", {"team": team.name})))
        if lead(turn, team, user):
            changed.add("leads")
    return [Outcome("user_set" if changed else "user_set_already", {"parts": parts}, wrote=bool(changed))]


async def _wanted(turn: Turn, user: User, reading: Reading) -> dict[str, Any]:
    """The fields as they are to be."""
    said = reading.slots
    wanted: dict[str, Any] = {}
    if "team" in said:
        wanted["team_id"] = (await team_called(turn, said["team"])).id
    if "role" in said or "no_role" in said:
        wanted["role"] = await _role(turn, user, said.get("role") or said["no_role"])
    if "called" in said:
        wanted["name"] = await _name(turn, user, said["called"], LONGEST_NAME)
    if "also" in said:
        also = await _name(turn, user, said["also"], LONGEST_SHORT_NAME)
        wanted["short_names"] = list(dict.fromkeys((*user.short_names, also)))[-MOST_SHORT_NAMES:]
    if "no_longer" in said:
        gone = fold(said["no_longer"])
        wanted["short_names"] = [name for name in user.short_names if fold(name) != gone]
    if "language" in said:
        wanted["language"] = said["language"]
    if "place" in said:
        wanted["zone"] = _zone(said["place"])
    if "username" in said:
        wanted["username"] = await _username(turn, user, said["username"])
    return wanted


async def _role(turn: Turn, user: User, role: str) -> str:
    if role not in ROLES:
        raise UnknownRole(name=role, known=[Word(f"user_role_{each}") for each in ROLES])
    if user.role == "admin" and role != "admin" and not await other_admins(turn.session, user.id):
        raise LastAdminRole(name=user.name)
    return role


async def _name(turn: Turn, user: User, said: str, longest: int) -> str:
    """A name that nobody else goes by."""
    name = one_line(said)
    if not name or len(name) > longest:
        raise InvalidValue(value=name[:longest])
    if any(is_called(each, fold(name)) for each in await all_users(turn.session) if each.id != user.id):
        raise NameTaken(name=name)
    return name


async def _username(turn: Turn, user: User, said: str) -> str:
    """A username that no other colleague has; a leaver's goes to whoever has it now."""
    holder = (await names_by_username(turn.session, [said])).get(said.lower())
    if holder is not None and holder != user.name:
        raise NameTaken(name=f"@{said} ({holder})")
    await take_username(turn.session, said, user.id)
    return said


def _zone(place: str) -> str:
    zone = zone_of(place)
    if zone is None:
        raise UnknownPlace(name=place)
    return zone


async def _tell(turn: Turn, user: User, changed: set[str]) -> None:
    """The one concerned hears of a new team or role, and so does whoever leads the team."""
    team = (await teams_by_id(turn.session)).get(user.team_id or 0)
    shown = {"team_id": team.name if team else None, "role": Word(f"user_role_{user.role}")}
    parts = Parts(value for name, value in shown.items() if name in changed)
    facts = {"name": turn.actor.user.name, "who": user.name, "parts": parts}
    if user.id != turn.actor.id:
        turn.notes.append(Note(user.id, Outcome("user_set_told", facts, wrote=False)))
    leader = team.manager_id if team and "team_id" in changed else None
    if leader is not None and leader not in (user.id, turn.actor.id):
        turn.notes.append(Note(leader, Outcome("user_joins_told", facts, wrote=False)))


async def _parts(turn: Turn, user: User, wanted: dict[str, Any]) -> Parts:
    team = (await teams_by_id(turn.session)).get(user.team_id or 0)
    shown: dict[str, Any] = {
        "team_id": team.name if team else None,
        "role": Word(f"user_role_{user.role}"),
        "short_names": Phrase("user_also_called", {"names": user.short_names}) if user.short_names else None,
        "language": Word(f"language_{user.language}"),
        "zone": zone_names(user.zone),
        "username": f"@{user.username}",
    }
    return Parts((user.name, *(value for name, value in shown.items() if name in wanted)))
