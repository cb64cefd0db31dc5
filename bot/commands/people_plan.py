"""What a file of people would change: new, changed and unchanged ones, and every reason why it cannot be. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.commands.people_file import PeopleFile, PersonRow, TeamRow
from crm.users import ROLES, Team, User, would_loop
from handlers.colleagues import LONGEST_NAME
from nlu.names import fold
from nlu.places import zone_of
from talk.catalogue import LANGUAGES

USERNAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")
LONGEST_NUMBER = 20  # digits of an id on Telegram


@dataclass(frozen=True)
class Present:
    """What the records hold: teams and users by folded name, Telegram's ids by user, who is reached or invited."""

    teams: Mapping[str, Team]
    users: Mapping[str, User]
    addresses: Mapping[int, str]
    reached: frozenset[int]
    invited: frozenset[int]


@dataclass
class Plan:
    """What is to be written, told line by line, or the problems that keep all of it from being written.

    `teams` and `people` are those that are new or change, with the fields told; `invites` are the names to invite.
    """

    teams: list[tuple[TeamRow, Team | None]] = field(default_factory=list)
    people: list[tuple[PersonRow, User | None, dict[str, Any]]] = field(default_factory=list)
    invites: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    unchanged: int = 0
    problems: list[str] = field(default_factory=list)


def plan_of(told: PeopleFile, here: Present) -> Plan:
    """What the file changes of what is there."""
    plan = Plan(problems=list(told.problems))
    plan.problems += [*_of_teams(told, here), *_twice(told, here), *_of_people(told, here), *_admins(told, here)]
    if plan.problems:
        return plan
    for team in told.teams:
        _plan_team(plan, team, here)
    for person in told.people:
        _plan_person(plan, person, here)
    return plan


def _plan_team(plan: Plan, row: TeamRow, here: Present) -> None:
    known = here.teams.get(fold(row.name))
    names = {team.id: team.name for team in here.teams.values()}
    leaders = {user.id: user.name for user in here.users.values()}
    before = (
        {"parent": names.get(known.parent_id or 0, ""), "manager": leaders.get(known.manager_id or 0, "")}
        if known
        else {}
    )
    after = {"parent": row.parent, "manager": row.manager}
    changed = {key: value for key, value in after.items() if value and fold(before.get(key, "")) != fold(value)}
    if known is not None and known.withdrawn_at is None and not changed:
        plan.unchanged += 1
        return
    plan.teams.append((row, known))
    plan.lines.append(_line(f"team {row.name}", before, changed, is_new=known is None))


def _plan_person(plan: Plan, row: PersonRow, here: Present) -> None:
    known = here.users.get(fold(row.name))
    fields = _fields(row)
    team = next((each.name for each in here.teams.values() if known and each.id == known.team_id), "")
    before = {name: getattr(known, name) for name in fields} if known else {}
    changed = {name: value for name, value in fields.items() if known is None or before[name] != value}
    shown = {name.replace("short_names", "called"): value for name, value in changed.items()}
    before = {name.replace("short_names", "called"): value for name, value in before.items()} | {"team": team}
    if row.team and fold(team) != fold(row.team):
        shown["team"] = row.team
    address = here.addresses.get(known.id, "") if known else ""
    if row.telegram and row.telegram != address:
        shown["telegram"], before["telegram"] = row.telegram, address
    if known is None or known.withdrawn_at is not None or shown:
        plan.people.append((row, known, changed))
        plan.lines.append(_line(row.name, before, shown, is_new=known is None))
    else:
        plan.unchanged += 1
    if not row.telegram and (known is None or known.id not in here.reached | here.invited):
        plan.invites.append(row.name)
        plan.lines.append(f"> {row.name}: an invite")


def _fields(row: PersonRow) -> dict[str, Any]:
    """The fields of a user that a row tells."""
    told = {
        "role": row.role or None,
        "language": row.language or None,
        "zone": zone_of(row.zone) if row.zone else None,
        "short_names": list(row.called) if row.called is not None else None,
        "username": row.username or None,
    }
    return {name: value for name, value in told.items() if value is not None}


def _line(what: str, before: Mapping[str, Any], after: Mapping[str, Any], *, is_new: bool) -> str:
    told = [
        f"{key} {_said(value)}" if is_new or not before.get(key) else f"{key} {_said(before[key])} -> {_said(value)}"
        for key, value in after.items()
    ]
    return f"{'+' if is_new else '~'} {what}" + (f": {', '.join(told)}" if told else "")


def _said(value: Any) -> str:
    return "/".join(value) if isinstance(value, list) else str(value)


def _of_teams(told: PeopleFile, here: Present) -> Iterator[str]:
    """Teams of one name, below a team or led by somebody named nowhere, below themselves."""
    seen: dict[str, str] = {}
    for row in told.teams:
        name = fold(row.name)
        if name in seen:
            yield f"{row.place}: there is a team {row.name} in {seen[name]} already"
        seen.setdefault(name, row.place)
        if len(row.name) > LONGEST_NAME:
            yield f"{row.place}: a team's name has at most {LONGEST_NAME} characters"
    everybody = _in_here(here) | {fold(row.name) for row in told.people}
    for row in told.teams:
        if row.parent and fold(row.parent) not in seen.keys() | _standing(here):
            yield f"{row.place}: there is no team {row.parent}, in the file or here"
        if row.manager and fold(row.manager) not in everybody:
            yield f"{row.place}: there is nobody called {row.manager}, in the file or here"
    yield from _loops(told, here)


def _loops(told: PeopleFile, here: Present) -> Iterator[str]:
    """The teams that would stand below themselves."""
    keys = {name: team.id for name, team in here.teams.items()}
    for place, row in enumerate(told.teams):
        keys.setdefault(fold(row.name), -place - 1)
    tree = {team.id: Team(team.name, team.parent_id) for team in here.teams.values()}
    for row in told.teams:
        before = tree.get(keys[fold(row.name)])
        above = keys.get(fold(row.parent)) if row.parent else before.parent_id if before else None
        tree[keys[fold(row.name)]] = Team(row.name, above)
    for row in told.teams:
        key = keys[fold(row.name)]
        if would_loop(key, tree[key].parent_id, tree):
            yield f"{row.place}: {row.name} would stand below itself"


def _twice(told: PeopleFile, here: Present) -> Iterator[str]:
    """Two of one name, or with one id or username on Telegram, in the file or here."""
    names: dict[str, tuple[str, str]] = {}
    numbers: dict[str, tuple[str, str]] = {}
    usernames: dict[str, tuple[str, str]] = {}
    in_file = {fold(row.name) for row in told.people}
    for key, user in here.users.items():
        if key not in in_file and user.is_active:
            for name in (user.name, *user.short_names):
                names.setdefault(fold(name), (user.name, "here"))
            usernames.setdefault(user.username.lower(), (user.name, "here"))
        if key not in in_file and user.id in here.addresses:
            numbers.setdefault(here.addresses[user.id], (user.name, "here"))
    for row in told.people:
        known = here.users.get(fold(row.name))
        called = row.called if row.called is not None else tuple(known.short_names) if known else ()
        for name in dict.fromkeys(fold(each) for each in (row.name, *called)):
            if name in names:
                whose, where = names[name]
                yield f"{row.place}: {row.name} would be called like {whose} ({where})"
            names.setdefault(name, (row.name, row.place))
        username = (row.username or (known.username if known else "")).lower()
        if username and username in usernames:
            whose, where = usernames[username]
            yield f"{row.place}: @{username} is {whose} ({where}) already"
        usernames.setdefault(username, (row.name, row.place))
        number = row.telegram or (here.addresses.get(known.id, "") if known else "")
        if number and number in numbers:
            whose, where = numbers[number]
            yield f"{row.place}: Telegram {number} is {whose} ({where}) already"
        numbers.setdefault(number, (row.name, row.place))


def _of_people(told: PeopleFile, here: Present) -> Iterator[str]:
    """Roles, languages, zones and ids that are none; teams named nowhere; leavers."""
    there = _standing(here) | {fold(row.name) for row in told.teams}
    for row in told.people:
        known = here.users.get(fold(row.name))
        if known is not None and not known.is_active and known.withdrawn_at is None:
            yield f"{row.place}: {row.name} has left: genjin user reactivate {row.name} lets them in again"
        if known is None and not row.role:
            yield f"{row.place}: the role is missing"
        yield from (f"{row.place}: {fault}" for fault in _values(row))
        if row.team and fold(row.team) not in there:
            yield f"{row.place}: there is no team {row.team}, in the file or here"


def _values(row: PersonRow) -> Iterator[str]:
    if row.role and row.role not in ROLES:
        yield f"there is no role {row.role!r}: it is one of {', '.join(ROLES)}"
    if row.language and row.language not in LANGUAGES:
        yield f"there is no language {row.language!r}: it is one of {', '.join(LANGUAGES)}"
    if row.zone and zone_of(row.zone) is None:
        yield f"there is no time zone {row.zone!r}: say a large city, or a name such as Asia/Tokyo"
    if row.telegram and not (
        row.telegram.isascii() and row.telegram.isdigit() and row.telegram.lstrip("0") == row.telegram
    ):
        yield f"telegram {row.telegram!r} is no person's number there"
    elif len(row.telegram) > LONGEST_NUMBER:
        yield f"telegram {row.telegram!r} is too long"
    if row.username and not USERNAME.fullmatch(row.username):
        yield f"username {row.username!r} is none: 4 to 32 letters, digits and _, a letter first"
    if any(len(name) > LONGEST_NAME for name in (row.name, *(row.called or ()))):
        yield f"a name has at most {LONGEST_NAME} characters"


def _admins(told: PeopleFile, here: Present) -> Iterator[str]:
    """Where somebody can administer now, somebody must be able to afterwards."""
    rows = {fold(row.name): row for row in told.people}
    before = [name for name, user in here.users.items() if _administers(user, user.role, here)]
    after = [name for name in before if name not in rows or rows[name].role in ("", "admin")]
    new = [row for row in told.people if row.role == "admin" and row.telegram]
    raised = [row for row in told.people if row.role == "admin" and _is_reached(here.users.get(fold(row.name)), here)]
    if before and not (after or new or raised):
        yield f"{rows[before[0]].place}: {rows[before[0]].name} is the last admin and must stay one"


def _administers(user: User, role: str, here: Present) -> bool:
    return role == "admin" and _is_reached(user, here)


def _is_reached(user: User | None, here: Present) -> bool:
    return user is not None and user.is_active and user.id in here.reached


def _standing(here: Present) -> set[str]:
    return {name for name, team in here.teams.items() if team.withdrawn_at is None}


def _in_here(here: Present) -> set[str]:
    return {name for name, user in here.users.items() if user.is_active and user.withdrawn_at is None}


def told_of(plan: Plan) -> Sequence[str]:
    """The plan in lines, as a person looks at it before it is written."""
    return [*plan.lines, f"{plan.unchanged} unchanged"]
