"""Texts and captions as the bot gives them: parsed, cleaned, trimmed, measured."""

from typing import Any

from sandbox import entities as detect
from sandbox import html, units
from sandbox.errors import bad_request
from sandbox.params import Params
from sandbox.people import Person
from sandbox.world import Json, World

TEXT_LIMIT, CAPTION_LIMIT = 4096, 1024


def message_text(world: World, p: Params) -> Json:
    """`text` and `entities` of a message. ApiError if empty, too long or badly marked up."""
    text, entities = _formatted(world, p, "text", "entities")
    if not text:
        raise bad_request("message text is empty")
    if units.length(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    content: Json = {"text": text} | ({"entities": entities} if entities else {})
    preview = p.json("link_preview_options", dict)
    return content | ({"link_preview_options": preview} if preview else {})


def caption(world: World, p: Params) -> Json:
    """`caption` and `caption_entities`; nothing if there is none."""
    text, entities = _formatted(world, p, "caption", "caption_entities")
    if units.length(text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return ({"caption": text} if text else {}) | ({"caption_entities": entities} if entities else {})


def _formatted(world: World, p: Params, name: str, entities_name: str) -> tuple[str, list[Json]]:
    text = units.clean(p.text(name))
    mode = p.text("parse_mode").lower()
    if mode not in {"", "html"}:
        raise bad_request("unsupported parse_mode")
    entities = _checked(p.objects(entities_name) or [])
    if mode == "html":
        text, entities = html.parse(text)
    text, entities = _trimmed(text, entities)
    entities = [each for each in (_resolved(world, entity) for entity in entities) if each]
    found = detect.found(text, entities)
    return text, sorted([*entities, *found], key=lambda each: (each["offset"], -each["length"])) if found else entities


def _checked(entities: list[Json]) -> list[Json]:
    for entity in entities:
        numbers = entity.get("offset"), entity.get("length")
        if not isinstance(entity.get("type"), str) or any(type(each) is not int for each in numbers):
            raise bad_request("can't parse MessageEntity: a type, an offset and a length are needed")
        if entity["type"] == "text_link" and not isinstance(entity.get("url"), str):
            raise bad_request("can't parse MessageEntity: a text_link needs a url")
    return entities


def _trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Without space at either end; entities move along and stay inside."""
    stripped = text.strip()
    if stripped == text and not entities:
        return text, entities
    lead, size = units.length(text[: len(text) - len(text.lstrip())]), units.length(stripped)
    moved = []
    for entity in entities:
        start = max(entity["offset"] - lead, 0)
        end = min(entity["offset"] + entity["length"] - lead, size)
        if end > start:
            moved.append(entity | {"offset": start, "length": end - start})
    return stripped, moved


def _resolved(world: World, entity: Json) -> Json | None:
    """A link to tg://user?id=… becomes a mention of that person; a link to nowhere becomes plain text."""
    url: Any = entity.get("url")
    if entity.get("type") != "text_link":
        return entity
    if str(url).startswith("tg://user?id="):
        chat = world.chats.get(Params({"id": str(url).removeprefix("tg://user?id=")}).integer("id"))
        if not chat or not isinstance(chat.partner, Person):
            return None
        place = {"type": "text_mention", "offset": entity["offset"], "length": entity["length"]}
        return place | {"user": chat.partner.user()}
    if "://" in str(url) or str(url).startswith(("mailto:", "tel:")):
        return entity
    return entity | {"url": f"http://{url}/"} if "." in str(url) else None
