"""What Telegram's server finds in plain text by itself: commands, mentions, links, phone numbers."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from sandbox.units import length

Entity = dict[str, Any]

_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"'，。；、）】」]+)"
    r"|(?P<email>(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/]))"
    r"|(?P<mention>(?<!\w)@[A-Za-z][A-Za-z0-9_]{2,31}(?!\w))"
    r"|(?P<hashtag>(?<!\w)#\w*[^\W\d]\w*)"
    r"|(?P<phone_number>(?<![\w+])\+?\d(?:[ -]?\d){9,13}(?!\w))"
)
_HINT = re.compile(r"[/@#]|\d{4}")


def found(text: str, taken: Sequence[Entity] = ()) -> list[Entity]:
    """Entities that the text itself shows, outside those already taken; offsets in UTF-16 units."""
    if not _HINT.search(text):
        return []
    return [each for each in _all(text) if not any(_overlap(each, other) for other in taken)]


def named(text: str, members: Sequence[dict[str, Any]]) -> list[Entity]:
    """@Name of group members as a client writes it when one picks a name from the list."""
    entities: list[Entity] = []
    names = [(name, user) for user in members for name in {user["first_name"], _full_name(user)}]
    for name, user in sorted(names, key=lambda each: -len(each[0])):
        for match in re.finditer("@" + re.escape(name), text):
            entity = _entity("text_mention", text, match.start(), match.end()) | {"user": user}
            if not any(_overlap(entity, other) for other in entities):
                entities.append(entity)
    return entities


def _full_name(user: dict[str, Any]) -> str:
    return f"{user['first_name']} {user.get('last_name', '')}".strip()


def _all(text: str) -> Iterator[Entity]:
    for match in _FOUND.finditer(text):
        yield _entity(match.lastgroup or "", text, match.start(), match.end())


def _entity(kind: str, text: str, start: int, end: int) -> Entity:
    return {"type": kind, "offset": length(text[:start]), "length": length(text[start:end])}


def _overlap(one: Entity, other: Entity) -> bool:
    return bool(one["offset"] < other["offset"] + other["length"] and other["offset"] < one["offset"] + one["length"])
