"""A person whose data is asked for: what tells of them in texts, and what stands in their place once it is erased."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.customers import Contact
from storage.people_tables import users
from storage.tables import changes, contacts, customers

PERSONAL = ("name", "title", "role", "phone", "other_phone", "email", "wechat", "birthday")
_OF_ONE = ("phone", "other_phone", "email", "wechat")  # what belongs to one person where nobody else has it
_NUMBER = re.compile(r"[\d\s()+./-]+")
_TO_WIDE = str.maketrans({str(digit): chr(0xFF10 + digit) for digit in range(10)})
_EITHER = str.maketrans({str(digit): f"[{digit}{chr(0xFF10 + digit)}]" for digit in range(10)})
MOST_KEPT = 1_000  # longer names of others that are looked at
SHORTEST = 4  # characters of a value that is looked for in texts


@dataclass(frozen=True)
class Person:
    """A contact, and what tells of them: the `name`, their own `values`, and `forms` (王总, Mr. Weber), looked for only
    in what is about their customer. `is_only` tells that nobody else goes by the name; of namesakes the name
    counts only there, too. `former` are names that were theirs alone before. `kept` are longer names of others that
    hold theirs (王建 in 王建国): they stay whole.
    """

    contact: Contact
    customer: str
    name: str
    values: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    is_only: bool = True
    former: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()

    @property
    def pseudonym(self) -> str:
        """What stands for them from now on."""
        return f"联系人#{self.contact.id}"

    @cached_property
    def everywhere(self) -> re.Pattern[str] | None:
        """What tells of them wherever it stands."""
        return _pattern(self._names(nearby=False), self.values, self.kept)

    @cached_property
    def nearby(self) -> re.Pattern[str] | None:
        """What tells of them in what is about their customer."""
        return _pattern(self._names(nearby=True), self.values, self.kept)

    def _names(self, *, nearby: bool) -> list[str]:
        if nearby:
            return [self.name, *self.former, *self.forms]
        return [*([self.name] if self.is_only else []), *self.former]

    def hints(self, *, nearby: bool) -> list[str]:
        """Parts of texts one of which stands in whatever tells of them, as the database keeps text and JSON."""
        parts = [*self._names(nearby=nearby), *(hint for value in self.values for hint in _hints(value))]
        return list(dict.fromkeys(written for part in parts for written in (part, json.dumps(part)[1:-1])))

    def tells(self, value: Any, *, nearby: bool) -> bool:
        """Whether a value as the database keeps it tells of them."""
        pattern = self.nearby if nearby else self.everywhere
        told = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        return pattern is not None and any(not found["kept"] for found in pattern.finditer(told))

    def without(self, value: Any, *, nearby: bool) -> Any:
        """The same value with the pseudonym for whatever tells of them."""
        pattern = self.nearby if nearby else self.everywhere
        return _replaced(value, pattern, self.pseudonym) if pattern else value


def _replaced(value: Any, pattern: re.Pattern[str], instead: str) -> Any:
    if isinstance(value, str):
        return pattern.sub(lambda found: found["kept"] or instead, value)
    if isinstance(value, Mapping):
        return {key: _replaced(part, pattern, instead) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_replaced(part, pattern, instead) for part in value]
    return value


def _pattern(words: Sequence[str], values: Sequence[str], kept: Sequence[str]) -> re.Pattern[str] | None:
    """Longest first, so that none is left in part; what is `kept` before all else."""
    parts = [*sorted(map(_word, words), key=len, reverse=True), *map(_value, values)]
    if not parts:
        return None
    others = "|".join(map(re.escape, sorted(kept, key=len, reverse=True))) or "(?!)"
    return re.compile(f"(?P<kept>{others})|{'|'.join(parts)}", re.IGNORECASE)


def _word(word: str) -> str:
    """A name; one in Latin letters only where no letter goes on."""
    told = r"\s{1,3}".join(map(re.escape, word.split()))
    return rf"(?<![A-Za-z]){told}(?![A-Za-z])" if word.isascii() else told


def _value(value: str) -> str:
    """A number however it is parted, other values as they are."""
    digits = re.sub(r"\D", "", value)
    if not _NUMBER.fullmatch(value) or len(digits) < SHORTEST:
        return re.escape(value)
    own = digits[2:] if digits.startswith("86") and len(digits) == 13 else digits
    parted = r"[\s().-]{0,2}".join(digit.translate(_EITHER) for digit in own)
    return rf"(?:\+?86[\s.-]?)?(?<!\d){parted}(?!\d)" if own == digits else rf"(?:\+?86[\s.-]?)?{parted}(?!\d)"


def _hints(value: str) -> list[str]:
    """Parts one of which stands in a text that holds a value: of a number its last four digits."""
    if not _NUMBER.fullmatch(value):
        return [value]
    last = re.sub(r"\D", "", value)[-4:]
    return [last, last.translate(_TO_WIDE)]


async def person_of(session: AsyncSession, contact: Contact, forms: Sequence[str]) -> Person:
    """The person that a contact is; `forms` are what people call them by, and nobody else at their customer."""
    home = await session.scalar(select(customers.c.name).where(customers.c.id == contact.customer_id))
    known = await _known_of(session, contact)
    own = dict.fromkeys(value for name in _OF_ONE for value in known[name] if len(value) >= SHORTEST)
    values = [value for value in own if not await _is_shared(session, contact, value)]
    former = [name for name in known["name"] if name != contact.name and not await _is_namesake(session, contact, name)]
    is_only = not await _is_namesake(session, contact, contact.name)
    kept = await _longer_names(session, (contact.name, *former))
    return Person(contact, str(home), contact.name, tuple(values), tuple(forms), is_only, tuple(former), kept)


async def _longer_names(session: AsyncSession, names: Sequence[str]) -> tuple[str, ...]:
    """The names of others, colleagues and firms that hold one of a person's names within."""
    found: set[str] = set()
    for column in (contacts.c.name, users.c.name, customers.c.name):
        for name in names:
            holds = (column.icontains(name, autoescape=True), func.lower(column) != name.lower())
            found.update(await session.scalars(select(column).where(*holds).distinct().limit(MOST_KEPT)))
    return tuple(sorted(found))


async def _is_shared(session: AsyncSession, contact: Contact, value: str) -> bool:
    """Whether a value is somebody else's as well: a firm's own number is no person's."""
    columns = (contacts.c.phone, contacts.c.email, contacts.c.wechat)
    mates = select(func.count(contacts.c.id)).where(or_(*(c == value for c in columns)), contacts.c.id != contact.id)
    firms = select(func.count(customers.c.id)).where(customers.c.phone == value)
    return bool(await session.scalar(mates) or await session.scalar(firms))


async def _known_of(session: AsyncSession, contact: Contact) -> dict[str, list[str]]:
    """What a contact's fields hold, and what the log says that they held."""
    fields = ("name", *_OF_ONE)
    found = {name: [str(getattr(contact, name))] for name in fields}
    own = (changes.c.thing == "contact", changes.c.thing_id == contact.id, changes.c.field.in_(fields))
    for name, *held in await session.execute(select(changes.c.field, changes.c.before, changes.c.after).where(*own)):
        found[name] += [value for value in held if isinstance(value, str) and value]
    return found


async def _is_namesake(session: AsyncSession, contact: Contact, name: str) -> bool:
    """Whether another contact or a colleague goes by a name of theirs."""
    same = select(func.count(contacts.c.id)).where(contacts.c.name == name, contacts.c.id != contact.id)
    mates = select(func.count(users.c.id)).where(users.c.name == name)
    return bool(await session.scalar(same) or await session.scalar(mates))


async def contacts_named(session: AsyncSession, name: str, keys: Sequence[int] = ()) -> list[Contact]:
    """Contacts by id or by exactly their name, those whose making was undone as well."""
    wanted = contacts.c.id.in_(keys) if keys else contacts.c.name == name
    return list(await session.scalars(select(Contact).where(wanted).order_by(contacts.c.id)))
