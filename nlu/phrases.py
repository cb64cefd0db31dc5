"""What known names are looked up by: a few phrases each. The longer forms are compared where one of these stands."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from nlu import pinyin, short_forms
from nlu.company_forms import Shape, special_forms, taken_apart
from nlu.index import PREFIX
from nlu.known import KnownCustomer, KnownUser
from nlu.normalise import is_plain, normalise

# Kinds of phrases; from CONTACT on one that many share tells nothing by itself.
STEM, CALLED, LEARNT, SPECIAL, NEAR, USER, CONTACT, GIVEN, DEAL = range(9)
WEAK = CONTACT
_BLANK_AT_EDGE = re.compile(r"^\s|\s$|\d[ \t]|[ \t]\d", re.MULTILINE)
_WORD = re.compile(r"[a-z0-9]+")

Phrase = tuple[str, int]


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
        texts.append(customer.name)
        texts += customer.short_names
        if customer.learnt:
            texts += [short for short, _ in customer.learnt]
        people = len(texts)
        for contact in customer.contacts:
            texts.append(contact.name)
            texts += contact.short_names
        people = len(texts) - people
        texts += [deal.name for deal in customer.deals]
        sizes.append((len(texts) - before, len(customer.short_names), len(customer.learnt), people))
    folded, start, found = fold_all(texts), 0, []
    for size, called, learnt, people in sizes:
        found.append(Parts(taken_apart(folded[start]), folded[start + 1 : start + size], called, learnt, people))
        start += size
    return found


def phrases_of(parts: Parts, *, given: bool) -> tuple[list[Phrase], set[str]]:
    """The phrases of a customer, its people (with their `given` names or without) and deals; and the surnames."""
    shape, others, called, learnt, people = parts
    stem, rest = shape.stem, shape.rest
    learnt += called
    people += learnt
    found = [(key_of(stem), STEM)]
    found += [(key_of(name), CALLED) for name in others[:called]]
    found += [(key_of(name), LEARNT) for name in others[called:learnt]]
    if not rest.isascii():
        found += [(form[:PREFIX], SPECIAL) for form in special_forms(shape)]
    for name in {stem, *others[:called]}:
        found += [(key, NEAR) for key in near_keys(name)] if len(name) > 2 else ()
    if len(rest) > max(3, len(stem)):
        found.append((f"~{rest[0]}{rest[-1]}", NEAR))
    surnames = set()
    for name in others[learnt:people]:
        found.append((key_of(name), CONTACT))
        if surname := last_name(name):
            surnames.add(surname)
            if given:
                found.append((_given(name, surname), GIVEN))
    found += [(key_of(name), DEAL) for name in others[people:]]
    return [phrase for phrase in found if len(phrase[0]) > 1], surnames


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


def of_user(user: KnownUser) -> list[Phrase]:
    """The phrases of a colleague."""
    return [(key_of(form), USER) for form in forms_of_user(user) if len(key_of(form)) > 1]


def forms_of_user(user: KnownUser) -> dict[str, int]:
    """All that a colleague is called, with how strongly: 3 in full, 2 as recorded, 1 as people shorten."""
    name = fold(user.name)
    forms = dict.fromkeys(short_forms.of_colleague(name), 1)
    return forms | dict.fromkeys(map(fold, user.short_names), 2) | {name: 3}
