"""All that one known customer, its people and its deals go by, and where in a text that stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from nlu import short_forms
from nlu.company_forms import Shape, at_edges, latin_forms, special_forms
from nlu.known import KnownCustomer
from nlu.phrases import fold, recorded_in_latin
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


Spot = tuple[int, int, Named]  # [start, end) of a text, and what may be named there


class Person(NamedTuple):
    """Somebody at a customer: the folded name, its surname, the title and short names as recorded."""

    key: Key
    name: str
    surname: str
    title: str
    short_names: tuple[str, ...]

    def spots(self, text: str, titled: Mapping[str, Iterable[int]]) -> Iterator[tuple[int, int, int]]:
        """(start, end, strength) of where a text names the person."""
        for start, end in places_of(self.name, text):
            yield start, end, FULL
        for short in self.short_names:
            for start, end in places_of(fold(short), text):
                yield start, end, RECORDED
        surname = self.surname
        if surname and len(self.name) - len(surname) == 2:
            for start, end in places_of(self.name[-2:], text):
                yield start, end, GENERATED
        for start in titled.get(surname, ()) if surname else ():
            behind = start + len(surname)
            if start and text[start - 1] in "老小阿" and short_forms.is_nickname(text, start - 1):
                yield start - 1, behind, GENERATED
            for ending in short_forms.endings_of(self.title):
                if text.startswith(ending, behind):
                    yield start, behind + len(ending), GENERATED


class Forms:
    """The forms of one customer, each kind made when first asked for."""

    def __init__(self, customer: KnownCustomer, shape: Shape) -> None:
        self.customer = customer
        self.key = customer.key
        self.shape = shape

    @cached_property
    def called(self) -> list[tuple[str, Named]]:
        """Recorded and learnt short names, folded."""
        key = self.key
        recorded = [(fold(short), Named("customer", key, key, RECORDED)) for short in self.customer.short_names]
        for short, user in self.customer.learnt:
            recorded.append((fold(short), Named("customer", key, key, SETTLED if user is None else RECORDED, user)))
        return recorded

    @cached_property
    def people(self) -> list[Person]:
        """Its people."""
        return [
            Person(
                contact.key,
                name := fold(contact.name),
                short_forms.surname_of(name),
                contact.title,
                contact.short_names,
            )
            for contact in self.customer.contacts
        ]

    def people_in(self, text: str, titled: Mapping[str, Iterable[int]]) -> Iterator[Spot]:
        """Where its people are named in Chinese or in full; `titled` tells where each surname stands before a title."""
        for person in self.people:
            for start, end, strength in person.spots(text, titled):
                yield start, end, Named("contact", person.key, self.key, strength)

    def people_in_latin(self, text: str) -> Iterator[Spot]:
        """Where its people are named in Latin letters."""
        for person in self.people:
            if not short_forms.may_be_in_latin(person.name, person.surname, text):
                continue
            for form in short_forms.person_in_latin(person.name):
                for start, end in places_of(form, text):
                    yield start, end, Named("contact", person.key, self.key, GENERATED)

    def deals_in(self, text: str) -> Iterator[Spot]:
        """Where its deals are named in full."""
        for deal in self.customer.deals:
            for start, end in places_of(fold(deal.name), text):
                yield start, end, Named("deal", deal.key, self.key, FULL)

    def by_short_name(self, text: str, start: int) -> Iterator[Spot]:
        """A recorded short name, alone and told apart by the place that the full name begins with: 深圳华星."""
        town = self.shape.short_town
        for short, named in self.called:
            end = start + len(short)
            if text.startswith(short, start) and at_edges(text, start, end):
                yield start, end, named
                if town and named.only_for is None and not short.startswith(town) and text.endswith(town, 0, start):
                    yield start - len(town), end, named._replace(strength=GENERATED)

    def by_special_form(self, text: str, start: int) -> Iterator[Spot]:
        """A short form that does not hold the stem."""
        for form in special_forms(self.shape):
            if text.startswith(form, start):
                yield start, start + len(form), Named("customer", self.key, self.key, GENERATED)

    def in_latin(self, joined: str) -> bool:
        """Whether Latin words run together are a form in Latin letters."""
        recorded = (latin for short, _ in self.called for latin in recorded_in_latin(short))
        return joined in latin_forms(self.shape) or joined in recorded


def places_of(form: str, text: str) -> Iterator[tuple[int, int]]:
    """Every place of a text where a form of two characters or more stands."""
    start = text.find(form) if len(form) > 1 else -1
    while start >= 0:
        end = start + len(form)
        if at_edges(text, start, end):
            yield start, end
        start = text.find(form, end)
