"""Who takes part: people, groups and the bot, read from a small spec that somebody else decides."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Spec = Mapping[str, Any]

COLOURS = ("#3b7ddd", "#d9643a", "#2f9e6e", "#8a5cd0", "#c2477f", "#b7862b", "#2b91a8", "#6b7a3c")

DEFAULT_SPEC: Spec = {
    "bot": {"name": "Sandbox", "username": "sandbox_bot"},
    "people": [
        {"id": 1001, "name": "李娜", "username": "lina", "note": "销售 Rep"},
        {"id": 1002, "name": "王伟", "username": "wangwei", "note": "经理 Manager"},
        {"id": 1003, "name": "Emma Stone", "username": "emma", "language_code": "en", "note": "Presales"},
    ],
    "groups": [{"id": -2001, "title": "项目群 Deal room", "members": [1001, 1002, 1003]}],
}


@dataclass
class Person:
    """One user of the messenger. The private chat with the bot has the same id."""

    id: int
    name: str
    username: str = ""
    language_code: str = "zh-hans"
    colour: str = ""
    note: str = ""
    phone: str = ""
    started: bool = True
    blocked: bool = False
    suggestions: list[str] = field(default_factory=list)

    def user(self) -> dict[str, Any]:
        """Telegram's User."""
        first, _, last = self.name.partition(" ")
        user = {"id": self.id, "is_bot": False, "first_name": first, "language_code": self.language_code}
        return user | ({"last_name": last} if last else {}) | ({"username": self.username} if self.username else {})


@dataclass
class Group:
    """A group, with or without the bot in it.

    A forum has topics: the name of each and its id, which is that of the message that began it. `hides_members`: the
    bot is told nothing of the others unless it administers the group, as Telegram may do.
    """

    id: int
    title: str
    members: list[int] = field(default_factory=list)
    type: str = ""
    bot: str = "member"
    privacy: bool = True
    admins: list[int] = field(default_factory=list)
    suggestions: list[str] = field(default_factory=list)
    forum: bool = False
    topics: dict[str, int] = field(default_factory=dict)
    hides_members: bool = False

    def __post_init__(self) -> None:
        self.members, self.admins = list(self.members), list(self.admins)  # the spec must not change with the group
        self.topics = dict(self.topics)
        is_super = self.forum or str(self.id).startswith("-100")
        self.type = self.type or ("supergroup" if is_super else "group")

    def topic(self, ref: int | str) -> int:
        """The id of a topic given by id or name. ValueError if there is none."""
        found = next((key for name, key in self.topics.items() if ref in (name, key)), None)
        if found is None:
            raise ValueError(f"{self.title} has no topic {ref!r}")
        return found


@dataclass
class Cast:
    """A whole spec, read and checked."""

    people: list[Person]
    groups: list[Group]
    bot: dict[str, Any]
    zone: str
    language: str
    open: list[int]


def load(spec: Spec | str | Path | None) -> Spec:
    """A spec as given, from a JSON file, or the built-in one."""
    if spec is None:
        return DEFAULT_SPEC
    if isinstance(spec, Mapping):
        return spec
    loaded: Spec = json.loads(Path(spec).read_text(encoding="utf-8"))
    return loaded


def read(spec: Spec) -> Cast:
    """Check a spec. ValueError says what is wrong with it."""
    try:
        people = [Person(**each) for each in spec.get("people", ())]
        groups = [Group(**each) for each in spec.get("groups", ())]
    except TypeError as error:
        raise ValueError(f"people spec: {error}") from error
    for index, person in enumerate(people):
        person.colour = person.colour or COLOURS[index % len(COLOURS)]
    _check(people, groups)
    zone, language = spec.get("zone", "Asia/Shanghai"), spec.get("language", "zh")
    return Cast(people, groups, dict(spec.get("bot", {})), zone, language, list(spec.get("open", ())))


def _check(people: list[Person], groups: list[Group]) -> None:
    ids = [person.id for person in people] + [group.id for group in groups]
    if not all(isinstance(each, int) for each in ids):
        raise ValueError("people spec: ids are numbers")
    if len(set(ids)) != len(ids):
        raise ValueError("people spec: an id occurs twice")
    if any(person.id <= 0 or not person.name for person in people):
        raise ValueError("people spec: a person needs a positive id and a name")
    if any(group.id >= 0 or not group.title for group in groups):
        raise ValueError("people spec: a group needs a negative id and a title")
    if any(group.topics and not group.forum for group in groups):
        raise ValueError("people spec: only a forum has topics")
