"""What known names are looked up by: a few phrases each. The longer forms are compared where one of these stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from crm import pinyin
from nlu import short_forms
from nlu.company_forms import SHORTEST, Shape, may_be_special, special_forms, taken_apart
from nlu.index import PREFIX, value_of
from nlu.known import KnownCustomer, KnownUser
from nlu.lexicon import word_set
from nlu.normalise import is_plain, normalise

# Kinds of phrases; from CONTACT on one that many share tells nothing by itself.
STEM, CALLED, LEARNT, SPECIAL, NEAR, USER, CONTACT, GIVEN, DEAL, DEAL_PART = range(10)
WEAK = CONTACT
_BLANK_AT_EDGE = re.compile(r"^\s|\s$|\d[ \t]|[ \t]\d", re.MULTILINE)
_WORD = re.compile(r"[a-z0-9]+")
_HAN = re.compile("[一-鿿]")
_LATIN_NAME = re.compile(r"[a-z][a-z0-9]*(?:[-&/][a-z0-9]+)*")


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """A name as it is compared: one width, simplified, lower case."""
    return same_length_lower(normalise(text).plain.strip())


def fold_all(texts: list[str]) -> list[str]:
    """Many names as they are compared; far cheaper than one by one."""
    joined = "\n".join(texts)
    if is_plain(joined):
        lower = same_length_lower(joined)
        folded = lower.split()  # without blanks, as most are, nothing can stand at an edge
        if len(folded) != len(texts) and not _BLANK_AT_EDGE.search(joined):
            folded = lower.split("\n")
        if len(folded) == len(texts):
            return folded
    return [fold(text) for text in texts]


def same_length_lower(text: str) -> str:
    """Lower case that keeps every character's place."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def key_of(phrase: str) -> str:
    """A folded phrase as it is looked up: Latin words run together, all else as it is."""
    return "".join(_WORD.findall(phrase))[:PREFIX] if phrase.isascii() else phrase[:PREFIX]


class Parts(NamedTuple):
    """The folded names of customers: the full ones taken apart, and in columns all others, each beside the place of its
    customer among them.
    """

    shapes: list[Shape]
    called: list[str]
    called_of: list[int]
    learnt: list[str]
    learnt_of: list[int]
    people: list[str]
    people_of: list[int]
    deals: list[str]
    deals_of: list[int]


def parts_of(customers: Sequence[KnownCustomer]) -> Parts:
    """The parts of customers; of many at once it is far cheaper than of one by one."""
    called: list[str] = []
    called_of: list[int] = []
    people: list[str] = []
    people_of: list[int] = []
    for place, customer in enumerate(customers):
        for short in customer.short_names:
            called.append(short)
            called_of.append(place)
        for contact in customer.contacts:
            people.append(contact.name)
            people_of.append(place)
            for short in contact.short_names:
                people.append(short)
                people_of.append(place)
    deals = [deal.name for customer in customers for deal in customer.deals]
    deals_of = [place for place, customer in enumerate(customers) for _ in customer.deals]
    learnt = [(short, place) for place, customer in enumerate(customers) for short, _ in customer.learnt]
    return Parts(
        list(map(taken_apart, fold_all([customer.name for customer in customers]))),
        *(fold_all(called), called_of),
        *(fold_all([short for short, _ in learnt]), [place for _, place in learnt]),
        *(fold_all(people), people_of),
        *(fold_all(deals), deals_of),
    )


class Phrases(NamedTuple):
    """Phrases with what each stands for (`index.value_of`), and surnames with the numbers of the customers."""

    keys: list[str]
    values: list[int]
    surnames: list[tuple[str, int]]


def phrases_of(parts: Parts, numbers: Sequence[int], *, given_until: int) -> Phrases:
    """The phrases of customers, their people (with given names up to a customer's number) and deals: all but those for
    slips of the pen.
    """
    found = Phrases([], [], [])
    _add(found, [shape[2][: shape[3][0]] for shape in parts.shapes], numbers, STEM)
    for names, places, kind in (
        (parts.called, parts.called_of, CALLED),
        (parts.learnt, parts.learnt_of, LEARNT),
        (parts.people, parts.people_of, CONTACT),
        (parts.deals, parts.deals_of, DEAL),
    ):
        _add(found, names, [numbers[place] for place in places], kind)
    for shape, number in zip(parts.shapes, numbers, strict=True):
        if may_be_special(shape):
            special = list(special_forms(shape))
            _add(found, special, [number] * len(special), SPECIAL)
    keys, values, surnames = found
    for name, place in zip(parts.deals, parts.deals_of, strict=True):
        told = openings(name)
        _add(found, told, [numbers[place]] * len(told), DEAL_PART)
    for name, place in zip(parts.people, parts.people_of, strict=True):
        if surname := last_name(name):
            surnames.append((surname, number := numbers[place]))
            if number < given_until and (said := _given(name, surname)):
                keys.append(said)
                values.append(value_of(GIVEN, number))
    if min(map(len, keys), default=SHORTEST) < SHORTEST:
        left = [(key, value) for key, value in zip(keys, values, strict=True) if len(key) >= SHORTEST]
        return Phrases([key for key, _ in left], [value for _, value in left], surnames)
    return found


def _add(found: Phrases, names: Sequence[str], numbers: Sequence[int], kind: int) -> None:
    value = value_of(kind, 0)
    found.keys.extend([key_of(name) if name.isascii() else name[:PREFIX] for name in names])
    found.values.extend([value | number for number in numbers])


@lru_cache(maxsize=8192)
def openings(deal: str) -> tuple[str, ...]:
    """What a deal may be called for short: the two Chinese characters that its name begins with, a Latin name in it or
    the first word of one.
    """
    latin = _LATIN_NAME.findall(deal)
    said = {*map(key_of, latin), *(word[:PREFIX] for name in latin if len(word := _WORD.findall(name)[0]) > 2)}
    said |= {deal[:2]} if _HAN.match(deal) else set()
    return tuple(sorted(part for part in said - word_set("common_deal_part") if len(part) > 1))


def near_keys(name: str) -> tuple[str, ...]:
    """What a name of three characters or more (Latin: five) shares with whatever is one slip of the pen away."""
    size = 3 if name.isascii() else 2
    if len(name) < size + 1 + name.isascii():
        return ()
    return f"<{name[:size]}", f">{name[-size:]}", f"~{name[0]}{name[-1]}"


def _given(name: str, surname: str) -> str:
    """The name that a person is called by among friends: 建明, Lena; "" where there is none."""
    if name.isascii():
        return name.split(maxsplit=1)[0][:PREFIX] if " " in name else ""
    return name[-2:] if len(name) - len(surname) == 2 else ""


def last_name(name: str) -> str:
    """The family name of a folded name, "" where there is none."""
    return name.rsplit(maxsplit=1)[-1] if name.isascii() and name else short_forms.surname_of(name)


def recorded_in_latin(short: str) -> list[str]:
    """A recorded short name in Latin letters, run together."""
    joined = pinyin.joined(short) if 2 <= len(short) <= 4 else ""
    return [joined] if len(joined) >= 5 else []


def of_user(user: KnownUser) -> list[str]:
    """The phrases of a colleague."""
    return [key for form in forms_of_user(user) if len(key := key_of(form)) > 1]


def forms_of_user(user: KnownUser) -> dict[str, int]:
    """All that a colleague is called, with how strongly: 3 in full, 2 as recorded, 1 as people shorten."""
    name = fold(user.name)
    forms = dict.fromkeys(short_forms.of_colleague(name), 1)
    return forms | dict.fromkeys(map(fold, user.short_names), 2) | {name: 3}
