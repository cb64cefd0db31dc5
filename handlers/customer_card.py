"""The customer's card: who they are, what comes next, what is open, whom one meets, what is owed; its buttons lead to
the whole of each.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm.customers import Contact, Customer
from handlers.how_far import how_far
from handlers.list_comments import comments_offer
from handlers.queries.deals import standing
from handlers.queries.money import money_entry, worth
from handlers.queries.pages import look, short
from handlers.queries.tasks import task_entry
from handlers.queries.visits import note_shown, visit_entry
from handlers.show_files import files_offer
from handlers.turn import Turn
from nlu.rule import Mention, Reading
from storage.check_ins import distance
from storage.customer_cards import CardParts, LastVisit, card_parts
from storage.lists.deals import DealRow
from talk.message import Offer, Outcome, Parts, Phrase, Word


async def customer_card(turn: Turn, customer: Customer) -> Outcome:
    """The card of a customer whom the policy has let the speaker see."""
    of = await card_parts(turn.session, turn.actor, customer.id)
    me = turn.actor.id
    due = [task_entry(t, turn, with_customer=False, with_name=t.task.assignee_id != me).shown for t in of.tasks]
    parts: list[tuple[str, Sequence[Any]]] = [
        ("head_visits", [_visit(turn, customer, of.visit)] if of.visit else [Word("none_yet")]),
        ("head_deals", [_deal(row, turn) for row in of.deals] or [Word("none_yet")]),
        ("head_contacts", [contact_entry(person) for person in of.contacts] or [Word("none_yet")]),
        ("head_other_tasks", due[1:]),
        ("head_money", [*worth(of.sums), *(money_entry(row, turn) for row in of.money)]),
        ("head_notes", [short(note, 120) for note in of.notes]),
    ]
    facts = {
        "name": customer.name,
        "about": _about(customer, of),
        "fields": [
            ("label_reach", _reach(customer)),
            ("label_owner", of.owner),
            ("label_sharers", list(of.sharers)),
            ("label_next_step", due[0] if due else Word("no_next_step_yet")),
        ],
        "sections": [(Word(head), entries) for head, entries in parts if entries],
    }
    return Outcome("customer_card", facts, (), customer.id, wrote=False, offers=_offers(customer, of))


def _about(customer: Customer, of: CardParts) -> Parts:
    """What everybody calls them, branch, place, size, tier."""
    tier = Word(f"tier_{customer.tier}")
    return Parts((list(of.called), customer.industry, customer.region, customer.size, tier))


def _reach(customer: Customer) -> Parts | None:
    """Where they are, their own telephone, what stands on an invoice; on one line."""
    tax_id = Phrase("tax_id_told", {"tax_id": customer.tax_id}) if customer.tax_id else None
    known = [part for part in (customer.address, customer.phone, tax_id) if part]
    return Parts(known) if known else None


def _visit(turn: Turn, customer: Customer, last: LastVisit) -> Parts:
    note_shown(turn, [last.row.visit])
    place = how_far(distance(last.check_in, customer)) if last.check_in else None
    return visit_entry(last.row, last.words, place, with_customer=False, with_name=True).shown


def _offers(customer: Customer, of: CardParts) -> tuple[tuple[Offer, ...], ...]:
    """Buttons to the whole of what the card shows the beginning of, to what happened, to the brief, to the files."""
    about = {"customer": Mention(customer.name, customer.id)}
    counts = {"contact": of.counts["contacts"], "deals": sum(one.count for one in of.sums)}
    counts |= {topic: of.counts[topic] for topic in ("visits", "tasks", "money")}
    pages = [
        look(f"page_{topic}", Reading("answer_query", {"topic": topic, **about}), n=count)
        for topic, count in counts.items()
    ]
    others = (
        look("page_timeline", Reading("show_timeline", about)),
        look("page_brief", Reading("brief_customer", about)),
    )
    files = (files_offer(customer, of.counts["files"]),) if of.counts["files"] else ()
    rows = (tuple(pages[:3]), tuple(pages[3:]), others, comments_offer(customer, of.counts["comments"]), files)
    return tuple(row for row in rows if row)


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
