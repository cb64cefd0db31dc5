"""The live index of known names: what may be named, and every short form of it. Who is meant is decided elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from nlu import short_forms
from nlu.known import KnownContact, KnownCustomer, KnownDeal, KnownStage, KnownTask, KnownUser
from nlu.normalise import normalise
from nlu.phrases import Phrases
from nlu.rule import Key

# How strongly a phrase stands for a name: as settled for all, in full, as recorded, as people shorten.
SETTLED, FULL, RECORDED, GENERATED = 4, 3, 2, 1


class Named(NamedTuple):
    """What a phrase may stand for: a customer, a contact or deal of one, a user (whose `customer` is None)."""

    kind: str
    key: Key
    customer: Key | None
    strength: int
    only_for: Key | None = None  # a short name that one sender's answer taught


@dataclass(frozen=True)
class Place:
    """Where a phrase stands in a text, and what it may stand for, the strongest only."""

    start: int
    end: int
    named: tuple[Named, ...]


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """A name as it is compared: one width, simplified, lower case."""
    return same_length_lower(normalise(text).plain.strip())


def same_length_lower(text: str) -> str:
    """Lower case that keeps every character's place."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


class Names:
    """Known names by key and by phrase. Everything put in is found from the next text on."""

    def __init__(
        self,
        *,
        stages: Iterable[KnownStage] = (),
        competitors: Iterable[str] = (),
        products: Iterable[str] = (),
    ) -> None:
        self.stages: tuple[KnownStage, ...] = tuple(stages)
        self.competitors: tuple[str, ...] = tuple(competitors)
        self.products: tuple[str, ...] = tuple(products)
        self.customers: dict[Key, KnownCustomer] = {}
        self.users: dict[Key, KnownUser] = {}
        self.tasks: dict[Key, KnownTask] = {}
        self._assignee_tasks: dict[Key | None, dict[Key, None]] = {}
        self._customer_tasks: dict[Key | None, dict[Key, None]] = {}
        self._phrases: Phrases[Named] = Phrases()

    def put_customer(self, customer: KnownCustomer) -> None:
        """Know a customer with its contacts and deals, in place of what was known under its key."""
        self.drop_customer(customer.key)
        self.customers[customer.key] = customer
        for phrase, named in _of_customer(customer):
            self._phrases.add(phrase, named)

    def drop_customer(self, key: Key) -> None:
        """Know a customer no more; silent where it was not known."""
        if (customer := self.customers.pop(key, None)) is not None:
            for phrase, named in _of_customer(customer):
                self._phrases.remove(phrase, named)

    def put_user(self, user: KnownUser) -> None:
        """Know a colleague, in place of what was known under the key."""
        self.drop_user(user.key)
        self.users[user.key] = user
        for phrase, named in _of_user(user):
            self._phrases.add(phrase, named)

    def drop_user(self, key: Key) -> None:
        """Know a colleague no more; silent where not known."""
        if (user := self.users.pop(key, None)) is not None:
            for phrase, named in _of_user(user):
                self._phrases.remove(phrase, named)

    def put_task(self, task: KnownTask) -> None:
        """Know an open task, in place of what was known under its key."""
        self.drop_task(task.key)
        self.tasks[task.key] = task
        self._customer_tasks.setdefault(task.customer, {})[task.key] = None
        self._assignee_tasks.setdefault(task.assignee, {})[task.key] = None

    def drop_task(self, key: Key) -> None:
        """Know a task no more; silent where not known."""
        if (task := self.tasks.pop(key, None)) is not None:
            _forget(self._customer_tasks, task.customer, key)
            _forget(self._assignee_tasks, task.assignee, key)

    def tasks_of(self, customer: Key | None) -> tuple[KnownTask, ...]:
        """The open tasks about a customer, or with None those about no customer."""
        return tuple(self.tasks[key] for key in self._customer_tasks.get(customer, ()))

    def tasks_by(self, assignee: Key) -> tuple[KnownTask, ...]:
        """The open tasks of a colleague."""
        return tuple(self.tasks[key] for key in self._assignee_tasks.get(assignee, ()))

    def contact(self, customer: Key, key: Key) -> KnownContact | None:
        """A contact of a customer by key."""
        known = self.customers.get(customer)
        return next((c for c in known.contacts if c.key == key), None) if known else None

    def deal(self, customer: Key, key: Key) -> KnownDeal | None:
        """A deal of a customer by key."""
        known = self.customers.get(customer)
        return next((d for d in known.deals if d.key == key), None) if known else None

    def meant_by(self, text: str) -> tuple[Key, ...]:
        """The customers that words stand for, whatever anybody has been taught."""
        entries = self._phrases.get(fold(text))
        customers = [n for n in entries if n.kind == "customer" and n.only_for is None and n.strength < SETTLED]
        best = max((named.strength for named in customers), default=0)
        return tuple(dict.fromkeys(named.key for named in customers if named.strength == best))

    def places(self, folded: str, sender: Key | None = None) -> list[Place]:
        """Every place in a folded text where a known name stands, overlapping ones too."""
        found = []
        for start, end, entries in self._phrases.scan(folded):
            if named := _strongest(entries, sender):
                found.append(Place(start, end, named))
        return found


def _forget(index: dict[Key | None, dict[Key, None]], under: Key | None, key: Key) -> None:
    del index[under][key]
    if not index[under]:
        del index[under]


def _strongest(entries: Iterable[Named], sender: Key | None) -> tuple[Named, ...]:
    """Of each kind the strongest; what the sender taught outweighs all."""
    open_to = [named for named in entries if named.only_for is None or named.only_for == sender]
    if taught := tuple(named for named in open_to if named.only_for is not None):
        return taught
    best: dict[str, int] = {}
    for named in open_to:
        best[named.kind] = max(best.get(named.kind, 0), named.strength)
    return tuple(named for named in open_to if named.strength == best[named.kind] or named.kind == "contact")


def _of_customer(customer: KnownCustomer) -> Iterator[tuple[str, Named]]:
    name = fold(customer.name)
    yield name, Named("customer", customer.key, customer.key, FULL)
    recorded = {fold(short) for short in customer.short_names} - {name}
    for short in sorted(recorded):
        yield short, Named("customer", customer.key, customer.key, RECORDED)
    shortened = short_forms.of_company(name).union(*map(short_forms.recorded_in_latin, recorded))
    shortened = shortened.union(*(short_forms.with_town(name, short) for short in recorded))
    for short in sorted(shortened - recorded - {name}):
        yield short, Named("customer", customer.key, customer.key, GENERATED)
    for short, user in customer.learnt:
        strength = SETTLED if user is None else RECORDED
        yield fold(short), Named("customer", customer.key, customer.key, strength, user)
    for contact in customer.contacts:
        yield from _of_contact(customer.key, contact)
    for deal in customer.deals:
        yield fold(deal.name), Named("deal", deal.key, customer.key, FULL)


def _of_contact(customer: Key, contact: KnownContact) -> Iterator[tuple[str, Named]]:
    name = fold(contact.name)
    recorded = {fold(short) for short in contact.short_names} | {name}
    for short in sorted(recorded):
        yield short, Named("contact", contact.key, customer, FULL if short == name else RECORDED)
    for short in sorted(short_forms.of_person(name, fold(contact.title)) - recorded):
        yield short, Named("contact", contact.key, customer, GENERATED)


def _of_user(user: KnownUser) -> Iterator[tuple[str, Named]]:
    name = fold(user.name)
    recorded = {fold(short) for short in user.short_names} | {name}
    for short in sorted(recorded):
        yield short, Named("user", user.key, None, FULL if short == name else RECORDED)
    for short in sorted(short_forms.of_colleague(name) - recorded):
        yield short, Named("user", user.key, None, GENERATED)
