"""People asked for: one person's card, or those of a customer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm.customers import Contact, Customer
from crm.errors import NotFound
from handlers.customer_facts import not_known
from handlers.queries.asked import Asked, head, settled, whose
from handlers.queries.filters import conditions_of, stage_names, told_conditions
from handlers.queries.pages import Item, List, Section, brief, listed, look, look_at_customer
from handlers.turn import Ask, Choice, Result, Turn
from nlu.rule import Mention, Reading
from storage.lists.contacts import (
    ContactsWanted,
    contacts_among,
    count_contacts,
    last_met,
    list_contacts,
    list_contacts_of_all,
)
from storage.people import users_named
from talk.message import Count, Outcome, Parts, Phrase, Word

FIELDS = ("phone", "other_phone", "email", "wechat", "birthday", "left_on")


async def show_contact(turn: Turn, reading: Reading) -> list[Result]:
    """The person's card; of several of that name a question; without a person those of the customer.

    Raises NotFound for somebody unknown and for somebody at a customer that the asker does not see: both answer alike.
    """
    mention: Mention | None = reading.slots.get("contact")
    person = await person_meant(turn, reading)
    if person is not None:
        return [
            person if isinstance(person, Ask) else await contact_card(turn, *person, reading.slots.get("wanted", ()))
        ]
    asked = await settled(turn, reading)
    return [asked] if isinstance(asked, Ask) else await _show_list(turn, asked, mention)


async def person_meant(turn: Turn, reading: Reading) -> tuple[Contact, Customer] | Ask | None:
    """Whom a reading names, of several a question; None where it names nobody, or nobody that the asker sees at a
    customer that it tells: what may be said of that one shows then.

    Raises NotFound.
    """
    mention: Mention | None = reading.slots.get("contact")
    keys = [turn.decisions.get("contact"), *((mention.key, *mention.candidates) if mention else ())]
    known = [int(key) for key in keys if key is not None]
    if known:
        found = await contacts_among(turn.session, turn.actor, known[:1] if turn.decisions.get("contact") else known)
        if found:
            return found[0] if len(found) == 1 else _which(reading, mention, found)
    if mention is not None and (reading.slots.get("customer") is None or reading.slots.get("known_by")):
        raise NotFound(name=mention.text)
    return None


def _which(reading: Reading, mention: Mention | None, found: Sequence[tuple[Contact, Customer]]) -> Ask:
    name = mention.text if mention else ""
    choices = tuple(
        Choice("choose_contact", {"contact": person.id}, {"parts": Parts((person.name, person.title, home.name))})
        for person, home in found
    )
    return Ask("which_of_that_name", reading, choices, f"contact:{name}", {"name": name})


async def contact_card(turn: Turn, person: Contact, home: Customer, wanted: Sequence[str] = ()) -> Outcome:
    """The card of somebody whom the asker sees; what is wanted comes first, also where nobody has told it."""
    owner = await users_named(turn.session, [home.owner_id])
    met = await last_met(turn.session, person)
    role = Word(f"role_{person.role}") if person.role else None
    lacking = {fact: not_known(fact, person.name) for fact in wanted}
    told = [(f"label_{name}", getattr(person, name) or lacking.get(name)) for name in dict.fromkeys((*wanted, *FIELDS))]
    facts = {
        "head": Parts((person.name, person.title, role)),
        "fields": [
            *((label, value) for label, value in told if value),
            ("label_customer", Parts((home.name, owner[home.owner_id]))),
            ("label_last_contact", met or Word("never_contacted")),
        ],
        "sections": (),
    }
    about = Mention(home.name, home.id)
    offers = (
        look("button_contact", Reading("answer_query", {"topic": "contact", "customer": about})),
        look_at_customer(home),
    )
    return Outcome("record_card", facts, (), home.id, wrote=False, offers=(offers,))


async def _show_list(turn: Turn, asked: Asked, mention: Mention | None) -> list[Result]:
    """The customer's people; where one was named who is not among them, that is said first."""
    if asked.customer is None and not (asked.has("where") or asked.has("unknown")):
        return [Outcome("contact_of_whom", wrote=False)]
    wanted = contacts_wanted(turn, asked)
    count = await count_contacts(turn.session, turn.actor, wanted)

    async def fetch(limit: int, offset: int) -> Sequence[Item]:
        rows = await list_contacts(turn.session, turn.actor, wanted, limit, offset)
        return [_entry(person, asked) for person in rows]

    async def fetch_of_all(limit: int, offset: int) -> Sequence[Item]:
        found = await list_contacts_of_all(turn.session, turn.actor, wanted, limit, offset)
        return [_entry(person, asked, at=home) for person, home, _ in found]

    told = head(
        Phrase("list_contact", {"who": whose(turn, asked).label}),
        Word(f"role_{wanted.role}") if wanted.role else None,
        Count(count, "count_people") if count else None,
    )
    note = Phrase("contact_not_known", {"name": mention.text}) if mention else None
    shown = List(
        told,
        (Section(None, count, fetch if asked.customer else fetch_of_all),),
        note=note,
        offers=((look_at_customer(asked.customer),),) if asked.customer else (),
        conditions=told_conditions(turn, asked, await stage_names(turn, wanted.where)),
        otherwise=Phrase("tell_contact", {"name": brief(asked.customer.name)}) if asked.customer else None,
    )
    return [await listed(turn, asked.reading, shown, asked.customer)]


def contacts_wanted(turn: Turn, asked: Asked) -> ContactsWanted:
    """Which contacts a question asks for."""
    key, role = asked.customer.id if asked.customer else None, str(asked.reading.slots.get("role") or "")
    return ContactsWanted(key, role, whose(turn, asked).people, conditions_of(turn, asked))


def _entry(person: Contact, asked: Asked, *, at: Customer | None = None) -> Item:
    """Name · title · role · where, of people of several customers · telephone · birthday, where one is asked for."""
    role: Any = Word(f"role_{person.role}") if person.role else None
    opens = look("named", asked.but(contact=Mention(person.name, person.id)), name=person.name)
    left = Word("contact_left") if person.left_on else None
    home = brief(at.name) if at else None
    wants_birthday = any(condition.name == "birthday" for condition in asked.reading.slots.get("where") or ())
    born = person.birthday if wants_birthday else None
    return Item(Parts((person.name, person.title, role, home, person.phone, born, left)), opens)
