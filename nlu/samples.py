"""A corrected message as a sample: a line and a world such as `python -m nlu` takes, names masked where asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from nlu.known import KnownCustomer
from nlu.names import Names
from nlu.rule import Find, Mention, Reading
from nlu.scene import lay_out
from nlu.world import Action, actions_of, names_of

Line = dict[str, Any]
OF_USERS = ("assignee", "user")
NUMBERS = re.compile(r"(?<!\d)(?:\+?\d[\d -]{5,17}\d)(?!\d)|[\w.+-]+@[\w-]+\.[\w.]+")


@dataclass(frozen=True)
class Told:
    """A message with the readings that it should have had; keys are those of the names that it was read with."""

    id: str
    text: str
    at: datetime
    sender: int
    readings: Sequence[Reading]


def sample_of(told: Told, names: Names) -> Line:
    """The message with its right actions as gold, everything known by its full name."""
    sender = names.users[told.sender].name if told.sender in names.users else ""
    readings = [replace(reading, slots=_spelled(reading.slots, names)) for reading in told.readings]
    gold = [_with_title(action) for action in actions_of(readings, sender)]
    line = {"id": told.id, "now": told.at.isoformat(timespec="minutes"), "sender": sender, "text": told.text}
    focused = [r.slots["customer"].key for r in readings if _by(r) == "focus"]
    return line | ({"focus": {"customer": focused[0]}} if focused else {}) | {"tags": ["correction"], "gold": gold}


def _by(reading: Reading) -> str:
    customer = reading.slots.get("customer")
    return customer.by if isinstance(customer, Mention) else ""


def _with_title(action: Action) -> Action:
    return action | ({"title_has": [action["title"]]} if "title" in action else {})


def _spelled(slots: Mapping[str, Any], names: Names) -> dict[str, Any]:
    """Slots whose mentions have names for keys, as a sample's world does."""
    customer = slots.get("customer")
    known = names.customers.get(customer.key) if isinstance(customer, Mention) and customer.key is not None else None
    return {slot: _one(slot, value, names, known) for slot, value in slots.items()}


def _one(slot: str, value: Any, names: Names, known: KnownCustomer | None) -> Any:
    if isinstance(value, tuple):
        return tuple(_one(slot, part, names, known) for part in value)
    if not isinstance(value, Mention):
        return value
    if slot == "customer":
        found = [names.customers[key].name for key in value.candidates if key in names.customers]
        return replace(value, key=known.name if known else None, candidates=tuple(found))
    if value.key is None or slot in ("task", "tasks"):
        return value
    if slot in OF_USERS:
        return replace(value, key=names.users[value.key].name if value.key in names.users else value.text)
    several = () if known is None else known.deals if slot == "deal" else known.contacts
    return replace(value, key=next((one.name for one in several if one.key == value.key), value.text))


def world_of(lines: Iterable[Line], names: Names) -> Line:
    """The world of samples: everybody who works here, the stages, and the customers that the samples name."""
    told = {name for line in lines for name in _customers(line)}
    return {
        "stages": [{"key": stage.key, "name": stage.name} for stage in names.stages],
        "users": [
            {"name": user.name, "aliases": list(user.short_names), "role": user.role} for user in names.users.values()
        ],
        "customers": [_told(customer, names) for customer in names.customers.values() if customer.name in told],
        "competitors": list(names.competitors),
        "products": list(names.products),
        "tasks": [],
    }


def _customers(line: Line) -> list[str]:
    named = [line.get("focus", {}).get("customer")]
    for action in line["gold"]:
        named += [action.get("customer"), *action.get("candidates", ())]
    return [name for name in named if name]


def _told(customer: KnownCustomer, names: Names) -> Line:
    owner = names.users.get(customer.owner) if customer.owner is not None else None
    return {
        "name": customer.name,
        "aliases": list(customer.short_names),
        "owner": owner.name if owner else None,
        "contacts": [{"name": c.name, "title": c.title, "aliases": list(c.short_names)} for c in customer.contacts],
        "deals": [{"name": d.name, "stage": d.stage} for d in customer.deals],
    }


def masked(lines: Sequence[Line], world: Line) -> tuple[list[Line], Line]:
    """The same without what tells a customer: firms, people and deals renamed, phones and mailboxes blotted out."""
    new = _labels(world)
    names = names_of(world)
    texts = [_text_masked(line, names, new) for line in lines]
    for line in lines:
        new |= {a["customer"]: "新客户" for a in line["gold"] if a.get("new")}
        new |= {a["name"]: "联系人" for a in line["gold"] if a.get("name") and a["name"] not in new}
    pattern = re.compile("|".join(map(re.escape, sorted(filter(None, new), key=len, reverse=True))) or r"(?!)")
    hidden = [_blotted(_renamed({**line, "text": text}, pattern, new)) for line, text in zip(lines, texts, strict=True)]
    return hidden, {**world, "customers": [_renamed(customer, pattern, new) for customer in world["customers"]]}


def _labels(world: Line) -> dict[str, str]:
    """A label for every name of the world's customers, their people and deals."""
    new: dict[str, str] = {}
    for place, customer in enumerate(world["customers"], 1):
        new |= dict.fromkeys((customer["name"], *customer["aliases"]), f"客户{place}")
        for kind, label in (("contacts", "联系人"), ("deals", "商机")):
            for nth, one in enumerate(customer[kind], 1):
                new |= dict.fromkeys((one["name"], *one.get("aliases", ())), f"{label}{place}.{nth}")
    return new


def _text_masked(line: Line, names: Names, new: Mapping[str, str]) -> str:
    """The text with every name that the parser recognises there by its label, short forms and titles too."""
    scene = lay_out(line["text"], datetime.fromisoformat(line["now"]), names)
    text: str = line["text"]
    last = len(text)
    for find in sorted(scene.finds, key=lambda find: -find.start):
        start, end = scene.text.span(find.start, find.end)
        if find.kind in ("customer", "person") and end <= last:
            text, last = text[:start] + _label(find, new) + text[end:], start
    return text


def _label(find: Find, new: Mapping[str, str]) -> str:
    if find.kind == "customer":
        return "新客户" if isinstance(find.value, str) else new.get(str(find.value[0]), "新客户")
    known = [new[name] for _, name, _ in find.value.contacts if name in new]
    return known[0] if known else "联系人"


def _renamed(value: Any, pattern: re.Pattern[str], new: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return pattern.sub(lambda found: new[found[0]], value)
    if isinstance(value, list):
        return [_renamed(part, pattern, new) for part in value]
    if isinstance(value, dict):
        return {key: _renamed(part, pattern, new) for key, part in value.items()}
    return value


def _blotted(line: Line) -> Line:
    """Phones and mailboxes in text and answer; moments are none."""
    gold = [{key: _hidden(key, value) for key, value in action.items()} for action in line["gold"]]
    return {**line, "text": NUMBERS.sub(_stars, line["text"]), "gold": gold}


def _hidden(key: str, value: Any) -> Any:
    return NUMBERS.sub(_stars, value) if key in ("phone", "email", "wechat", "title", "address") else value


def _stars(found: re.Match[str]) -> str:
    return "someone@example.com" if "@" in found[0] else re.sub(r"\d", "0", found[0])
