"""Electronic cards (vCard 2.1 to 4.0, as telephones and mail programs write them) -> contact cards.

What is too much is counted before anything is parsed. Pictures and sounds in a card are left out unread.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

from crm.arrival_errors import CardTooLarge, CardUnread, TooManyCards
from crm.contact_cards import ContactCard, birthday_in, joined, reachable_first, tidy, tidy_name

LARGEST = 2 * 1024 * 1024  # bytes of a file: a portrait in each card is no rarity
MOST_CARDS = 20  # people whom one message may bring
MOST_FIELDS = 200  # of a person; the largest address books export half as many
LEAST = 100  # characters: a mark with its spaces is shorter
LONGEST_CARD = 64 * 1024  # characters of a person, without pictures
_ENCODINGS = ("utf-8-sig", "gb18030")
_HEAVY = re.compile(r"^(?:[\w-]{1,40}\.)?(?:PHOTO|LOGO|SOUND|KEY)\b", re.IGNORECASE)
_FOLD = re.compile(r"\n[ \t]")
_VALUE = r"""(?:"[^"]*+"|[^";:,]*+)"""
# What a field begins with. vobject takes exponential time to find that a line begins otherwise: it sees none such.
_FIELD = re.compile(rf"(?:[\w-]++\.)?+[\w-]++(?:;(?=[;:]))?+(?:;[\w-]++(?:={_VALUE})?+(?:,{_VALUE})*+)*+:", re.ASCII)
_LONGEST_START = 300  # characters of a line among which it says how it is written
logging.getLogger("vobject.base").setLevel(logging.CRITICAL)  # a line that it skips is nothing to hear of


def is_vcard(name: str, mime: str) -> bool:
    """Whether a file is meant as electronic cards, by its name or type."""
    return name.lower().endswith((".vcf", ".vcard")) or mime.lower() in ("text/vcard", "text/x-vcard", "text/directory")


def read_vcards(data: bytes, name: str = "vCard") -> list[ContactCard]:
    """The people in a file called `name`. CardTooLarge, TooManyCards, CardUnread."""
    if len(data) > LARGEST:
        raise CardTooLarge(name=name, most=MOST_FIELDS)
    bodies = list(_bodies(_text(data)))
    if len(bodies) > MOST_CARDS:
        raise TooManyCards(name=name, n=len(bodies), most=MOST_CARDS)
    found = [card for body in bodies if not (card := _person(_light(body, name), name)).is_empty]
    if not found:
        raise CardUnread(name=name)
    return found


def read_contact(name: str, phone: str, vcard: str) -> ContactCard:
    """A contact as messengers share it: a name, a number, perhaps a card with more, left out where it is no good."""
    told = ContactCard(tidy_name(name), phones=(tidy(phone),) if phone.strip() else ())
    try:
        (more,) = read_vcards(vcard.encode()) if vcard.strip() else [told]
    except (CardTooLarge, TooManyCards, CardUnread, ValueError):
        return told
    return joined(told, more)


def _text(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")


def _bodies(text: str) -> Iterator[str]:
    """What stands between BEGIN and END; where one begins within another, the inner."""
    inside: list[str] | None = None
    for line in re.split(r"\r\n|\r|\n", text):
        mark = line.strip().upper() if len(line) < LEAST else ""
        if mark == "BEGIN:VCARD":
            inside = []
        elif mark == "END:VCARD" and inside is not None:
            yield "\n".join(inside)
            inside = None
        elif inside is not None:
            inside.append(line)


def _light(body: str, name: str) -> str:
    """A card's fields, a line each, without its pictures. CardTooLarge where it is none that a person has."""
    kept = [line for line in _unfolded(body) if _FIELD.match(line) and not _HEAVY.match(line)]
    if len(kept) > MOST_FIELDS or sum(map(len, kept)) > LONGEST_CARD:
        raise CardTooLarge(name=name, most=MOST_FIELDS)
    return "\n".join(kept)


def _unfolded(body: str) -> Iterator[str]:
    """Fields that were written on several lines in one: these begin with a blank, or the one before ends with =."""
    parts: list[str] = []
    for line in _FOLD.sub("", body).split("\n"):
        goes_on = line.endswith("=") and "QUOTED-PRINTABLE" in (parts or [line])[0][:_LONGEST_START].upper()
        parts.append(line.removesuffix("=") if goes_on else line)
        if not goes_on:
            yield "".join(parts)
            parts = []
    yield "".join(parts)


def _person(body: str, name: str) -> ContactCard:
    import vobject  # noqa: PLC0415 - loaded when the first card comes

    try:
        read = vobject.readOne(f"BEGIN:VCARD\n{body}\nEND:VCARD\n", allowQP=True, ignoreUnreadable=True)
    except (vobject.base.VObjectError, ValueError, AttributeError, KeyError, IndexError, TypeError) as error:
        raise CardUnread(name=name) from error
    contents: dict[str, list[Any]] = read.contents
    organisation = next(_values(contents, "org"), "")
    return ContactCard(
        name=_called(contents),
        company=organisation,
        title=next(_values(contents, "title"), "") or next(_values(contents, "role"), ""),
        phones=reachable_first(tuple(re.sub(r"^tel:", "", each) for each in _values(contents, "tel"))[:6]),
        email=next(_values(contents, "email"), ""),
        wechat=next(_values(contents, "x-wechat"), ""),
        address=next(_addresses(contents), ""),
        birthday=birthday_in(next(_values(contents, "bday"), "")),
    )


def _called(contents: dict[str, list[Any]]) -> str:
    """The name as it is shown, else put together: surname first where it is written in Chinese."""
    shown = next(_values(contents, "fn"), "")
    if shown or "n" not in contents:
        return tidy_name(shown)
    parts = contents["n"][0].value
    family, given = (_flat(getattr(parts, part, "")) for part in ("family", "given"))
    return tidy_name(f"{family}{given}" if re.search(r"[\u4e00-\u9fff]", family + given) else f"{given} {family}")


def _values(contents: dict[str, list[Any]], key: str) -> Iterator[str]:
    for line in contents.get(key, ()):
        value = line.value[0] if isinstance(line.value, list) and line.value else line.value
        if text := tidy(_flat(value)):
            yield text


def _addresses(contents: dict[str, list[Any]]) -> Iterator[str]:
    """From the largest part to the smallest where it is written in Chinese, else as it is written abroad."""
    for line in contents.get("adr", ()):
        parts = [_flat(getattr(line.value, part, "")) for part in ("region", "city", "street", "extended", "box")]
        told = [part for part in parts if part]
        if told:
            is_chinese = re.search(r"[\u4e00-\u9fff]", "".join(told))
            yield tidy("".join(told) if is_chinese else ", ".join([*told[2:], *told[:2][::-1]]))


def _flat(value: Any) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value or "")
