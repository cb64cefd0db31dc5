"""Who changed what of a customer, when, and by which message: of the card that is answered, or of a customer named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from crm import policy
from crm.changes import EVENTS
from crm.customers import Customer
from crm.deals import Deal
from crm.money import Money
from crm.pipelines import Stage
from crm.users import Chat, User
from handlers.colleagues import demand
from handlers.customer_of import customer_of
from handlers.focus import focus_of
from handlers.queries.pages import Item, List, Section, listed, look_at_customer, short
from handlers.turn import Ask, Result, Turn
from nlu.rule import Mention, Reading
from storage.changes import as_it_was
from storage.lists.changes import ChangeRow, count_changes, list_changes
from talk.catalogue import has
from talk.message import Outcome, Parts, Phrase, Word

PEOPLE = ("owner_id", "assignee_id", "giver_id", "user_id")
POINTING: dict[str, type[Any]] = {**dict.fromkeys(PEOPLE, User), "stage_id": Stage, "customer_id": Customer}
SAID_BY_KEY = {"tier": "tier", "role": "role", "state": "task_state", "is_shared": "group_shared"}


async def show_changes(turn: Turn, reading: Reading) -> list[Result]:
    """A page of them, the newest first; of the whole log, how an admin takes it out. Raises NotAllowed (masked),
    CustomerGone, AdminsOnly.
    """
    if reading.slots.get("all"):
        demand(turn.actor, "list_users")
        return [Outcome("audit_how", wrote=False)]
    customer = await customer_of(turn, _about(turn, reading), "see")
    if isinstance(customer, Ask):
        return [customer]
    count = await count_changes(turn.session, turn.actor, customer.id)
    asked = Reading(reading.intent, {"customer": Mention(customer.name, customer.id)})
    head = Parts((Word("head_changes"), customer.name))
    section = Section(None, count, partial(_window, turn, customer))
    return [await listed(turn, asked, List(head, (section,), offers=((look_at_customer(customer),),)), customer)]


def _about(turn: Turn, reading: Reading) -> Reading:
    """The reading, about what was last spoken of where it names nobody."""
    focus = focus_of(turn)
    if reading.slots.get("customer") is not None or focus is None:
        return reading
    return Reading(reading.intent, {"customer": Mention("", focus.customer)})


async def _window(turn: Turn, customer: Customer, limit: int, skip: int) -> Sequence[Item]:
    rows = await list_changes(turn.session, turn.actor, customer.id, limit, skip)
    return [await _entry(turn, row) for row in rows]


async def _entry(turn: Turn, row: ChangeRow) -> Item:
    """When · who · what · before → after · the message, for whom it is one's own or of people below."""
    change = row.change
    specific = f"thing_{change.thing}_{change.field}" if change.field else f"thing_{change.thing}"
    what = Word(specific if has(specific) else f"thing_{change.thing}")
    told: Any = Phrase("change_taken_back", {"what": what}) if change.undoes_id else what
    may_read = policy.may("read_message", policy.relations(turn.actor, change.user_id))
    said = Phrase("change_said", {"text": short(row.text, 40)}) if row.text and may_read else None
    return Item(Parts((change.at, row.user, told, await _moved(turn, row), said)))


async def _moved(turn: Turn, row: ChangeRow) -> Phrase | None:
    change = row.change
    if not change.field or change.field in ("withdrawn_at", *EVENTS):
        return None
    if change.is_erased:
        return Phrase("change_erased")
    read = _group if change.field == "binding" else _value
    before, after = [await read(turn, row, value) for value in (change.before, change.after)]
    return Phrase("change_moved", {"before": before, "after": after})


async def _group(turn: Turn, row: ChangeRow, bound: Mapping[str, Any] | None) -> Any:
    """A group by its title, and the deal that it was bound to."""
    if bound is None:
        return "—"
    chat, deal = await turn.ledger.get(Chat, row.change.thing_id), await turn.ledger.get(Deal, bound["deal"])
    return Parts(((chat.title if chat else "") or Word("thing_chat"), deal.name if deal else None))


async def _value(turn: Turn, row: ChangeRow, value: Any) -> Any:
    """A field's value in words; an empty one is a dash."""
    field = row.change.field
    if value in (None, "", []):
        return "—"
    if field in POINTING:
        record: Any = await turn.ledger.get(POINTING[field], value)
        return getattr(record, "names", None) or getattr(record, "name", "—")
    if field == "amount_minor":
        return Money(value, row.currency)
    key = f"{SAID_BY_KEY.get(field)}_{value}"
    if field in SAID_BY_KEY and has(key):
        return Word(key)
    was = as_it_was(row.change.thing, field, value)
    return short(was, 40) if isinstance(was, str) else was
