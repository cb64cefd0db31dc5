"""Two customers that are one firm become one: shown first, then all that belongs to the one that goes is the other's.

Every record that moves is a change of its own, so that the history tells of it and 撤销 puts it back as one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm.customers import Collaborator, Contact, Customer, ShortName
from crm.errors import NotFound
from crm.merges import differences, lacking, lacking_of_person, same_person
from crm.sheet_errors import SameCustomer
from crm.users import Chat
from handlers.customer_of import customer_of
from handlers.groups.move_bindings import move_bindings
from handlers.hand_over_customers import about_one, deciding
from handlers.turn import Ask, Choice, Note, Result, Turn
from nlu.phrases import fold
from nlu.rule import Reading
from storage.groups import groups_bound_to
from storage.merges import BELONGING, belongings_of, counted
from storage.people import users_named
from talk.message import Count, Outcome, Parts, Phrase, Word

COUNTED = {
    "contact": "count_new_contacts",
    "deal": "count_new_deals",
    "visit": "count_merge_visits",
    "task": "count_merge_tasks",
}


async def merge_customers(turn: Turn, reading: Reading) -> list[Result]:
    """Merge the second into the first, once it is told which stays. Raises SameCustomer, NotAllowed, NotFound."""
    if "customers" not in reading.slots:
        return [Outcome("merge_how", wrote=False)]
    both: list[Customer] = []
    for mention in reading.slots["customers"]:
        if mention.key is None and not mention.candidates:
            raise NotFound(name=mention.text)
        one = Reading(reading.intent, {"customer": mention})
        customer = await customer_of(deciding(turn, mention), one, "merge_customers")
        if isinstance(customer, Ask):
            return [about_one(reading, mention, customer)]
        both.append(customer)
    if both[0].id == both[1].id:
        raise SameCustomer(name=both[0].name)
    stays = next((one for one in both if one.id == turn.decisions.get("stays")), None)
    if stays is None:
        return [await _ask(turn, reading, both)]
    goes = next(one for one in both if one is not stays)
    return [await _merge(turn, stays, goes)]


async def _ask(turn: Turn, reading: Reading, both: Sequence[Customer]) -> Ask:
    """What each of them holds, what they tell differently, and which is to stay."""
    owners = await users_named(turn.session, [one.owner_id for one in both])
    facts = {
        "one": both[0].name,
        "other": both[1].name,
        "both": [Parts((one.name, owners[one.owner_id], *await _counts(turn, one))) for one in both],
        "differs": [
            Phrase("merge_differs", {"label": Word(f"label_{name}"), "one": _said(name, a), "other": _said(name, b)})
            for name, a, b in differences(both[0], both[1])
        ],
    }
    first = both if not reading.slots.get("into") else both[1:]  # said is which one stays
    choices = [Choice("merge_keep", {"stays": one.id, "confirmed": True}, {"name": one.name}) for one in first]
    choices.append(Choice("merge_leave", {"dropped": True}))
    return Ask("merge_asked", reading, tuple(choices), f"merge:{both[0].id}:{both[1].id}", facts)


async def _counts(turn: Turn, customer: Customer) -> list[Count | Phrase]:
    """How much belongs to a customer, and which groups are bound to it."""
    found = await counted(turn.session, customer.id, tuple(COUNTED))
    counts = [Count(found[thing], unit) for thing, unit in COUNTED.items() if found[thing]]
    return [*counts, *_titles(await groups_bound_to(turn.session, customer.id))]


def _said(name: str, value: str) -> Any:
    return Word(f"tier_{value}") if name == "tier" else value


async def _merge(turn: Turn, stays: Customer, goes: Customer) -> Outcome:
    groups = await move_bindings(turn, stays, goes)
    moved = {thing: await belongings_of(turn.session, thing, goes.id) for thing in BELONGING}
    shared = {one.user_id for one in await belongings_of(turn.session, "collaborator", stays.id)}
    turn.ledger.set(stays, **lacking(stays, goes))
    people = await _one_person_each(turn, stays, moved["contact"])
    for thing, records in moved.items():
        for record in records:
            _move(turn, stays, record, shared if thing == "collaborator" else set())
    _point_at(turn, moved, people)
    await _called(turn, stays, goes, moved["short_name"])
    if goes.owner_id != stays.owner_id and goes.owner_id not in shared:
        await turn.ledger.add(Collaborator(stays.id, goes.owner_id))
    turn.ledger.set(goes, withdrawn_at=turn.ledger.now)
    await turn.session.flush()
    turn.known.clear()
    _tell(turn, stays, goes)
    counts = [Count(len(moved[thing]), unit) for thing, unit in COUNTED.items() if moved[thing]]
    along = Parts((*counts, *_titles(groups)))
    facts = {"one": goes.name, "other": stays.name}
    return Outcome("customers_merged", facts, (("label_merge_moved", along),) if along else (), stays.id)


def _titles(groups: Sequence[Chat]) -> list[Phrase]:
    return [Phrase("merge_group", {"title": chat.title or "—"}) for chat in groups]


def _move(turn: Turn, stays: Customer, record: Any, shared: set[int]) -> None:
    """Whoever shares both shares one."""
    if isinstance(record, Collaborator) and record.user_id in shared | {stays.owner_id}:
        turn.ledger.set(record, withdrawn_at=turn.ledger.now)
    elif record.withdrawn_at is None:
        turn.ledger.set(record, customer_id=stays.id)


async def _one_person_each(turn: Turn, stays: Customer, going: Sequence[Contact]) -> dict[int, int]:
    """Whoever is at both is one person from now on; who stands for whom."""
    known, found = await belongings_of(turn.session, "contact", stays.id), dict[int, int]()
    for contact in going:
        same = same_person(contact, known)
        if same is not None:
            turn.ledger.set(same, **lacking_of_person(same, contact))
            turn.ledger.set(contact, withdrawn_at=turn.ledger.now)
            found[contact.id] = same.id
    return found


def _point_at(turn: Turn, moved: dict[str, Sequence[Any]], people: dict[int, int]) -> None:
    """Visits and notes of somebody who is one person with somebody else are that person's."""
    if not people:
        return
    for visit in moved["visit"]:
        turn.ledger.set(visit, contact_ids=list(dict.fromkeys(people.get(key, key) for key in visit.contact_ids)))
    for note in moved["note"]:
        turn.ledger.set(note, contact_id=people.get(note.contact_id, note.contact_id))


async def _called(turn: Turn, stays: Customer, goes: Customer, moved: Sequence[ShortName]) -> None:
    """The one that stays is found by the name of the other, too."""
    known = [*moved, *await belongings_of(turn.session, "short_name", stays.id)]
    if all(fold(one.text) != fold(goes.name) or one.learnt_by_id is not None for one in known):
        await turn.ledger.add(ShortName(stays.id, goes.name))


def _tell(turn: Turn, stays: Customer, goes: Customer) -> None:
    facts = {"name": turn.actor.user.name, "one": goes.name, "other": stays.name}
    for user_id in dict.fromkeys((goes.owner_id, stays.owner_id)):
        if user_id != turn.actor.id:
            turn.notes.append(Note(user_id, Outcome("customers_merged_told", facts, (), stays.id, wrote=False)))
