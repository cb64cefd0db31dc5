"""What telephone numbers and tax ids are looked up by: written with the record, by whatever way it is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table, event

from crm.customers import Contact, Customer

DIGITS = 7  # so many tell whose a number is; a row's exchange, trunk and country are told or not


def phone_key(phone: str) -> str:
    """The last digits of a number; "" of one with fewer."""
    digits = re.sub(r"[^0-9]", "", phone)
    return digits[-DIGITS:] if len(digits) >= DIGITS else ""


def tax_key(tax_id: str) -> str:
    """A tax id as it is compared."""
    return "".join(tax_id.split()).upper()


_KEYS = {"phone": ("phone_key", phone_key), "tax_id": ("tax_key", tax_key)}


def keyed(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values of a row that is written past the session, with what they are looked up by."""
    found = dict(values)
    for name, (key, of) in _KEYS.items():
        if name in values and key in table.c:
            found[key] = of(values[name])
    return found


def _keep_keys(_mapper: Any, _connection: Any, record: Any) -> None:
    record.phone_key = phone_key(record.phone)
    if isinstance(record, Customer):
        record.tax_key = tax_key(record.tax_id)  # type: ignore[attr-defined]


def keep_number_keys() -> None:
    """From now on each flush of a customer or contact writes them; call it once, when the classes are mapped."""
    for cls in (Customer, Contact):
        event.listen(cls, "before_insert", _keep_keys)
        event.listen(cls, "before_update", _keep_keys)
