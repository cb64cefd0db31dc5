"""Birthdays of people at customers: a drafted greeting to whoever looks after them."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from crm.calendar import moment
from crm.due import Birthday
from crm.pushes import Push
from crm.users import User
from jobs.pushing import Item, To
from nlu.company_forms import without_form
from storage.due_deals import birthdays_on
from storage.due_tasks import users_by_id
from storage.engine import Store
from storage.pushes import put_pushes
from talk.message import Offer, Outcome, Parts

KIND = "birthday"
AT = time(8, 30)


async def plan_birthdays(store: Store, now: datetime) -> int:
    """Put a greeting for everybody whose birthday it is where their owner lives. Always 0: nothing is sent here."""
    async with store.writing().begin() as session:
        people = await users_by_id(session)
        near = [(now + timedelta(days=by)).date() for by in (-1, 0, 1)]
        found = await birthdays_on(session, [day for on in near for day in days_of(on)])
        theirs = [(one, people[one.owner_id]) for one in found if one.owner_id in people]
        await put_pushes(session, [push for one, owner in theirs for push in _greeting(one, owner, now)])
    return 0


def _greeting(one: Birthday, owner: User, now: datetime) -> Iterator[Push]:
    zone = ZoneInfo(owner.zone)
    today = now.astimezone(zone).date()
    if one.birthday in days_of(today):
        key = f"{KIND}:{one.contact_id}:{today.year}:{owner.id}"
        yield Push(key, KIND, owner.id, moment(today, AT, zone), one.contact_id, one.customer_id)


def days_of(on: date) -> list[str]:
    """The birthdays (MM-DD) that are kept on a day: those of 29 February on the 28th where there is no 29th."""
    leap = ["02-29"] if (on.month, on.day) == (2, 28) and not isleap(on.year) else []
    return [f"{on:%m-%d}", *leap]


async def birthday_items(to: To, pushes: Sequence[Push]) -> list[Item]:
    """Those still there, whose owner it still is."""
    today = to.now.astimezone(to.reader.zone).date()
    keys = [push.thing_id for push in pushes if push.thing_id is not None]
    found = {one.contact_id: one for one in await birthdays_on(to.session, days_of(today), actor=to.actor, keys=keys)}
    return [_item(push, found[push.thing_id]) for push in pushes if push.thing_id in found]


def _item(push: Push, one: Birthday) -> Item:
    async def card(_to: To) -> Outcome:
        facts = {"parts": Parts((one.name, one.title or None, one.customer)), "name": one.name}
        offers = ((Offer("button_customer", "customer", {"customer": one.customer_id}),),)
        return Outcome("birthday_today", facts, (), one.customer_id, wrote=False, offers=offers)

    def line() -> Parts:
        return Parts((one.name, one.title or None, without_form(one.customer)))

    return Item(push, "head_push_birthday", line, card)
