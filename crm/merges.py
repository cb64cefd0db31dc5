"""Two customers that are one firm: what they tell differently, and what the one that stays lacks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crm.customers import Contact, Customer
from crm.imports import OF_CUSTOMER
from crm.reach import number_key

_LOWEST = "potential"
_OF_PERSON = ("title", "role", "phone", "other_phone", "email", "wechat", "birthday")


def differences(one: Customer, other: Customer) -> list[tuple[str, str, str]]:
    """(field, of the one, of the other) wherever both tell something and not the same."""
    told = [(name, getattr(one, name), getattr(other, name)) for name in OF_CUSTOMER]
    return [(name, first, second) for name, first, second in told if first and second and first != second]


def lacking(stays: Customer, goes: Customer) -> dict[str, Any]:
    """What the one that goes tells and the one that stays does not, where it is too. A tier is lacking where nobody
    raised it.
    """
    found = {name: getattr(goes, name) for name in OF_CUSTOMER if getattr(goes, name) and not getattr(stays, name)}
    place = {"latitude": goes.latitude, "longitude": goes.longitude} if stays.place is None and goes.place else {}
    return found | place | ({"tier": goes.tier} if stays.tier == _LOWEST != goes.tier else {})


def same_person(contact: Contact, known: Iterable[Contact]) -> Contact | None:
    """The contact that is the same person: of that name, and with no other telephone number."""
    for other in known:
        numbers = {number_key(contact.phone), number_key(other.phone)} - {""}
        if contact.name.casefold() == other.name.casefold() and len(numbers) < len(("one", "other")):
            return other
    return None


def lacking_of_person(stays: Contact, goes: Contact) -> dict[str, str]:
    """What is told of a person at one customer only."""
    return {name: getattr(goes, name) for name in _OF_PERSON if getattr(goes, name) and not getattr(stays, name)}
