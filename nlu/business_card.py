"""The words in the picture of a business card -> a contact card: each line by what it holds, not where it stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from crm import pinyin
from crm.contact_cards import LONGEST_FIELD, ContactCard, reachable_first, tidy, tidy_name
from crm.reach import is_email, is_phone
from nlu import card_words as words
from nlu.card_lines import SURE, Draft, Found, Line, is_persons, sort
from nlu.card_words import HAN
from nlu.normalise import simplified
from nlu.short_forms import surname_of

__all__ = ["Line", "is_card", "read_card"]
LARGE = 0.5  # of the largest letters on a card, what a logo has at least


def read_card(lines: Sequence[Line]) -> ContactCard:
    """The card that the lines make; what may be wrong is named as doubtful."""
    draft = Draft()
    plain = [replace(line, text=unicodedata.normalize("NFKC", line.text[:LONGEST_FIELD]).strip()) for line in lines]
    read = [replace(line, text=simplified(line.text)) for line in plain]
    for line in read:
        sort(draft, line)
    name = _name(draft)
    company, is_guessed = _company(draft), False
    if name and company is None and (draft.phones or draft.emails):
        company, is_guessed = _logo(draft, name[0], max(line.height for line in read)), True
    chosen = {"name": name, "company": company, "title": _title(draft), "address": _address(draft)}
    as_printed = _as_printed(plain, read)
    told = {what: tidy(found[0]).translate(as_printed) if found else "" for what, found in chosen.items()}
    card = ContactCard(
        name=tidy_name(told["name"]),
        company=told["company"],
        title=told["title"],
        address=told["address"],
        phones=reachable_first(tuple(tidy(text) for text, _ in draft.phones))[:4],
        email=draft.emails[0][0] if draft.emails else "",
        wechat=draft.wechat,
    )
    unsure = [what for what, found in chosen.items() if found and found[1].sure < SURE]
    guessed = ["company"] if is_guessed and company and "company" not in unsure else []
    return replace(card, doubtful=tuple(dict.fromkeys((*unsure, *guessed, *_suspicious(card, draft)))))


def is_card(card: ContactCard) -> bool:
    """Whether a picture shows a business card: somebody or a firm, and how to reach them."""
    return bool((card.phones or card.email) and (card.name or card.company))


def _as_printed(plain: Sequence[Line], read: Sequence[Line]) -> dict[int, str]:
    """Traditional characters for the simplified ones that they were read as, where those do not stand there too."""
    printed = set("".join(line.text for line in plain))
    pairs = [pair for was, line in zip(plain, read, strict=True) for pair in zip(was.text, line.text, strict=True)]
    return {ord(simple): was for was, simple in pairs if simple != was and simple not in printed}


def _suspicious(card: ContactCard, draft: Draft) -> Iterator[str]:
    """Fields that cannot quite be, or were read with doubt."""
    if HAN.search(card.name) and not is_persons(simplified(card.name)):
        yield "name"
    if any(not is_phone(phone) for phone in card.phones) or any(line.sure < SURE for _, line in draft.phones):
        yield "phones"
    if card.email and (not is_email(card.email) or draft.emails[0][1].sure < SURE):
        yield "email"


def _name(draft: Draft) -> Found | None:
    """In Chinese before others, sure ones before others, what is no part of the firm's name or what the e-mail address
    begins with before others, and of those the one in the largest letters.
    """
    firms = "".join(text for text, _ in draft.companies).casefold()
    mail = draft.emails[0][0].partition("@")[0] if draft.emails else ""
    return max(
        draft.names,
        key=lambda one: (
            one[1].sure >= SURE and bool(surname_of(one[0])),
            is_persons(one[0]),
            one[0].casefold() not in firms,
            _is_called(one[0], mail),
            one[1].height,
        ),
        default=None,
    )


def _is_called(name: str, mail: str) -> bool:
    """Whether a word of the name, or its surname in Latin letters, stands in the first half of an e-mail address."""
    said = [pinyin.joined(surname_of(name))] if HAN.search(name) else re.findall(r"[a-z]{3,}", name.lower())
    return any(word and word in mail for word in said)


def _company(draft: Draft) -> Found | None:
    """The firm that somebody has a title of, or the one in Chinese, with its form and longest; with its one branch."""
    if draft.posts:
        return draft.posts[0][0]
    firm = max(draft.companies, key=lambda one: (bool(HAN.search(one[0])), _weight(one[0]), len(one[0])), default=None)
    if len(draft.branches) != 1 or (firm and not HAN.search(firm[0])):
        return firm
    branch = draft.branches[0]
    return (firm[0] + branch[0], min(firm[1], branch[1], key=lambda line: line.sure)) if firm else branch


def _weight(company: str) -> int:
    """How surely it is a whole firm, and no department."""
    if words.LEGAL.search(company):
        return 2
    return 0 if words.DEPARTMENT.search(company) else 1


def _logo(draft: Draft, name: str, largest: int) -> Found | None:
    """Where no firm tells its form, the large words that are nothing else: a guess."""
    name = name.casefold()
    family = pinyin.joined(surname_of(name))
    mail = draft.emails[0][0].partition("@")[0] if draft.emails else ""
    left = [
        (text, line)
        for text, line in (*draft.others, *draft.names)
        if line.height >= LARGE * largest
        and re.fullmatch(r"[^\d]{2,30}", text)
        and text.casefold() not in name
        and not words.DEPARTMENT.search(text)
        and not (not HAN.search(text) and (_is_called(text, mail) or (family and family in text.lower().split())))
    ]
    return max(left, key=lambda one: (bool(HAN.search(one[0])), one[1].height), default=None)


def _title(draft: Draft) -> Found | None:
    """The first that is told with its firm; or in Chinese before others, of several the first."""
    if draft.posts:
        return draft.posts[0][1]
    in_chinese = [one for one in draft.titles if HAN.search(one[0])]
    return next(iter(in_chinese or draft.titles), None)


def _address(draft: Draft) -> Found | None:
    """In Chinese before others, no factory's before one, a street before a room; on several lines it is one."""
    place = max(
        draft.places,
        key=lambda one: (one.is_chinese, not one.is_second, bool(words.STREET.search(one.parts[0][0]))),
        default=None,
    )
    if place is None:
        return None
    text = ("" if place.is_chinese else ", ").join(text.strip(" ,") for text, _ in place.parts)
    return text, min((line for _, line in place.parts), key=lambda line: line.sure)
