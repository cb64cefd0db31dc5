"""A row of cells becomes what it tells: each value cleaned, or the first one that cannot be named."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from crm.imports import OF_CONTACT, OF_DEAL, SheetRow
from crm.reach import is_email
from nlu.company_forms import taken_apart
from nlu.phrases import fold
from nlu.sheets import values
from nlu.sheets.heads import is_sum, nothings

LONGEST = {"name": 100, "contact": 40, "title": 60, "deal": 100, "address": 200}
LONGEST_OTHER = 100
LEAST_TELLING = 2  # characters of a name without place and legal form


def row_of(
    line: int, cells: Sequence[str], columns: Mapping[int, str], above: SheetRow | None = None
) -> SheetRow | None:
    """What a row tells; None where all of its known columns are empty, or it adds up others.

    `above` is the row before it: one right below that tells of a person or a deal and of no firm goes on about
    its firm.
    """
    if is_sum(cells):
        return None
    said = {field: cells[place] for place, field in columns.items() if place < len(cells)}
    told = {field: text for field, cell in said.items() if (text := values.text(cell)) and not _is_nothing(text)}
    if not told:
        return None
    if "name" not in told and above is not None and _goes_on(line, told, above):
        said["name"] = told["name"] = above.told.get("name", "")
    if not told.get("name"):
        return SheetRow(line, told, fault="no_name")
    told["name"] = values.firm(said["name"])
    for field in tuple(told):
        if fault := _clean(field, told):
            return SheetRow(line, told, *keys_of(told["name"]), fault, told[field])
    _settle_phones(told, said.get("contact_phone", ""))
    return SheetRow(line, told, *keys_of(told["name"]))


def _goes_on(line: int, told: Mapping[str, str], above: SheetRow) -> bool:
    is_of_firm = not told.keys() <= {"contact", *OF_CONTACT, *OF_DEAL}
    return above.line == line - 1 and not is_of_firm and ("contact" in told or "deal" in told)


def keys_of(name: str) -> tuple[str, str]:
    """A firm's name as names are compared, and without place and legal form, "" where nothing telling is left."""
    folded = fold(name)
    shape = taken_apart(folded)
    rest = shape.rest.strip(" .,").replace(" ", "")
    full = folded.replace(" ", "").rstrip(".")
    return full, f"{rest}|{shape.branch}" if len(rest) >= LEAST_TELLING else ""


def _is_nothing(text: str) -> bool:
    return fold(text) in nothings()


def _clean(field: str, told: dict[str, str]) -> str:
    """Put the clean value in place of the one told; the fault where there is none."""
    value = told[field]
    if len(value) > LONGEST.get(field, LONGEST_OTHER):
        return "too_long"
    cleaned = _CLEANED[field](value) if field in _CLEANED else value
    if cleaned is None:
        return f"bad_{field}"
    if field == "owner":
        told["owner_key"] = fold(value)
    if field == "stage":
        told["stage_said"] = value
    if cleaned:
        told[field] = cleaned
    else:
        del told[field]
    return ""


def _settle_phones(told: dict[str, str], cell: str) -> None:
    """A number beside no person is the firm's; a person may have two."""
    if "contact" in told and len(numbers := values.phones(cell)) > 1:
        told["other_phone"] = numbers[1]
    if "contact" not in told and "contact_phone" in told:
        told.setdefault("phone", told["contact_phone"])
        del told["contact_phone"]


def _amount(value: str) -> str | None:
    minor = values.minor_units(value)
    return None if minor is None else str(minor)


def _day(value: str) -> str | None:
    day = values.day(value)
    return day.isoformat() if day else None


_CLEANED: Mapping[str, Callable[[str], str | None]] = {
    "phone": values.phone,
    "contact_phone": values.phone,
    "tax_id": values.tax_id,
    "email": lambda value: value if is_email(value) else None,
    "amount": _amount,
    "close_on": _day,
    "tier": values.tier,  # a word for it that is not known tells nothing
    "stage": lambda value: values.stage(value) or None,
}
