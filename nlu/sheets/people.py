"""The people that a row tells of: often one, sometimes several in a cell, with their numbers beside them or below."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crm.imports import BETWEEN
from crm.reach import is_email
from nlu.sheets import values

_APART = re.compile(r"[/、;|\n，,]")
_APART_LATIN = re.compile(r"[/;|\n]")  # Smith, John is one
_PERSON = re.compile(
    r"(?P<name>[^\d()+@]{1,40}?)[ :]*(?:\((?P<title>[^()\d]{1,30})\))?[ :]*(?P<phone>\+?\d[\d -]{5,18}\d)?"
)
_EMAILS = re.compile(r"[;,、/\s]+")
MOST = 6
Person = tuple[str, str, str]  # name, title, number


def settle_people(told: dict[str, str], said: dict[str, str]) -> None:
    """Give each person of a row what is theirs; a number beside no person is the firm's.

    Those behind the first stand in "others", a line each (crm.imports.people_of).
    """
    _join_names(told)
    numbers, addresses = values.numbers(said.get("contact_phone", "")), _addresses(told)
    people = _people(said.get("contact", "")) if "contact" in told else []
    if len(people) < 2:
        _settle_one(told, values.mobile_first(numbers), people)
        _add_second(told)
        return
    titles = [values.text(part) for part in _APART.split(said.get("title", ""))]
    titles = titles if len(titles) == len(people) else titles[:1]
    rows = [
        (name, _at(titles, place) or title, phone or _at(numbers, place), _at(addresses, place))
        for place, (name, title, phone) in enumerate(people)
    ]
    told["contact"] = rows[0][0]
    for field, value in zip(("title", "contact_phone", "email"), rows[0][1:], strict=True):
        _put(told, field, value)
    told["others"] = "\n".join(BETWEEN.join(row) for row in rows[1:])
    _add_second(told)


def _add_second(told: dict[str, str]) -> None:
    """The person in columns of their own behind the first. A number alone is the first one's other."""
    name, title, phone = (told.pop(field, "") for field in ("contact_2", "title_2", "phone_2"))
    if name:
        line = BETWEEN.join((name, title, phone, ""))
        told["others"] = "\n".join(filter(None, (told.get("others"), line)))
    elif phone and "contact" in told:
        told.setdefault("other_phone", phone)


def _at(some: Sequence[str], place: int) -> str:
    return some[place] if place < len(some) else ""


def _put(told: dict[str, str], field: str, value: str) -> None:
    if value:
        told[field] = value
    else:
        told.pop(field, None)


def _settle_one(told: dict[str, str], numbers: Sequence[str], people: Sequence[Person]) -> None:
    for name, title, phone in people:  # 周敏(采购经理) 13812345678
        told["contact"] = name
        if title:
            told.setdefault("title", title)
        if phone:
            told.setdefault("contact_phone", phone)
    if "contact" in told and len(numbers) > 1:
        told.setdefault("other_phone", numbers[1])
    if "contact" not in told and "contact_phone" in told:
        told.setdefault("phone", told.pop("contact_phone"))


def _join_names(told: dict[str, str]) -> None:
    """First and last name in columns of their own; Chinese ones the other way round."""
    first, last = told.pop("first_name", ""), told.pop("last_name", "")
    if "contact" not in told and (first or last):
        told["contact"] = f"{first} {last}".strip() if (first + last).isascii() else last + first


def _people(cell: str) -> list[Person]:
    """Each of the people of a cell; none where a part of it is something else. A number alone is of whoever is before
    it.
    """
    apart = _APART_LATIN if cell.isascii() else _APART
    found: list[Person] = []
    for part in [text for raw in apart.split(cell) if (text := values.text(raw))][:MOST]:
        said = _PERSON.fullmatch(part)
        if said and (name := said["name"].strip()):
            found.append((name, said["title"] or "", values.phone(said["phone"] or "") or ""))
        elif found and (number := values.phone(part)):
            found[-1] = (*found[-1][:2], found[-1][2] or number)
        else:
            return []
    return found


def _addresses(told: dict[str, str]) -> list[str]:
    """The addresses of a cell; the first is the one that is kept of one person."""
    found = [part for part in _EMAILS.split(told.get("email", "")) if is_email(part)]
    if len(found) > 1:
        told["email"] = found[0]
    return found
