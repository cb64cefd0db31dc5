"""A world told as JSON becomes known names, and readings become the actions of the command-line contract."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from nlu.filters.values import slots_of
from nlu.known import Focus, KnownContact, KnownCustomer, KnownDeal, KnownStage, KnownTask, KnownUser
from nlu.names import Names, fold
from nlu.rule import Amount, Key, Mention, Reading, When

Action = dict[str, Any]
TYPES = {
    "record_visit": "visit",
    "update_deal": "deal",
    "create_task": "task",
    "finish_task": "task_done",
    "move_task": "task_move",
    "update_customer": "customer",
    "update_contact": "contact",
    "note_quote": "quote",
    "note_contract": "contract",
    "note_payment": "payment",
    "note_ticket": "ticket",
    "answer_query": "query",
    "look_up_customer": "query",
}
FIELDS = {
    "visit": ("contacts", "channel", "at", "competitors", "budget"),
    "deal": ("deal", "stage", "amount", "close_on", "probability", "lost_reason"),
    "task": ("title", "due", "assignee"),
    "task_done": ("task", "title"),
    "task_move": ("task", "title", "due"),
    "customer": ("industry", "address", "phone", "source"),
    "contact": ("name", "title", "phone", "email", "wechat", "birthday", "role"),
    "quote": ("deal", "amount", "discount"),
    "contract": ("deal", "amount", "signed_on", "expires_on", "instalments"),
    "payment": ("amount", "at"),
    "ticket": ("title",),
    "query": ("topic", "deal", "user", "stage", "since", "until", "overdue"),
}
OURS = frozenset({"left_on", "new_name", "competitors"})  # facts that the contract has no field for
NO_CUSTOMER = ("task_done", "task_move")  # a task's number says enough


def names_of(world: Mapping[str, Any]) -> Names:
    """The names of a world; customers, people and deals are their own keys, tasks go by their number."""
    names = Names(
        stages=[KnownStage(stage["key"], stage["name"]) for stage in world.get("stages", ())],
        competitors=world.get("competitors", ()),
        products=world.get("products", ()),
    )
    for user in world.get("users", ()):
        names.put_user(KnownUser(user["name"], user["name"], tuple(user.get("aliases", ())), user.get("role", "")))
    names.put_customers(map(_customer, world.get("customers", ())))
    for task in world.get("tasks", ()):
        due = date.fromisoformat(task["due"]) if task.get("due") else None
        names.put_task(KnownTask(task["id"], task["title"], task.get("assignee"), task.get("customer"), due))
    names.settle()
    return names


def _customer(told: Mapping[str, Any]) -> KnownCustomer:
    contacts = (
        KnownContact(c["name"], c["name"], c.get("title", ""), tuple(c.get("aliases", ())))
        for c in told.get("contacts", ())
    )
    deals = (
        KnownDeal(d["name"], d["name"], d.get("stage", ""), d.get("stage") not in ("won", "lost"))
        for d in told.get("deals", ())
    )
    return KnownCustomer(
        told["name"], told["name"], tuple(told.get("aliases", ())), tuple(contacts), tuple(deals), told.get("owner")
    )


def focus_of(told: Any) -> Focus | None:
    """A message's focus as names."""
    if not isinstance(told, Mapping):
        return None
    return Focus(told.get("customer"), told.get("deal"))


def sender_of(names: Names, told: Any) -> Key | None:
    """The user whom a message names as its sender, by name or alias; None for a stranger."""
    said = fold(str(told or ""))
    for user in names.users.values():
        if said and said in {fold(user.name), *map(fold, user.short_names)}:
            return user.key
    return None


def actions_of(readings: Iterable[Reading], sender: str | None) -> list[Action]:
    """The contract's actions for readings; those that the contract does not know are left out."""
    actions = [action_of(reading, sender) for reading in readings if reading.intent in TYPES]
    return _deals_joined([action for action in actions if action])


def _deals_joined(actions: list[Action]) -> list[Action]:
    """What is told of one deal in several readings is one action, whether people are asked about a part or not."""
    told: dict[str, Action] = {}
    joined = []
    for action in actions:
        about = repr([action.get(name) for name in ("customer", "candidates", "deal")])
        if action["type"] == "deal" and about in told:
            told[about].update({name: value for name, value in action.items() if name not in told[about]})
        else:
            told |= {about: action} if action["type"] == "deal" else {}
            joined.append(action)
    return joined


def action_of(reading: Reading, sender: str | None) -> Action | None:
    """The contract's action for a reading, None where it says nothing that the contract knows."""
    kind = TYPES[reading.intent]
    slots = slots_of(reading.slots.get("where", ())) | dict(reading.slots)
    if slots.get("topic") == "customers":
        return None  # the contract knows no list of customers
    if reading.intent == "look_up_customer":
        slots["topic"] = "customer"
    if kind == "task" and "for_everyone" not in slots:
        slots.setdefault("assignee", Mention(sender or "", sender))
    fields: Action = {}
    for name in FIELDS[kind]:
        if name in slots and slots[name] is not None:
            fields |= _field(name, slots[name])
    is_known_here = fields.keys() <= {"name", "deal"} and OURS.intersection(slots)
    if not slots.get("is_new") and (not fields or is_known_here):
        return None
    about = {} if kind in NO_CUSTOMER else _about(slots.get("customer"))
    return {"type": kind} | about | fields


def _about(customer: Mention | None) -> Action:
    if customer is None:
        return {}
    if customer.key is not None:
        return {"customer": customer.key}
    if customer.candidates:
        return {"customer": None, "candidates": list(customer.candidates)}
    return {"customer": customer.text, "new": True}


def _field(name: str, value: Any) -> Action:
    if isinstance(value, Amount):
        return _money(name, value)
    if isinstance(value, When):
        return {name: _time(value)} if (value.last_day or value.at) and not value.wrong else {}
    return {name: _plain(value)}


def _plain(value: Any) -> Any:
    """A slot's value as JSON holds it: a mention by its key, else by its words."""
    if isinstance(value, Mention):
        return value.key if value.key is not None else value.text
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_instalment(part) if isinstance(part, Mapping) else _plain(part) for part in value]
    return value


def _instalment(part: Mapping[str, Any]) -> Action:
    told: Action = {}
    for name, value in part.items():
        told |= _field(name, value)
    return {name: value for name, value in told.items() if name in ("percent", "amount", "due")}


def _money(name: str, amount: Amount) -> Action:
    told: Action = {name: _number(amount.low.major)}
    if amount.high is not None:
        told["amount_max"] = _number(amount.high.major)
    if amount.low.currency != "CNY":
        told["currency"] = amount.low.currency
    return told


def _number(value: Any) -> int | float:
    return int(value) if value == int(value) else float(value)


def _time(when: When) -> str:
    moment: datetime | None = when.at or when.until_at
    if moment is not None:
        return moment.strftime("%Y-%m-%dT%H:%M")
    day = when.last_day
    return day.isoformat() if day else ""
