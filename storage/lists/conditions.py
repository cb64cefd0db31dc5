"""What a list is narrowed by, as conditions on the tables: one entry each, for customers, for deals, or for both.

Days stand here as moments already where a moment is kept (handlers/queries/filters.py). A list of customers takes what
only deals have as: has an open
deal for which all of it holds. A list of deals takes what only customers have of its customer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, cast, not_, or_, select

from crm.filters import Condition
from crm.policy import Actor
from storage.deal_tables import IS_OF_A_PERIOD, deal_facts, deals, stages
from storage.lists.facts import birthday, industry, place, size, source
from storage.stalled import ABOUT_IT, close_has_passed, is_silent, stands_since_before
from storage.tables import contacts, customers, tasks, visits
from storage.visibility import sees_customer

On = Callable[[Sequence[Any]], ColumnElement[bool]]
ROLES = ("decision_maker", "champion", "influencer", "blocker", "user")
OF_CONTACTS = ("email", "wechat", "birthday", "title")  # fields that stand with people
OF_DEALS = ("amount", "close_on")  # fields that stand in deals; the others are customers'


@dataclass(frozen=True)
class Meaning:
    """What a condition means of a customer, of a deal and of a person there; None: nothing of its own."""

    of_customer: On | None = None
    of_deal: On | None = None
    of_contact: On | None = None


def narrowed_customers(where: Iterable[Condition]) -> list[ColumnElement[bool]]:
    """Hold for the customers that all conditions hold for."""
    found: list[ColumnElement[bool]] = []
    of_deals: list[Condition] = []
    for one in where:
        lacks = one.name == "filled" and not set(one.values).isdisjoint(OF_DEALS)  # 没填金额的: has a deal without
        on = None if lacks else _of_customer(one)
        if on is not None:
            found.append(_turned(one, on))
        elif one.is_denied and not lacks:
            found.append(not_(_with_deal([replace(one, is_denied=False)])))
        else:
            of_deals.append(one)
    return [*found, _with_deal(of_deals)] if of_deals else found


def narrowed_deals(where: Iterable[Condition]) -> list[ColumnElement[bool]]:
    """Hold for the deals, beside their customers and stages, that all conditions hold for."""
    return [_turned(one, on) for one in where if (on := _of_deal(one)) is not None]


def narrowed_contacts(where: Iterable[Condition]) -> list[ColumnElement[bool]]:
    """Hold for the contacts, beside their customers, that all conditions hold for."""
    own = [(one, on) for one in where if (on := MEANINGS[one.name].of_contact) is not None and is_of_contact(one)]
    others = [one for one in where if all(one is not told for told, _ in own)]
    return [*(_turned(one, on) for one, on in own), *narrowed_customers(others)]


def of_narrowed_customers(
    column: ColumnElement[Any], actor: Actor, where: Sequence[Condition]
) -> list[ColumnElement[bool]]:
    """Holds where a column is one of the customers that the actor sees and all conditions hold for."""
    if not where:
        return []
    there = (customers.c.withdrawn_at.is_(None), sees_customer(actor))
    return [column.in_(select(customers.c.id).where(*there, *narrowed_customers(where)).correlate(None))]


def tells_outcome(where: Iterable[Condition]) -> bool:
    """Whether conditions say of which outcome the deals are; else they are open ones."""
    return any(one.name in ("outcome", "won", "closed", "stage", "created") and not one.is_denied for one in where)


def is_of_contact(condition: Condition) -> bool:
    """Whether what is filled in or not stands with a person rather than with the customer."""
    return condition.name != "filled" or set(condition.values) <= {*OF_CONTACTS, "phone"}


def _of_customer(condition: Condition) -> On | None:
    """Of what only people have: somebody works there for whom it holds."""
    meaning = MEANINGS[condition.name]
    if meaning.of_customer is None and (on := meaning.of_contact) is not None:
        return lambda values: _with_contact(on(values))
    return meaning.of_customer


def _of_deal(condition: Condition) -> On | None:
    meaning = MEANINGS[condition.name]
    return meaning.of_deal or _of_customer(condition)


def _turned(condition: Condition, on: On) -> ColumnElement[bool]:
    holds = on(condition.values)
    return not_(holds) if condition.is_denied else holds


def _with_deal(where: Sequence[Condition]) -> ColumnElement[bool]:
    """Holds for customers with a deal for which everything does: an open one unless it is told how it ended."""
    home = deals.join(stages, stages.c.id == deals.c.stage_id)
    is_open = [] if tells_outcome(where) else [stages.c.outcome == "open"]
    found = select(deals.c.id).select_from(home).where(_OF_IT, *is_open, *narrowed_deals(where))
    return found.correlate(customers).exists()


_OF_IT = and_(deals.c.customer_id == customers.c.id, deals.c.withdrawn_at.is_(None))


_HELD = (visits.c.customer_id == customers.c.id, visits.c.withdrawn_at.is_(None))


def _silent(values: Sequence[Any]) -> ColumnElement[bool]:
    [since] = values
    met = select(visits.c.id).where(*_HELD, visits.c.held_on >= since.date())
    return and_(customers.c.created_at < since, ~met.correlate(customers).exists())


def _stalled(values: Sequence[Any]) -> ColumnElement[bool]:
    silent, standing, today = values
    is_late = and_(deals.c.close_on.is_not(None), close_has_passed(today))
    return and_(stages.c.outcome == "open", or_(is_silent(silent), stands_since_before(standing), is_late))


def _contacted(about: Sequence[ColumnElement[bool]], home: Any) -> On:
    def holds(values: Sequence[Any]) -> ColumnElement[bool]:
        met = select(visits.c.id).where(*about, *_within(visits.c.held_on, values, is_day=True))
        return met.correlate(home).exists()

    return holds


def _within(column: ColumnElement[Any], values: Sequence[Any], *, is_day: bool) -> list[ColumnElement[bool]]:
    """Between two days, both included, or two moments, the second not."""
    first, last = values
    found = [column >= first] if first is not None else []
    return [*found, column <= last if is_day else column < last] if last is not None else found


def _created(column: ColumnElement[Any], *, is_day: bool = False) -> On:
    return lambda values: and_(column.is_not(None), *_within(column, values, is_day=is_day))


def _made(values: Sequence[Any]) -> ColumnElement[bool]:
    return and_(IS_OF_A_PERIOD, *_within(deals.c.created_at, values, is_day=False))


def _won(values: Sequence[Any]) -> ColumnElement[bool]:
    """One thing, so that its opposite is that no deal was won then."""
    return and_(stages.c.outcome == "won", *_within(deals.c.closed_at, values, is_day=False))


def _amount(values: Sequence[Any]) -> ColumnElement[bool]:
    low, high = values
    holds = [deals.c.currency == (low or high).currency, deals.c.amount_minor.is_not(None)]
    holds += [deals.c.amount_minor >= low.minor] if low is not None else []
    return and_(*holds, *([deals.c.amount_minor <= high.minor] if high is not None else []))


def _competitor(values: Sequence[Any]) -> ColumnElement[bool]:
    """The names stand in a JSON list, written with or without escapes as the engine keeps it."""
    forms = {form for value in values for form in (f'"{value}"', _escaped(str(value)))}
    return or_(*(cast(deals.c.competitors, Text).contains(form, autoescape=True) for form in sorted(forms)))


def _escaped(name: str) -> str:
    return '"' + "".join(char if char.isascii() else f"\\u{ord(char):04x}" for char in name) + '"'


def _customer_has(values: Sequence[Any]) -> ColumnElement[bool]:
    return or_(*(_thing_of_customer(str(value)) for value in values))


def _thing_of_customer(thing: str) -> ColumnElement[bool]:
    if thing == "deal":
        return _with_deal(())
    if thing == "competitor":
        return _with_deal([Condition("has", (thing,))])
    if thing in FACTS:
        told = select(deal_facts.c.id).join(deals, deals.c.id == deal_facts.c.deal_id)
        return told.where(_OF_IT, *_fact(thing)).correlate(customers).exists()
    if thing in ("task", "next_step"):
        return select(tasks.c.id).where(tasks.c.customer_id == customers.c.id, *_OPEN).correlate(customers).exists()
    return _with_contact(contacts.c.role == thing) if thing in ROLES else _with_contact()


FACTS = {"quote": "quote_sent", "contract": "contract_date"}  # what a deal is known to have, by what tells it


def _fact(thing: str) -> tuple[ColumnElement[bool], ...]:
    return (deal_facts.c.key == FACTS[thing], deal_facts.c.withdrawn_at.is_(None))


_OPEN = (tasks.c.state == "open", tasks.c.withdrawn_at.is_(None))


def _with_contact(*holds: ColumnElement[bool]) -> ColumnElement[bool]:
    there = (contacts.c.customer_id == customers.c.id, contacts.c.withdrawn_at.is_(None), contacts.c.left_on.is_(None))
    return select(contacts.c.id).where(*there, *holds).correlate(customers).exists()


def _deal_has(values: Sequence[Any]) -> ColumnElement[bool]:
    return or_(*(_thing_of_deal(str(value)) for value in values))


def _thing_of_deal(thing: str) -> ColumnElement[bool]:
    if thing == "competitor":
        return cast(deals.c.competitors, Text).contains('"')
    if thing in FACTS:
        told = select(deal_facts.c.id).where(deal_facts.c.deal_id == deals.c.id, *_fact(thing))
        return told.correlate(deals).exists()
    if thing in ("task", "next_step"):
        about_it = or_(tasks.c.deal_id == deals.c.id, tasks.c.deal_id.is_(None))
        step = select(tasks.c.id).where(tasks.c.customer_id == deals.c.customer_id, about_it, *_OPEN)
        return step.correlate(deals).exists()
    return _thing_of_customer(thing)


def _filled(values: Sequence[Any]) -> ColumnElement[bool]:
    """All that is asked about stands there, or of what is denied any of it."""
    return or_(*(_field(str(value)) for value in values))


def _field(name: str) -> ColumnElement[bool]:
    if name == "amount":
        return deals.c.amount_minor.is_not(None)
    if name == "close_on":
        return deals.c.close_on.is_not(None)
    if name in OF_CONTACTS:
        return _with_contact(contacts.c[name] != "")
    column: ColumnElement[str] = customers.c[name]
    return or_(column != "", _with_contact(contacts.c.phone != "")) if name == "phone" else column != ""


def _filled_of_contact(values: Sequence[Any]) -> ColumnElement[bool]:
    return or_(*(contacts.c[value] != "" for value in values))


MEANINGS = {
    "size": Meaning(size),
    "birthday": Meaning(of_contact=birthday),
    "role": Meaning(of_contact=contacts.c.role.in_),
    "place": Meaning(place),
    "industry": Meaning(industry),
    "tier": Meaning(customers.c.tier.in_),
    "source": Meaning(source),
    "silent": Meaning(_silent, lambda values: is_silent(values[0])),
    "stalled": Meaning(None, _stalled),
    "contacted": Meaning(_contacted(_HELD, customers), _contacted(ABOUT_IT, deals)),
    "has": Meaning(_customer_has, _deal_has),
    "filled": Meaning(_filled, _filled, _filled_of_contact),
    "created": Meaning(_created(customers.c.created_at), _made),
    "amount": Meaning(None, _amount),
    "closing": Meaning(None, _created(deals.c.close_on, is_day=True)),
    "closed": Meaning(None, _created(deals.c.closed_at)),
    "won": Meaning(None, _won),
    "outcome": Meaning(None, stages.c.outcome.in_),
    "stage": Meaning(None, stages.c.key.in_),
    "competitor": Meaning(None, _competitor),
}
