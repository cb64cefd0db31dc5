"""The few records of the speaker's own that miss most; a tap tells what to say to fill in those of one customer."""

from __future__ import annotations

from collections.abc import Sequence

from crm.customers import Customer
from crm.reports.gaps import SHOWN, Gap, Gaps, gaps_of, worst_gaps
from handlers.customer_of import customer_of
from handlers.queries.asked import Asked, settled, whose
from handlers.queries.pages import Item, List, Section, brief, listed, look, look_at_customer, short
from handlers.turn import Ask, Result, Turn
from nlu.rule import Mention, Reading
from storage.gaps import records_held
from talk.message import Count, Offer, Outcome, Parts, Phrase, Word
from talk.reports.gaps import gaps_line


async def list_gaps(turn: Turn, reading: Reading) -> list[Result]:
    """The list, one's own or of those below, or what one customer lacks. Raises NotFound, NotAllowed (masked),
    CustomerGone, NotYourPeople.
    """
    if reading.slots.get("customer") is None:
        asked = await settled(turn, reading)
        return [asked if isinstance(asked, Ask) else await _list(turn, asked)]
    customer = await customer_of(turn, reading, "see")
    return [customer] if isinstance(customer, Ask) else [await _gaps_of(turn, customer)]


async def _list(turn: Turn, asked: Asked) -> Outcome:
    owner = whose(turn, asked, is_own=True)
    is_mine = owner.people == frozenset({turn.actor.id})
    people = {turn.actor.id, *turn.actor.below} if owner.people is None else owner.people
    found = worst_gaps(await records_held(turn.session, turn.actor, people=people), turn.today)
    if not found:
        return Outcome("no_gaps" if is_mine else "no_gaps_there", {"who": owner.label}, wrote=False)
    worst = [Item(gaps_line(brief(one.name), one), _opening(one)) for one in found[:SHOWN]]

    async def fetch(limit: int, offset: int) -> Sequence[Item]:
        return worst[offset : offset + limit]

    head = Parts((None if is_mine else owner.label, Word("list_gaps"), Count(len(found), "count_customers")))
    return await listed(turn, asked.reading, List(head, (Section(None, len(worst), fetch),), note=Word("gaps_how")))


def _opening(one: Gaps) -> Offer:
    asked = Reading("list_gaps", {"customer": Mention(one.name, one.customer_id)})
    return look("named", asked, name=short(brief(one.name), 20))


async def _gaps_of(turn: Turn, customer: Customer) -> Outcome:
    """Each gap with a sentence that fills it in: the customer is the one spoken of from now on."""
    held = await records_held(turn.session, turn.actor, customer.id)
    missing = [(gap, one.person) for one in held for gap in gaps_of(one, turn.today).missing]
    offers = ((look("button_gaps", Reading("list_gaps")), look_at_customer(customer)),)
    if not missing:
        return Outcome("no_gaps_of", {"customer": customer.name}, (), customer.id, wrote=False, offers=offers)
    facts = {
        "head": Phrase("gaps_of", {"customer": customer.name}),
        "fields": (),
        "sections": [(Word("head_gaps"), [_said(gap, customer, person) for gap, person in missing])],
    }
    return Outcome("record_card", facts, (), customer.id, wrote=False, offers=offers)


def _said(gap: Gap, customer: Customer, person: str) -> Phrase:
    about = {"name": brief(customer.name), "person": person, "deal": short(gap.deal, 40)}
    facts = {"what": Word(f"gap_{gap.key}"), **about}
    return Phrase(f"fill_{gap.key}", facts)
