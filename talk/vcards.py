"""People as vCards 3.0: what every telephone and mail programme takes as a contact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import vobject

from crm.contact_cards import UNTOLD_YEAR

VCARD = "text/vcard"


@dataclass(frozen=True)
class Person:
    """Somebody at a firm; what is not known is "". `birthday` is YYYY-MM-DD or MM-DD."""

    name: str
    firm: str = ""
    title: str = ""
    phone: str = ""
    other_phone: str = ""
    email: str = ""
    wechat: str = ""
    birthday: str = ""


def to_vcf(people: Iterable[Person]) -> bytes:
    """One card a person, one after the other."""
    return "".join(_card(person) for person in people).encode()


def _card(person: Person) -> str:
    import vobject  # noqa: PLC0415 - loaded when the first card is written

    card = vobject.vCard()
    card.add("fn").value = person.name
    card.add("n").value = _name(person.name)
    for key, value in (("title", person.title), ("x-wechat", person.wechat)):
        if value:
            card.add(key).value = value
    if person.firm:
        card.add("org").value = [person.firm]
    numbers = (("tel", person.phone, "WORK"), ("tel", person.other_phone, "VOICE"))
    for key, value, kind in (*numbers, ("email", person.email, "INTERNET")):
        if value:
            line = card.add(key)
            line.value, line.type_param = value, kind
    if person.birthday:
        _add_birthday(card, person.birthday)
    return str(card.serialize())


def _add_birthday(card: vobject.base.Component, birthday: str) -> None:
    """A day without a year is none in version 3.0: telephones write one that is not told, and say so."""
    line, is_whole = card.add("bday"), len(birthday) == len("2026-11-20")
    line.value = birthday if is_whole else f"{UNTOLD_YEAR}-{birthday}"
    if not is_whole:
        line.x_apple_omit_year_param = UNTOLD_YEAR


def _name(name: str) -> vobject.vcard.Name:
    """Family and given name: Latin letters apart by spaces, else the whole as it is said."""
    import vobject  # noqa: PLC0415 - as above

    if name.isascii() and " " in name:
        given, _, family = name.rpartition(" ")
        return vobject.vcard.Name(family=family, given=given)
    return vobject.vcard.Name(family=name)
