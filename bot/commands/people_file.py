"""The file that tells who works here: teams and people as YAML, or as CSV with a line each. Reading it, and no more."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.commands.opening import Failed
from handlers.colleagues import one_line

OF_A_TEAM = ("name", "parent", "manager")
OF_A_PERSON = ("name", "role", "team", "called", "language", "zone", "telegram", "username")
COLUMNS = ("name", "role", "team", "manager", "called", "language", "zone", "telegram", "username")
TEAM = "team"  # the role of a CSV line that is a team
LARGEST = 2_000_000  # bytes
_PARTED = re.compile(r"[;,、,;|]")


@dataclass(frozen=True)
class TeamRow:
    """A team as a file tells it, "" where nothing is told, and where it stands there."""

    place: str
    name: str
    parent: str = ""
    manager: str = ""


@dataclass(frozen=True)
class PersonRow:
    """A person as a file tells them, "" and None where nothing is told, and where they stand there."""

    place: str
    name: str
    role: str = ""
    team: str = ""
    called: tuple[str, ...] | None = None
    language: str = ""
    zone: str = ""
    telegram: str = ""
    username: str = ""


@dataclass
class PeopleFile:
    """What a file tells, and what in it is told in no way that is understood."""

    teams: list[TeamRow] = field(default_factory=list)
    people: list[PersonRow] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_people(file: Path) -> PeopleFile:
    """The teams and people of a file. Failed where it cannot be read at all, or tells nothing."""
    try:
        if file.stat().st_size > LARGEST:
            raise Failed(f"{file}: larger than {LARGEST:,} bytes")
        text = file.read_text(encoding="utf-8-sig")
        found = _of_csv(text) if file.suffix.lower() == ".csv" else _of_yaml(text)
    except (OSError, UnicodeDecodeError, csv.Error, yaml.YAMLError, RecursionError) as error:
        raise Failed(f"{file}: {' '.join(str(error).split())}") from error
    if not (found.teams or found.people or found.problems):
        raise Failed(f"{file}: there is nobody in it")
    return found


def _of_yaml(text: str) -> PeopleFile:
    told, found = yaml.safe_load(text), PeopleFile()
    if not isinstance(told, dict) or set(told) - {"teams", "people"}:
        found.problems.append("the file is told as teams: and people:, a list each, and nothing else")
        return found
    for kind, keys in (("teams", OF_A_TEAM), ("people", OF_A_PERSON)):
        listed = told.get(kind) or []
        if not isinstance(listed, list):
            found.problems.append(f"{kind} is a list")
            continue
        for number, entry in enumerate(listed, 1):
            _take(found, kind, f"{kind} {number}", entry, keys)
    return found


def _take(found: PeopleFile, kind: str, place: str, entry: Any, keys: tuple[str, ...]) -> None:
    wrong = list(_faults(entry, keys))
    found.problems += [f"{place}: {fault}" for fault in wrong]
    if wrong:
        return
    if kind == "teams":
        found.teams.append(TeamRow(place, *(_text(entry, key) for key in OF_A_TEAM)))
    else:
        found.people.append(_person(place, entry))


def _faults(entry: Any, keys: tuple[str, ...]) -> Iterator[str]:
    if not isinstance(entry, dict):
        yield f"told as {', '.join(keys)}"
        return
    for key, value in entry.items():
        if key not in keys:
            yield f"there is no {key!r}: known are {', '.join(keys)}"
        elif isinstance(value, list) and key == "called":
            yield from (f"called holds {one!r}" for one in value if not isinstance(one, str | int))
        elif isinstance(value, bool) or not isinstance(value, str | int | None):
            yield f"{key} = {value!r} is none"
    if not _text(entry, "name"):
        yield "the name is missing"


def _person(place: str, entry: Mapping[str, Any]) -> PersonRow:
    called = entry.get("called")
    if called is not None:
        listed = called if isinstance(called, list) else _PARTED.split(str(called))
        called = tuple(name for one in listed if (name := one_line(str(one)))) or None
    told = {key: _text(entry, key) for key in OF_A_PERSON if key != "called"}
    told["username"] = told["username"].removeprefix("@")
    return PersonRow(place, called=called, **told)


def _text(entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key)
    return "" if value is None else one_line(str(value))


def _of_csv(text: str) -> PeopleFile:
    lines, found = csv.DictReader(io.StringIO(text)), PeopleFile()
    columns = [(name or "").strip() for name in lines.fieldnames or ()]
    if set(columns) - set(COLUMNS) or len(set(columns)) != len(columns) or not {"name", "role"} <= set(columns):
        found.problems.append(f"the columns are {', '.join(COLUMNS)}, not {', '.join(columns) or 'none'}")
        return found
    lines.fieldnames = columns
    for told in lines:
        place = f"line {lines.line_num}"
        if None in told:
            found.problems.append(f"{place}: more cells than columns")
        elif any((value or "").strip() for value in told.values()):
            is_team = _text(told, "role") == TEAM
            entry = {"name": told["name"], "parent": told.get("team"), "manager": told.get("manager")}
            person = {key: told.get(key) for key in OF_A_PERSON}
            _take_line(found, place, told, entry if is_team else person, is_team=is_team)
    return found


def _take_line(found: PeopleFile, place: str, told: Mapping[str, Any], entry: dict[str, Any], *, is_team: bool) -> None:
    """A line of a CSV; a team has no language, a person leads nobody here."""
    alien = ("called", "language", "zone", "telegram", "username") if is_team else ("manager",)
    for key in alien:
        if _text(told, key):
            found.problems.append(f"{place}: a {'team' if is_team else 'person'} has no {key}")
    _take(found, "teams" if is_team else "people", place, entry, OF_A_TEAM if is_team else OF_A_PERSON)
