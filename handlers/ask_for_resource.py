"""Presales and support as resources: who is free on a day; for a customer, one of them is asked by a button."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from crm.customers import Customer
from crm.errors import NoSuchColleague
from crm.users import User
from handlers.customer_of import customer_of
from handlers.known import only_open_deal
from handlers.turn import Ask, Choice, Note, Result, Turn
from nlu.rule import Reading, When
from storage.busy import Busy, busy_on
from talk.message import Count, Offer, Outcome, Parts, Phrase, Word

ROLES = ("presales", "support")
OFFERED = 6


async def ask_for_resource(turn: Turn, reading: Reading) -> list[Result]:
    """Who is free, and for a customer whom to ask. Raises NotFound, NotAllowed (masked), CustomerGone."""
    told: When | None = reading.slots.get("at")
    day = (told.last_day if told else None) or turn.today
    role = reading.slots.get("role")
    found = await busy_on(turn.session, (role,) if role else ROLES, day)
    facts: dict[str, Any] = {"day": day, "role": Word(f"user_role_{role}" if role else "role_resource")}
    if "customer" not in reading.slots:
        return [_listed(facts, found)]
    customer = await customer_of(turn, reading, "share_customer")
    if isinstance(customer, Ask):
        return [customer]
    facts["customer"] = customer.name
    chosen = turn.decisions.get("resource")
    if chosen is not None:
        wanted = await request(turn, customer, int(chosen), {"day": day.isoformat(), "role": role})
        return [Outcome("resource_asked", {**facts, "user": wanted.name}, (), customer.id, wrote=False)]
    free = [one for one in found if one.user.id != turn.actor.id][:OFFERED]
    if not free:
        return [Outcome("no_resource", facts, (), customer.id, wrote=False)]
    choices = tuple(Choice("resource_choice", {"resource": one.user.id}, {"parts": busy_entry(one)}) for one in free)
    leave = Choice("resource_none", {"dropped": True})
    return [Ask("resource_offered", reading, (*choices, leave), "resource", facts, customer=customer.id)]


def _listed(facts: dict[str, Any], found: Sequence[Busy]) -> Outcome:
    if not found:
        return Outcome("no_resource_there", facts, wrote=False)
    shown = {"head": Phrase("who_is_free", facts), "note": None, "sections": [(None, [busy_entry(b) for b in found])]}
    return Outcome("listed", shown, wrote=False)


def busy_entry(one: Busy) -> Parts:
    """Name · role · free, or how many things there are that day."""
    busy = Count(one.things, "count_things") if one.things else Word("is_free")
    return Parts((one.user.name, Word(f"user_role_{one.user.role}"), busy))


async def request(turn: Turn, customer: Customer, user_id: int, told: dict[str, Any]) -> User:
    """Ask somebody to help with a customer on a day, with buttons to accept or not. Raises NoSuchColleague."""
    user = await turn.ledger.get(User, user_id)
    if user is None or not user.is_active:
        raise NoSuchColleague(name=user.name if user else "")
    deal = await only_open_deal(turn, customer.id)
    facts = {**told, "customer": customer.id, "asker": turn.actor.id, "deal": deal.id if deal else None}
    row = tuple(
        Offer(f"button_{answer}", "resource", {**facts, "answer": answer}) for answer in ("resource_yes", "resource_no")
    )
    day = date.fromisoformat(told["day"])
    words = {"name": turn.actor.user.name, "customer": customer.name, "day": day, "deal": deal.name if deal else ""}
    turn.notes.append(Note(user.id, Outcome("resource_wanted", words, wrote=False, offers=(row,))))
    return user
