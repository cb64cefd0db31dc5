"""Somebody's particulars as they arrive in one piece: a shared contact, an electronic card, the photo of one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date

from crm.reach import bare, is_mobile

LONGEST_FIELD = 200  # characters
UNTOLD_YEAR = "1604"  # what telephones write for a birthday without a year; it is a leap year
_TOLD = ("name", "company", "title", "email", "wechat", "birthday")
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")


@dataclass(frozen=True)
class ContactCard:
    """One person's card; "" and () where it tells nothing. The number on which they are likeliest reached comes first.
    `birthday` is YYYY-MM-DD or MM-DD.

    `doubtful` names the fields that may have been read wrongly: name, company, title, phones, email, address.
    """

    name: str = ""
    company: str = ""
    title: str = ""
    phones: tuple[str, ...] = ()
    email: str = ""
    wechat: str = ""
    address: str = ""
    birthday: str = ""
    doubtful: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is told by which somebody could be known or reached."""
        return not (self.name or self.phones or self.email)


def tidy(text: str) -> str:
    """One line of bearable length, without marks that nobody sees."""
    seen = "".join(
        c if c in "\t\n" or unicodedata.category(c) not in _UNSEEN else "" for c in text[: 4 * LONGEST_FIELD]
    )
    return " ".join(unicodedata.normalize("NFC", seen).split())[:LONGEST_FIELD]


def tidy_name(text: str) -> str:
    """A person's name; one in Chinese has no spaces within."""
    return re.sub(r"(?<=[\u4e00-\u9fff·]) (?=[\u4e00-\u9fff·])", "", tidy(text))


def reachable_first(phones: tuple[str, ...]) -> tuple[str, ...]:
    """Each number once, mobiles before others."""
    once: dict[str, str] = {}
    for phone in phones:
        once.setdefault(bare(phone), phone)
    return tuple(sorted(once.values(), key=lambda phone: not is_mobile(phone)))


def is_same_phone(one: str, other: str) -> bool:
    """Whether two numbers, however they are written, are one."""
    return bool(bare(one)) and bare(one) == bare(other)


def birthday_in(text: str) -> str:
    """A birthday as cards write it: 1970-05-10, 19700510, --0510; 1604 is a year that is not told. "" for none."""
    found = re.match(r"(\d{4}|--)-?(\d\d)-?(\d\d)(?![\d-])", text.strip())
    if found is None:
        return ""
    year, month, day = found.groups()
    is_told = year not in ("--", UNTOLD_YEAR)
    try:
        on = date(int(year if is_told else UNTOLD_YEAR), int(month), int(day))
    except ValueError:
        return ""
    return f"{on:%Y-%m-%d}" if is_told else f"{on:%m-%d}"


def joined(one: ContactCard, other: ContactCard) -> ContactCard:
    """What two cards of one person tell together; the first is believed where they differ."""
    told = {name: getattr(one, name) or getattr(other, name) for name in _TOLD}
    phones = reachable_first((*one.phones, *other.phones))
    return replace(one, **told, phones=phones, address=one.address or other.address)
