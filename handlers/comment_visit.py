"""What a superior thinks of a visit of their people: kept with it, and told to whoever made it, who may answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from crm import policy
from crm.comments import Comment
from crm.customers import Customer
from crm.deals import Deal
from crm.errors import NothingToComment, NotYourPeople
from crm.notes import CustomerNote
from crm.users import User
from crm.visits import Visit
from handlers.colleague_of import colleague_of
from handlers.customer_of import customer_of
from handlers.known import customer_known
from handlers.queries.pages import brief, short
from handlers.turn import Ask, Choice, Note, Result, Turn
from nlu.rule import Mention, Reading
from storage.comments import who_commented
from storage.judged_visits import judged_visits, last_judged
from storage.lists.visits import VisitRow
from storage.people import users_named
from talk.message import Outcome, Parts

CHOICES = 5  # as many visits as one still reads at a glance


async def comment_visit(turn: Turn, reading: Reading) -> list[Result]:
    """Keep the words with the visit meant; where nobody has been there yet they are a note, told all the same.

    An answer to such a note is one, too. Raises NothingToComment, NotYourPeople, NotAllowed (masked), CustomerGone,
    NoSuchColleague.
    """
    if reading.slots.get("note"):
        return [await _answer_to_note(turn, reading)]
    found = await _visits_meant(turn, reading)
    if isinstance(found, Ask):
        return [found]
    if len(found) > 1:
        return [_ask_which(reading, found)]
    return [await (_said_of_visit(turn, reading, found[0]) if found else _said_of_customer(turn, reading))]


def is_above(turn: Turn, user_id: int) -> bool:
    """Whether the speaker may comment on what somebody else does."""
    return user_id != turn.actor.id and policy.may("comment_visit", policy.relations(turn.actor, user_id))


async def _visits_meant(turn: Turn, reading: Reading) -> list[VisitRow] | Ask:
    """The visits that may be meant: those told, else the last one to the customer, else the last ones of somebody."""
    slots, chosen = reading.slots, turn.decisions.get("visit")
    if keys := [chosen] if chosen else slots.get("visits"):
        if rows := await judged_visits(turn.session, turn.actor, [int(key) for key in keys]):
            return rows
        raise NothingToComment(name="—")
    if slots.get("customer") is not None:
        return await _at_customer(turn, reading)
    user = await colleague_of(turn, reading, "user", leavers=True)
    if isinstance(user, Ask):
        return user
    if not is_above(turn, user.id):
        raise NotYourPeople(name=user.name)
    if rows := await last_judged(turn.session, turn.actor, CHOICES, people_among=[user.id]):
        return rows
    raise NothingToComment(name=user.name)


async def _at_customer(turn: Turn, reading: Reading) -> list[VisitRow] | Ask:
    customer = await customer_of(turn, reading, "see")
    if isinstance(customer, Ask):
        return customer
    deal = await _deal_of(turn, reading)
    people = [deal.owner_id] if deal is not None else None
    return await last_judged(turn.session, turn.actor, 1, customers_among=[customer.id], people_among=people)


async def _deal_of(turn: Turn, reading: Reading) -> Deal | None:
    mention: Mention | None = reading.slots.get("deal")
    return await turn.ledger.get(Deal, int(mention.key)) if mention is not None and mention.key is not None else None


def _ask_which(reading: Reading, found: list[VisitRow]) -> Ask:
    shown = found[:CHOICES]
    choices = tuple(
        Choice(
            "choose_visit",
            {"visit": row.visit.id},
            {
                "parts": Parts((brief(row.customer), row.user, row.visit.held_at or row.visit.held_on)),
                "customer": row.visit.customer_id,
                "user": row.visit.user_id,
            },
        )
        for row in shown
    )
    waiting = replace(reading, slots={**reading.slots, "visits": tuple(row.visit.id for row in shown)})
    keys = ",".join(str(row.visit.id) for row in shown)
    return Ask(
        "which_visit", waiting, choices, f"visit:{keys}", {"text": short(str(reading.slots["text"]), 40)}, "visit"
    )


async def _said_of_visit(turn: Turn, reading: Reading, row: VisitRow) -> Outcome:
    text, visit = str(reading.slots["text"]), row.visit
    await turn.ledger.add(Comment(turn.actor.id, turn.ledger.now, text, visit_id=visit.id))
    people = await _hearers(turn, visit)
    told = Parts((row.customer, visit.held_at or visit.held_on))
    outcome = Outcome("visit_commented_told", _facts(turn, told, text), customer=visit.customer_id)
    return await _pass_on(turn, outcome, people, visit_id=visit.id)


async def _hearers(turn: Turn, visit: Visit) -> set[int]:
    """Whoever made the visit, or looks after its customer once they have left; of an own one those who spoke of it."""
    if visit.user_id == turn.actor.id:
        return set(await who_commented(turn.session, "visit", visit.id)) - {turn.actor.id}
    guest = await turn.ledger.get(User, visit.user_id)
    if guest is not None and guest.is_active:
        return {guest.id}
    return {(await customer_known(turn, visit.customer_id, "see")).owner_id} - {turn.actor.id}


async def _said_of_customer(turn: Turn, reading: Reading) -> Outcome:
    """Nobody has been there: the words are a note on the deal or the customer, and its owner hears them."""
    mention: Mention = reading.slots["customer"]
    customer = await customer_known(turn, int(turn.decisions.get("customer") or mention.key or 0), "add_note")
    deal, text = await _deal_of(turn, reading), str(reading.slots["text"])
    owner_id = deal.owner_id if deal is not None else customer.owner_id
    if not is_above(turn, owner_id):
        raise NothingToComment(name=customer.name)
    return await _keep_note(turn, customer, deal, text, {owner_id})


async def _answer_to_note(turn: Turn, reading: Reading) -> Outcome:
    """Whoever was told such a note answers: whoever wrote it hears it, and whoever looks after the customer."""
    note = await turn.ledger.get(CustomerNote, int(reading.slots["note"]))
    if note is None or note.withdrawn_at is not None:
        raise NothingToComment(name="—")
    customer = await customer_known(turn, note.customer_id, "add_note")
    deal = await turn.ledger.get(Deal, note.deal_id) if note.deal_id is not None else None
    people = {note.user_id, deal.owner_id if deal is not None else customer.owner_id} - {turn.actor.id}
    return await _keep_note(turn, customer, deal, str(reading.slots["text"]), people)


async def _keep_note(turn: Turn, customer: Customer, deal: Deal | None, text: str, people: set[int]) -> Outcome:
    deal_id = deal.id if deal is not None else None
    note = await turn.ledger.add(CustomerNote(customer.id, turn.actor.id, turn.ledger.now, text, deal_id))
    told = Parts((customer.name, deal.name if deal is not None else None))
    outcome = Outcome("customer_commented_told", _facts(turn, told, text), customer=customer.id)
    return await _pass_on(turn, outcome, people, note_id=note.id)


def _facts(turn: Turn, about: Parts, text: str) -> dict[str, Any]:
    return {"name": turn.actor.user.name, "parts": about, "text": text}


async def _pass_on(
    turn: Turn, told: Outcome, people: set[int], *, visit_id: int | None = None, note_id: int | None = None
) -> Outcome:
    """What the speaker is answered; the others hear it, and may answer what is about the visit or the note."""
    told = replace(told, wrote=False)
    turn.notes += [Note(user_id, told, visit_id=visit_id, note_id=note_id) for user_id in sorted(people)]
    names = list((await users_named(turn.session, sorted(people))).values())
    facts = {"parts": Parts((*told.facts["parts"], names or None)), "text": told.facts["text"]}
    return Outcome("visit_commented", facts, (), told.customer)
