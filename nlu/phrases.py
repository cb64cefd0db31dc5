"""What known names are looked up by: a few phrases each. The longer forms are compared where one of these stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from nlu import pinyin, short_forms
from nlu.company_forms import Shape, may_be_special, special_forms, taken_apart
from nlu.index import PREFIX, value_of
from nlu.known import KnownCustomer, KnownUser
from nlu.lexicon import word_set
from nlu.normalise import is_plain, normalise

# Kinds of phrases; from CONTACT on one that many share tells nothing by itself.
STEM, CALLED, LEARNT, SPECIAL, NEAR, USER, CONTACT, GIVEN, DEAL, DEAL_PART = range(10)
WEAK = CONTACT
STEM_VALUE, CALLED_VALUE, LEARNT_VALUE, SPECIAL_VALUE = (value_of(kind, 0) for kind in (STEM, CALLED, LEARNT, SPECIAL))
CONTACT_VALUE, GIVEN_VALUE, DEAL_VALUE, PART_VALUE = (value_of(kind, 0) for kind in (CONTACT, GIVEN, DEAL, DEAL_PART))
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
    if is_plain(joined) and not _BLANK_AT_EDGE.search(joined):
        folded = same_length_lower(joined).split("\n")
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
    """A customer's names: the full one taken apart, the others folded; and how many are short, learnt, people's."""

    shape: Shape
    others: list[str]
    called: int
    learnt: int
    people: int


def parts_of(customers: list[KnownCustomer]) -> list[Parts]:
    """The folded names of customers; of many at once it is far cheaper than of one by one."""
    texts: list[str] = []
    sizes = []
    for customer in customers:
        before = len(texts)
        short, learnt = customer.short_names, customer.learnt
        texts.append(customer.name)
        texts += short
        if learnt:
            texts += [name for name, _ in learnt]
        people = len(texts)
        for contact in customer.contacts:
            texts.append(contact.name)
            if contact.short_names:
                texts += contact.short_names
        ends = len(texts)
        texts += [deal.name for deal in customer.deals]
        sizes.append((before, len(short), len(learnt), ends - people, len(texts)))
    folded = fold_all(texts)
    return [
        Parts(taken_apart(folded[start]), folded[start + 1 : end], called, learnt, people)
        for start, called, learnt, people, end in sizes
    ]


class Phrases(NamedTuple):
    """Phrases with what each stands for (`index.value_of`), and surnames with the numbers of the customers."""

    keys: list[str]
    values: list[int]
    surnames: list[tuple[str, int]]


def phrases_of(parts: Iterable[Parts], numbers: Iterable[int], *, given_until: int) -> Phrases:
    """The phrases of customers, their people (with given names up to a customer's number) and deals: all but those for
    slips of the pen.
    """
    found = Phrases([], [], [])
    keys, values, _ = found
    for one, number in zip(parts, numbers, strict=True):
        shape, others, called, learnt, people = one
        learnt += called
        people += learnt
        keys.append(key_of(shape.stem))
        values.append(STEM_VALUE | number)
        for place, name in enumerate(others):
            if learnt <= place < people:
                _add_person(found, name, number, given=number < given_until)
            elif place >= people:
                _add_deal(found, name, number)
            else:
                keys.append(key_of(name))
                values.append((CALLED_VALUE if place < called else LEARNT_VALUE) | number)
        if may_be_special(shape):
            special = [form[:PREFIX] for form in special_forms(shape)]
            keys += special
            values += [SPECIAL_VALUE | number] * len(special)
    if min(map(len, keys), default=2) < 2:
        told = [(key, value) for key, value in zip(keys, values, strict=True) if len(key) > 1]
        keys[:], values[:] = [key for key, _ in told], [value for _, value in told]
    return found


def _add_person(found: Phrases, name: str, number: int, *, given: bool) -> None:
    found.keys.append(key_of(name))
    found.values.append(CONTACT_VALUE | number)
    if surname := last_name(name):
        found.surnames.append((surname, number))
        if given and (said := _given(name, surname)):
            found.keys.append(said)
            found.values.append(GIVEN_VALUE | number)


def _add_deal(found: Phrases, name: str, number: int) -> None:
    parts = openings(name)
    found.keys.extend((key_of(name), *parts))
    found.values.extend((DEAL_VALUE | number, *(PART_VALUE | number for _ in parts)))


def openings(deal: str) -> list[str]:
    """What a deal may be called for short: the two Chinese characters that its name begins with, a Latin name in it or
    the first word of one.
    """
    latin = _LATIN_NAME.findall(deal)
    said = {*map(key_of, latin), *(word[:PREFIX] for name in latin if len(word := _WORD.findall(name)[0]) > 2)}
    said |= {deal[:2]} if _HAN.match(deal) else set()
    return sorted(part for part in said - word_set("common_deal_part") if len(part) > 1)


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
