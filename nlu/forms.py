"""All that one known customer, its people and its deals go by, and where in a text that stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    def people(self) -> dict[str, list[Named]]:
        """What its people are called in Chinese, and in full."""
        found: dict[str, list[Named]] = {}
        for contact in self.customer.contacts:
            name = fold(contact.name)
            forms = dict.fromkeys(short_forms.person_in_chinese(name, fold(contact.title)), GENERATED)
            forms |= dict.fromkeys(map(fold, contact.short_names), RECORDED) | {name: FULL}
            for form, strength in forms.items():
                found.setdefault(form, []).append(Named("contact", contact.key, self.key, strength))
        return found

    @cached_property
    def people_in_latin(self) -> dict[str, list[Named]]:
        """What its people are called in Latin letters."""
        found: dict[str, list[Named]] = {}
        for contact in self.customer.contacts:
            for form in short_forms.person_in_latin(fold(contact.name)):
                found.setdefault(form, []).append(Named("contact", contact.key, self.key, GENERATED))
        return found

    @cached_property
    def deals(self) -> dict[str, list[Named]]:
        """What its deals are called."""
        found: dict[str, list[Named]] = {}
        for deal in self.customer.deals:
            found.setdefault(fold(deal.name), []).append(Named("deal", deal.key, self.key, FULL))
        return found

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


def standing(forms: Mapping[str, list[Named]], text: str) -> Iterator[Spot]:
    """Every place of a text where one of the forms stands."""
    for form, named in forms.items():
        start = text.find(form) if len(form) > 1 else -1
        while start >= 0:
            end = start + len(form)
            if at_edges(text, start, end):
                for one in named:
                    yield start, end, one
            start = text.find(form, end)


def standing_at(forms: Mapping[str, list[Named]], text: str, start: int) -> Iterator[Spot]:
    """The forms that stand at one place of a text."""
    for form, named in forms.items():
        if len(form) > 1 and text.startswith(form, start) and at_edges(text, start, start + len(form)):
            for one in named:
                yield start, start + len(form), one
