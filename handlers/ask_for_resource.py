"""Presales and support as resources: who is free on a day; for a customer, one of them is asked by a button."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from crm.customers import Customer
from crm.errors import NoSuchColleague
from crm.users import User
from handlers.answer_query import answer_query
from handlers.colleague_of import colleague_of
from handlers.customer_of import customer_of
from handlers.known import only_open_deal
from handlers.turn import Ask, Choice, Note, Result, Turn
from nlu.rule import Mention, Reading, When
from storage.busy import Busy, busy_on
from talk.message import Count, Offer, Outcome, Parts, Phrase, Span, Word

ROLES = ("presales", "support")
OFFERED = 6
WEEK = 5  # working days


async def ask_for_resource(turn: Turn, reading: Reading) -> list[Result]:
    """Who is free, and for a customer whom to ask. Raises NotFound, NotAllowed (masked), CustomerGone."""
    if "user" in reading.slots:
        return await _of_one(turn, reading)
    told: When | None = reading.slots.get("at")
    day = (told.last_day if told else None) or turn.today
    role = reading.slots.get("role")
    roles = (role,) if role else ROLES
    facts: dict[str, Any] = {"day": day, "role": Word(f"user_role_{role}" if role else "role_resource")}
    if "customer" not in reading.slots:
        days = _days(turn, reading)
        return [_listed(facts | {"day": _span(days)}, [(day, await busy_on(turn.session, roles, day)) for day in days])]
    found = await busy_on(turn.session, roles, day)
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


def _days(turn: Turn, reading: Reading) -> list[date]:
    """The day that is asked about; of a week its working days that are to come, and of no day the next ones."""
    told: When | None = reading.slots.get("at")
    first, last = (told.on if told else None) or turn.today, (told.last_day if told else None) or turn.today
    if reading.slots.get("any_day") and told is None:
        last = first + timedelta(days=WEEK)
    if first >= last:
        return [last]
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [day for day in days if day >= turn.today and turn.names.calendar.is_working_day(day)][:WEEK] or [last]


def _span(days: Sequence[date]) -> date | Span:
    return days[0] if len(days) == 1 else Span(days[0], days[-1])


async def _of_one(turn: Turn, reading: Reading) -> list[Result]:
    """How busy one of them is. Of anybody else that is what they have to do, for those who may see it."""
    user = await colleague_of(turn, reading, "user")
    if isinstance(user, Ask):
        return [user]
    days = _days(turn, reading)
    if user.role not in ROLES:
        about = {"user": Mention(reading.slots["user"].text, user.id), "since": days[0], "until": days[-1]}
        return await answer_query(turn, Reading("answer_query", {"topic": "schedule", **about}))
    found = [(day, one) for day in days for one in await busy_on(turn.session, ROLES, day) if one.user.id == user.id]
    entries = [busy_entry(one) if len(days) == 1 else Parts((day, _busy(one))) for day, one in found]
    head = Phrase("is_user_free", {"user": user.name, "day": _span(days)})
    return [Outcome("listed", {"head": head, "note": None, "sections": [(None, entries)]}, wrote=False)]


def _listed(facts: dict[str, Any], found: Sequence[tuple[date, Sequence[Busy]]]) -> Outcome:
    """Who is free, under each day where there are several."""
    if not found[0][1]:
        return Outcome("no_resource_there", facts, wrote=False)
    sections = [(day if len(found) > 1 else None, [busy_entry(one) for one in people]) for day, people in found]
    return Outcome("listed", {"head": Phrase("who_is_free", facts), "note": None, "sections": sections}, wrote=False)


def busy_entry(one: Busy) -> Parts:
    """Name · role · free, or how many things there are that day."""
    return Parts((one.user.name, Word(f"user_role_{one.user.role}"), _busy(one)))


def _busy(one: Busy) -> Count | Word:
    return Count(one.things, "count_things") if one.things else Word("is_free")


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
