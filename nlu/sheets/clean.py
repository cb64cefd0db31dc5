"""A row of cells becomes what it tells: each value cleaned, or the first one that cannot be named."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from crm.imports import OF_CONTACT, OF_DEAL, SheetRow
from crm.reach import is_email
from nlu.company_forms import Shape, taken_apart, without_form
from nlu.lexicon import word_set
from nlu.phrases import fold
from nlu.sheets import values
from nlu.sheets.heads import Manner, is_of_sheet, nothings
from nlu.sheets.people import settle_people
from nlu.sheets.stages import stage
from nlu.sheets.words import lists

LONGEST = {"name": 100, "contact": 80, "title": 60, "deal": 100, "address": 200, "note": 2_000}
LONGEST_OTHER = 100
LEAST_TELLING = 2  # characters of a name without place and legal form
MAY_BE_LEFT = ("tier", "close_on", "closed_on")  # what cannot be read of them keeps no row out: it is told and left
TELLS_DEAL = ("amount", "stage", "close_on", "closed_on")
_PLAIN = Manner()
_ADDRESSES = re.compile(r"[;,、/\s]+")


def row_of(
    line: int,
    cells: Sequence[str],
    columns: Mapping[int, str],
    above: SheetRow | None = None,
    manner: Manner = _PLAIN,
) -> SheetRow | None:
    """What a row tells; None where all of its known columns are empty, or it tells of the sheet.

    `above` is the row before it: one right below that tells of a person or a deal and of no firm goes on about
    its firm, unless it has a number of its own, as in what a program writes out.
    """
    if is_of_sheet(cells):
        return None
    said = {field: cells[place] for place, field in columns.items() if place < len(cells) and field != "note"}
    told = {field: text for field, cell in said.items() if (text := values.text(cell)) and not _is_nothing(text)}
    if not told:
        return None
    is_numbered = bool(cells[0].strip()) and 0 not in columns
    if "name" not in told and above is not None and not is_numbered and _goes_on(line, told, above):
        said["name"] = told["name"] = above.told.get("name", "")
    if not told.get("name"):
        return SheetRow(line, told, fault="no_name")
    told["name"] = values.firm(said["name"])
    for field in tuple(told):
        if fault := _clean(field, told, manner):
            return SheetRow(line, told, *keys_of(told["name"]), fault, told[field])
    settle_people(told, said)
    _name_deal(told)
    _join_province(told)
    if note := _note(cells, manner):
        told["note"] = note
    if len(note) > LONGEST["note"]:
        return SheetRow(line, told, *keys_of(told["name"]), "too_long")
    return SheetRow(line, told, *keys_of(told["name"]))


def _goes_on(line: int, told: Mapping[str, str], above: SheetRow) -> bool:
    is_of_firm = not told.keys() <= {"contact", *OF_CONTACT, *OF_DEAL}
    return above.line == line - 1 and not is_of_firm and ("contact" in told or "deal" in told)


def keys_of(name: str) -> tuple[str, str, str]:
    """A firm's name as names are compared, then without place and legal form, "" where nothing telling is left, and
    at which lengths that may end (crm.imports.shorter_forms).
    """
    folded = fold(name)
    shape = taken_apart(folded)
    rest = _close(shape.rest)
    full = folded.replace(" ", "").rstrip(".")
    if len(rest) < LEAST_TELLING:
        return full, "", ""
    lengths = sorted({len(_close(shape.rest[:cut])) for cut in (*shape.cuts, *_within(shape))})
    cuts = " ".join(str(length) for length in lengths if LEAST_TELLING <= length < len(rest))
    return full, f"{rest}|{shape.branch}", cuts


def _within(shape: Shape) -> Iterator[int]:
    """Where words for a trade that stand as one may be parted: 云帆网络|科技."""
    for start, end in pairwise(shape.cuts):
        if end - start == 4 and shape.rest[start : start + 2] in word_set("trade"):
            yield start + 2


def _close(name: str) -> str:
    return name.strip(" .,").replace(" ", "")


def _is_nothing(text: str) -> bool:
    return fold(text) in nothings()


def _clean(field: str, told: dict[str, str], manner: Manner) -> str:
    """Put the clean value in place of the one told; the fault where there is none."""
    value = told[field]
    if len(value) > LONGEST.get(field, LONGEST_OTHER):
        return "too_long"
    if field == "stage":
        told["stage_said"] = value
        told["stage"], is_sure = stage(value)
        if not is_sure:
            told["is_stage_doubted"] = "1"
        return ""
    if field == "owner":
        told["owner_key"] = fold(value)
    cleaned = _amount(told, manner) if field == "amount" else _cleaned(field, value, manner)
    if field == "tier" and cleaned:
        told["tier_said"] = value
    if cleaned:
        told[field] = cleaned
        return ""
    if cleaned is None and field not in MAY_BE_LEFT:
        return f"bad_{field}"
    if cleaned is None:
        told[f"unread_{field}"] = value
    del told[field]
    return ""


def _cleaned(field: str, value: str, manner: Manner) -> str | None:
    """None where it cannot be read, "" where it tells nothing."""
    if field in ("close_on", "closed_on"):
        day = values.day(value, is_day_first=manner.is_day_first)
        return day.isoformat() if day else None
    return _CLEANED[field](value) if field in _CLEANED else value


def _amount(told: dict[str, str], manner: Manner) -> str | None:
    value = told["amount"]
    if values.is_zero(value):
        return ""
    minor = values.minor_units(value, manner.unit)
    if minor is None:
        return None
    if currency := values.currency(value) or manner.currency:
        told["currency"] = currency
    return str(minor)


def _note(cells: Sequence[str], manner: Manner) -> str:
    """What the columns of remarks hold, each behind its head where there are several."""
    texts = [(head, values.text(cells[place])) for place, head in manner.notes if place < len(cells)]
    told = [(head, text) for head, text in texts if text and not _is_nothing(text)]
    return told[0][1] if len(manner.notes) == 1 and told else "\n".join(f"{head}: {text}" for head, text in told)


def _join_province(told: dict[str, str]) -> None:
    """Province and town in columns of their own are one place: 浙江绍兴; San Francisco, CA."""
    if province := told.pop("province", ""):
        town = told.get("region", "")
        is_same = fold(town).startswith(fold(province).rstrip("省市"))
        apart = f"{town}, {province}" if town.isascii() else f"{province}{town}"
        told["region"] = town if town and is_same else apart if town else province


def _name_deal(told: dict[str, str]) -> None:
    """A deal that is told of without a name is called by the firm's."""
    if "deal" not in told and any(field in told for field in TELLS_DEAL):
        name = without_form(told["name"])
        told["deal"] = lists()["deal"]["en" if name.isascii() else "zh"][0].format(name=name)
        told["is_deal_unnamed"] = "1"


_CLEANED: Mapping[str, Callable[[str], str | None]] = {
    "phone": values.phone,
    "contact_phone": values.phone,
    "other_phone": values.phone,
    "tax_id": values.tax_id,
    "email": lambda value: value if all(map(is_email, _ADDRESSES.split(value))) else None,
    "phone_2": values.phone,
    "currency": lambda value: values.currency(value) or "CNY",
    "tier": lambda value: values.tier(value) or None,
}
