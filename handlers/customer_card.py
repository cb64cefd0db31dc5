"""The customer's card: who they are, what comes next, what is open, whom one meets, what is owed; its buttons lead to
the whole of each.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm.customers import Contact, Customer
from handlers.list_comments import comments_offer
from handlers.queries.deals import standing
from handlers.queries.money import money_entry, worth
from handlers.queries.pages import look, short
from handlers.queries.tasks import task_entry
from handlers.queries.visits import places_on, visit_entry, words_on
from handlers.show_files import files_row
from handlers.turn import Turn
from nlu.rule import Mention, Reading
from storage.customer_cards import CardFigures, DealSum, card_figures, deal_sums
from storage.lists.contacts import ContactsWanted, list_contacts
from storage.lists.deals import DealRow, DealsWanted, list_deals
from storage.lists.money import list_money
from storage.lists.tasks import TasksWanted, list_tasks
from storage.lists.visits import VisitsWanted, list_visits
from talk.message import Offer, Outcome, Parts, Word

SHOWN = 3  # entries of a part on the first page
LATEST = 2  # of what is known of money


async def customer_card(turn: Turn, customer: Customer) -> Outcome:
    """The card of a customer whom the policy has let the speaker see."""
    session, actor, key = turn.session, turn.actor, customer.id
    figures, sums = await card_figures(session, key), await deal_sums(session, key)
    tasks = await list_tasks(session, actor, TasksWanted(customer_id=key), SHOWN + 1, 0)
    due = [task_entry(t, turn, with_customer=False, with_name=t.task.assignee_id != actor.id).shown for t in tasks]
    deals = await list_deals(session, actor, DealsWanted(customer_id=key, outcome=""), SHOWN, 0)
    people = await list_contacts(session, actor, ContactsWanted(key), SHOWN, 0)
    money = [money_entry(row, turn) for row in await list_money(session, actor, key, LATEST)]
    parts: list[tuple[str, Sequence[Any]]] = [
        ("head_visits", await _last_visit(turn, key) or [Word("none_yet")]),
        ("head_deals", [_deal(row, turn) for row in deals] or [Word("none_yet")]),
        ("head_contacts", [contact_entry(person) for person in people] or [Word("none_yet")]),
        ("head_other_tasks", due[1:]),
        ("head_money", [*worth(sums), *money]),
        ("head_notes", [short(note, 120) for note in figures.notes]),
    ]
    facts = {
        "name": customer.name,
        "about": _about(customer, figures),
        "fields": [
            ("label_owner", figures.owner),
            ("label_sharers", list(figures.sharers)),
            ("label_next_step", due[0] if due else Word("no_next_step_yet")),
        ],
        "sections": [(Word(head), entries) for head, entries in parts if entries],
    }
    said = await comments_offer(turn, customer)
    more = (*((said,) if said else ()), *await files_row(turn, customer))
    offers = (*_pages(customer, _counts(figures, sums)), *more)
    return Outcome("customer_card", facts, (), key, wrote=False, offers=offers)


def _about(customer: Customer, figures: CardFigures) -> Parts:
    """What everybody calls them, branch, place, size, tier."""
    tier = Word(f"tier_{customer.tier}")
    return Parts((list(figures.called), customer.industry, customer.region, customer.size, tier))


async def _last_visit(turn: Turn, key: int) -> list[Parts]:
    visits = await list_visits(turn.session, turn.actor, VisitsWanted(customer_id=key), 1, 0)
    words, places = await words_on(turn, visits), await places_on(turn, visits)
    return [
        visit_entry(row, words.get(row.visit.id), places.get(row.visit.id), with_customer=False, with_name=True).shown
        for row in visits
    ]


def _counts(figures: CardFigures, sums: Sequence[DealSum]) -> dict[str, int]:
    return {
        "contact": figures.contacts,
        "deals": sum(one.count for one in sums),
        "visits": figures.visits,
        "tasks": figures.tasks,
        "money": figures.money,
    }


def _pages(customer: Customer, counts: dict[str, int]) -> tuple[tuple[Offer, ...], ...]:
    """Buttons to the whole of what the card shows the beginning of, to what happened, and to the brief."""
    about = {"customer": Mention(customer.name, customer.id)}
    pages = [
        look(f"page_{topic}", Reading("answer_query", {"topic": topic, **about}), n=count)
        for topic, count in counts.items()
    ]
    others = (
        look("page_timeline", Reading("show_timeline", about)),
        look("page_brief", Reading("brief_customer", about)),
    )
    return (tuple(pages[:3]), tuple(pages[3:]), others)


def _deal(row: DealRow, turn: Turn) -> Parts:
    """Name · stage · how long it has stood there · sum · expected close; of one that is over name, stage and sum."""
    deal, is_open = row.deal, row.stage.outcome == "open"
    stands = (standing(row, turn), deal.amount, deal.close_on) if is_open else (deal.amount,)
    return Parts((short(deal.name, 40), row.stage.names, *stands))


def contact_entry(contact: Contact) -> Parts:
    """Name · title · role · phone, and whether they have left."""
    role = Word(f"role_{contact.role}") if contact.role else None
    left = Word("contact_left") if contact.left_on else None
    return Parts((contact.name, contact.title, role, contact.phone, left))
