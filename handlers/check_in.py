"""A place that is shared at a visit is a check-in: kept with the visit, with how far it is from the customer.

Where the customer is nobody knows until a check-in there is said to be its place, by a tap.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from crm.arrival_errors import PlaceGone
from crm.check_ins import CheckIn, check_place
from crm.customers import Customer
from crm.visits import Visit
from handlers.customer_choices import CHOICES
from handlers.customer_of import customer_of
from handlers.entries import OFFERING
from handlers.files_in import visit_before
from handlers.focus import focus_of
from handlers.how_far import how_far
from handlers.known import customer_known
from handlers.turn import Ask, Choice, Result, Turn
from handlers.whose_files import WHOSE, visit_choices
from nlu.question import LOOKS
from nlu.rule import Mention, Reading
from storage.check_ins import customers_near, distance, waiting_check_ins
from storage.customers import customer_name
from storage.visits import visit_near
from talk.incoming import IncomingPlace
from talk.message import Outcome, Parts, Phrase

WITHIN = timedelta(hours=12)  # so long before or after its check-in a visit is told of at most
NEIGHBOURHOOD = 1_000  # metres within which a customer is likely meant
ROUGH = 100  # metres beyond which it is told how exact a place is


async def with_place(turn: Turn, readings: Sequence[Reading]) -> Sequence[Reading]:
    """The readings of a message with one for the place that it brings: of the visit that it replies to or follows,
    unless another customer was spoken of since.
    """
    if turn.incoming.place is None:
        return readings
    slots: dict[str, Any] = {"place": turn.incoming.place}
    visit, focus = await visit_before(turn), focus_of(turn)
    is_elsewhere = focus is not None and visit is not None and focus.customer not in (None, visit.customer_id)
    if visit is not None and (turn.incoming.reply_to or not is_elsewhere):
        name = await customer_name(turn.session, visit.customer_id)
        slots["customer"] = Mention(name, visit.customer_id)
        if turn.incoming.reply_to or visit.held_on == _day(turn, turn.incoming.at):
            slots["visit"] = visit.id
    elif turn.incoming.reply_to and focus is not None and focus.customer is not None:
        name = await customer_name(turn.session, int(focus.customer))
        slots["customer"] = Mention(name, focus.customer)
    elif turn.bound is not None:
        slots["customer"] = Mention(await customer_name(turn.session, turn.bound.customer_id), turn.bound.customer_id)
    return [*(reading for reading in readings if reading.intent not in LOOKS), Reading("check_in", slots)]


async def check_in(turn: Turn, reading: Reading) -> list[Result]:
    """Keep where the speaker is; in words alone tell how. Raises NoSuchPlace, PlaceGone, NotAllowed, CustomerGone."""
    if "keeps" in reading.slots:
        return [await _keep_place(turn, reading)]
    place: IncomingPlace | None = reading.slots.get("place")
    if place is None:
        return [await _how(turn, reading)]
    check_place(place.latitude, place.longitude)
    customer = await _home(turn, reading, place)
    if isinstance(customer, Ask):
        return [customer]
    visit = await _visit(turn, reading, customer)
    whose = (turn.actor.id, turn.ledger.inbox_id or turn.incoming.id, turn.incoming.at, customer.id)
    where = (place.latitude, place.longitude, place.accuracy)
    check = await turn.ledger.add(CheckIn(*whose, *where, visit.id if visit else None))
    kept = Outcome("checked_in", {"parts": _told(check, customer, visit)}, customer=customer.id)
    return [kept] if customer.place is not None else [kept, _ask_place(check, customer)]


async def _how(turn: Turn, reading: Reading) -> Outcome | Ask:
    """How it is done; the customer named is the one spoken of from now on, the first that is offered."""
    if reading.slots.get("customer") is None:
        return Outcome("check_in_how", wrote=False)
    customer = await customer_of(turn, reading, "record_visit")
    return customer if isinstance(customer, Ask) else Outcome("check_in_how", {}, (), customer.id, wrote=False)


async def adopt_check_ins(turn: Turn, visit: Visit) -> list[Phrase]:
    """A visit is told of: where its teller checked in at the customer before goes with it. How far that was."""
    found = await waiting_check_ins(turn.session, visit.user_id, visit.customer_id, turn.incoming.at - WITHIN)
    customer = await turn.ledger.get(Customer, visit.customer_id)
    of_visit = [check for check in found if _day(turn, check.at) == visit.held_on]
    for check in of_visit:
        turn.ledger.set(check, visit_id=visit.id)
    return [how_far(distance(check, customer)) for check in of_visit[-1:] if customer is not None]


def _day(turn: Turn, at: datetime) -> date:
    """Where one is tells nothing of a visit that was on another day."""
    return at.astimezone(turn.now.tzinfo).date()


async def _home(turn: Turn, reading: Reading, place: IncomingPlace) -> Customer | Ask:
    decided = turn.decisions
    if reading.slots.get("customer") or decided.get("customer") or decided.get("new_customer"):
        return await customer_of(turn, reading, "record_visit")
    near = await customers_near(turn.session, turn.actor, (place.latitude, place.longitude), NEIGHBOURHOOD, CHOICES)
    there = [Choice("choose_customer", {"customer": one.id, "confirmed": True}, {"parts": one.name}) for one in near]
    told, focus = list(await visit_choices(turn, None)), focus_of(turn)
    told.sort(key=lambda choice: focus is None or choice.decision["customer"] != focus.customer)
    known = {choice.decision["customer"] for choice in there}
    choices = [*there, *(choice for choice in told if choice.decision["customer"] not in known)]
    return Ask("where_checked_in", reading, tuple(choices[:CHOICES]), WHOSE, {}, slot="customer")


async def _visit(turn: Turn, reading: Reading, customer: Customer) -> Visit | None:
    """The visit that was found beforehand, else the one of the day to this customer that was told of not long ago."""
    visit, sent = await turn.ledger.get(Visit, reading.slots.get("visit")), turn.incoming.at
    if visit is not None and visit.customer_id == customer.id and visit.withdrawn_at is None:
        return visit
    near = await visit_near(turn.session, turn.actor.id, customer.id, turn.ledger.now, (sent - WITHIN, sent))
    return near if near is not None and near.held_on == _day(turn, sent) else None


def _told(check: CheckIn, customer: Customer, visit: Visit | None) -> Parts:
    metres = distance(check, customer)
    exact = round(check.accuracy or 0)
    rough = Phrase("place_is_rough", {"n": exact}) if exact > ROUGH else None
    about = visit.held_on if visit else Phrase("checked_in_before_visit")
    return Parts((customer.name, about, how_far(metres) if metres is not None else None, rough))


def _ask_place(check: CheckIn, customer: Customer) -> Ask:
    """Whether the customer is where somebody checked in: asked until somebody has said so, and missed by nobody."""
    about = {"keeps": check.id, "customer": Mention(customer.name, customer.id)}
    choices = (Choice("keep_place", {"confirmed": True}), Choice("not_its_place", {"dropped": True}))
    group, facts = f"{OFFERING}{check.id}", {"name": customer.name}
    return Ask("is_this_its_place", Reading("check_in", about), choices, group, facts, customer=customer.id)


async def _keep_place(turn: Turn, reading: Reading) -> Outcome:
    """The customer is where the check-in was: from the next one on it is told how far away that is."""
    check = await turn.ledger.get(CheckIn, int(reading.slots["keeps"]))
    if check is None or check.withdrawn_at is not None:
        raise PlaceGone
    customer = await customer_known(turn, check.customer_id, "change_customer")
    turn.ledger.set(customer, latitude=check.latitude, longitude=check.longitude)
    return Outcome("place_kept", {"name": customer.name}, customer=customer.id)
