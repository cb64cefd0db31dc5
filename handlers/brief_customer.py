"""The brief of a customer on one screen, before a meeting or for whoever takes it over: whom one meets, where it
stands, what was said last, what is open, whom one is up against, what to ask.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from crm.customers import Contact, Customer, birthday_within
from crm.reports.meeting import Meeting, MeetingDeal, Question, promised, questions_for, seen_of
from crm.visits import Visit
from handlers.customer_card import contact_entry
from handlers.customer_of import customer_of
from handlers.known import contacts_known
from handlers.queries.deals import standing
from handlers.queries.pages import look_at_customer, short
from handlers.queries.tasks import task_entry
from handlers.queries.visits import visit_entry, words_on
from handlers.turn import Ask, Result, Turn
from nlu.rule import Reading
from storage.customer_cards import DealKnown, deals_known_of
from storage.lists.deals import DealRow, DealsWanted, list_deals
from storage.lists.tasks import TaskRow, TasksWanted, list_tasks
from storage.lists.visits import VisitRow, VisitsWanted, list_visits
from storage.notes import last_notes
from storage.people import users_named
from talk.message import Outcome, Parts, Phrase, Word

CONTACTS, DEALS, VISITS, NOTES, TASKS, POINTS = 5, 3, 3, 2, 4, 4  # entries of each part: all of it fits a screen
BIRTHDAY_NEAR = 14  # days


async def brief_customer(turn: Turn, reading: Reading) -> list[Result]:
    """The brief of the customer meant. Raises NotFound, NotAllowed (masked), CustomerGone."""
    customer = await customer_of(turn, reading, "see")
    return [customer] if isinstance(customer, Ask) else [await _brief(turn, customer)]


async def _brief(turn: Turn, customer: Customer) -> Outcome:
    session, actor, key = turn.session, turn.actor, customer.id
    owner = await users_named(session, [customer.owner_id])
    people = [contact for contact in await contacts_known(turn, key) if contact.left_on is None]
    deals = await list_deals(session, actor, DealsWanted(customer_id=key), DEALS, 0)
    visits = await list_visits(session, actor, VisitsWanted(customer_id=key), VISITS, 0)
    tasks = await list_tasks(session, actor, TasksWanted(customer_id=key), TASKS, 0)
    notes = [short(note.text) for note in await last_notes(session, key, NOTES)]
    told = [row.visit for row in visits]
    known = await deals_known_of(session, [row.deal.id for row in deals])
    asked = questions_for(_meeting(turn, people, deals, told, known))
    about = Parts((customer.industry, customer.region, customer.size, Word(f"tier_{customer.tier}")))
    against = seen_of([*(row.deal.competitors for row in deals), *(visit.competitors for visit in told)])
    parts: list[tuple[str, Sequence[Any]]] = [
        ("head_contacts", [_person(person, turn.today) for person in people[:CONTACTS]] or [Word("none_yet")]),
        ("head_deals", [_deal(row, turn) for row in deals] or [Word("none_yet")]),
        ("head_visits", await _visits(turn, visits) or [Word("none_yet")]),
        ("head_open_points", [*_points(told)[:POINTS], *notes]),
        ("head_next_steps", _promised(tasks, turn) or [Word("no_next_step_yet")]),
        ("head_to_ask", [_question(one) for one in asked]),
    ]
    fields = [("label_about", about), ("label_owner", owner[customer.owner_id]), ("label_competitors", against)]
    facts = {
        "head": Phrase("brief_of", {"customer": customer.name}),
        "fields": [(label, value) for label, value in fields if value],
        "sections": [(Word(head), entries) for head, entries in parts if entries],
    }
    return Outcome("record_card", facts, (), key, wrote=False, offers=((look_at_customer(customer),),))


def _meeting(
    turn: Turn,
    people: Sequence[Contact],
    deals: Sequence[DealRow],
    visits: Sequence[Visit],
    known: Mapping[int, DealKnown],
) -> Meeting:
    """What the records know, for the table of what to ask."""
    objections = [visit.objections for visit in visits if visit.objections]
    return Meeting(
        turn.today,
        [_deal_known(turn, row, known[row.deal.id]) for row in deals],
        has_people=bool(people),
        has_decision_maker=any(person.role == "decision_maker" for person in people),
        objection=short(objections[0], 40) if objections else "",
    )


def _deal_known(turn: Turn, row: DealRow, known: DealKnown) -> MeetingDeal:
    zone = turn.now.tzinfo
    entered = row.entered_at or row.deal.created_at
    return MeetingDeal(
        short(row.deal.name, 40),
        entered.astimezone(zone).date(),
        has_budget=known.has_budget or row.deal.amount_minor is not None,
        has_needs=known.has_needs,
        has_next_step=known.has_task,
        close_on=row.deal.close_on,
        quoted_on=known.quoted_at.astimezone(zone).date() if known.quoted_at else None,
        heard_on=row.contacted_on,
        competitors=row.deal.competitors,
    )


def _person(person: Contact, today: date) -> Parts:
    """The same as on the card, and a birthday that is near."""
    near = birthday_within(person.birthday, today, BIRTHDAY_NEAR)
    return Parts((*contact_entry(person), Phrase("birthday_near", {"day": near}) if near else None))


def _deal(row: DealRow, turn: Turn) -> Parts:
    return Parts((short(row.deal.name, 40), row.stage.names, row.deal.amount, standing(row, turn), row.deal.close_on))


async def _visits(turn: Turn, visits: Sequence[VisitRow]) -> list[Parts]:
    words = await words_on(turn, visits)
    return [visit_entry(row, words.get(row.visit.id), with_customer=False, with_name=True).shown for row in visits]


def _promised(tasks: Sequence[TaskRow], turn: Turn) -> list[Parts]:
    return [task_entry(row, turn, with_customer=False, with_name=True).shown for row in tasks]


def _points(visits: Sequence[Visit]) -> list[Phrase]:
    """What the last contacts left open: needs, objections, what they promised; each with its day, each once."""
    told = [(label, getattr(visit, label), visit.held_on) for visit in visits for label in ("needs", "objections")]
    told += [("they_promised", text, visit.held_on) for visit in visits for text in promised(visit.words)]
    once = {(label, text): day for label, text, day in reversed(told) if text}
    return [
        Phrase("point_told", {"label": Word(f"label_{label}"), "value": short(text), "day": day})
        for (label, text), day in reversed(once.items())
    ]


def _question(one: Question) -> Phrase:
    return Phrase(one.key, one.facts)
