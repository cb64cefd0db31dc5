"""When a customer, or somebody there, was last met or spoken to: the day, how long ago, by whom, about what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from crm.customers import Contact, Customer
from crm.errors import NotFound
from crm.visits import IN_PERSON
from handlers.queries.asked import Asked, whose
from handlers.queries.contacts import person_meant
from handlers.queries.pages import look, look_at_customer
from handlers.queries.visits import note_shown, visit_entry
from handlers.turn import Ask, Result, Turn
from nlu.rule import Mention, Reading
from storage.lists.visits import VisitRow, VisitsWanted, count_visits, last_visit
from talk.message import Count, Outcome, Parts, Phrase


@dataclass(frozen=True)
class _About:
    """What is asked about: the visits that count, at whom, with whom."""

    wanted: VisitsWanted
    customer: Customer
    person: Contact | None
    who: Parts


async def show_last_visit(turn: Turn, asked: Asked) -> list[Result]:
    """The last one; where one in person is asked for and another contact was later, that as well. Raises NotFound."""
    about = await _about(turn, asked)
    if isinstance(about, Ask):
        return [about]
    key = about.person.id if about.person else None
    last = await last_visit(turn.session, turn.actor, about.wanted, key)
    if last is None and about.wanted.people is not None:  # what others did tells more than nothing
        others = await last_visit(turn.session, turn.actor, replace(about.wanted, people=None), key)
        return [await _told(turn, about, "last_never", None, others)]
    if not asked.has("onsite"):
        return [await _told(turn, about, "last_talked" if last else "last_never", last)]
    onsite = await last_visit(turn.session, turn.actor, replace(about.wanted, kinds=IN_PERSON), key)
    other = last if last is not None and (onsite is None or last.visit.id != onsite.visit.id) else None
    told = "last_in_person" if onsite else "last_never_in_person" if last else "last_never"
    return [await _told(turn, about, told, onsite, other)]


async def _about(turn: Turn, asked: Asked) -> _About | Ask:
    found = await person_meant(turn, asked.reading)
    if isinstance(found, Ask):
        return found
    mention: Mention | None = asked.reading.slots.get("contact")
    person, customer = found or (None, asked.customer)
    if customer is None or (mention is not None and person is None):
        raise NotFound(name=mention.text if mention else "")
    by = whose(turn, asked).people if asked.user else None
    names = (person.name if person else None, customer.name, asked.user.name if asked.user else None)
    return _About(VisitsWanted(by, customer.id), customer, person, Parts(names))


async def _told(turn: Turn, about: _About, key: str, last: VisitRow | None, other: VisitRow | None = None) -> Outcome:
    note_shown(turn, [row.visit for row in (last, other) if row is not None])
    facts: dict[str, Any] = {"who": about.who} | ({"visit": _entry(turn, last)} if last else {})
    fields = (("label_last_contact", _entry(turn, other)),) if other else ()
    customer = about.customer
    at = Reading("answer_query", {"topic": "visits", "customer": Mention(customer.name, customer.id)})
    count = await count_visits(turn.session, turn.actor, VisitsWanted(None, customer.id))
    visits = (look("page_visits", at, n=count.visits),) if count.visits else ()
    offers = ((*visits, look_at_customer(customer)),)
    return Outcome(key, facts, fields, customer.id, wrote=False, offers=offers)


def _entry(turn: Turn, row: VisitRow) -> Parts:
    """When · how long ago · who · how · its words."""
    day, *rest = visit_entry(row, with_customer=False, with_name=True).shown
    days = (turn.today - row.visit.held_on).days
    ago = Phrase("days_ago", {"days": Count(days, "count_days")}) if days > 1 else None
    return Parts((day, ago, *rest))
