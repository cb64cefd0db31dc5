"""All that is known of a person at a customer, at their request: told in numbers, sent as JSON and as a vCard."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from handlers.colleagues import demand
from handlers.person_of import whose_data
from handlers.turn import Ask, Result, Sending, Turn
from nlu.rule import Reading
from storage.erasure.person import PERSONAL, Person
from storage.erasure.traces import traces_of
from talk.catalogue import has
from talk.message import Count, Outcome, OutgoingFile, Parts, Phrase, Word
from talk.vcards import VCARD, to_vcf
from talk.vcards import Person as OnCard


async def list_person(turn: Turn, reading: Reading) -> list[Result]:
    """Send everything that is known of a person. Raises AdminsOnly, NotFound."""
    demand(turn.actor, "read_person")
    person = await whose_data(turn, reading)
    if isinstance(person, Ask):
        return [person]
    contact = person.contact
    found = [(trace.table.name, {"id": trace.key, **trace.values}) async for trace in traces_of(turn.session, person)]
    by_table: dict[str, list[dict[str, Any]]] = {}
    for table, row in found:
        by_table.setdefault(table, []).append(row)
    own = {name: getattr(contact, name) for name in PERSONAL} | {"id": contact.id, "left_on": contact.left_on}
    told = {"person": own | {"customer": person.customer}, "found_in": by_table}
    _send(turn, person, f"{person.name}.json", "application/json", json.dumps(told, **_AS).encode())
    fields = ("name", "title", "phone", "other_phone", "email", "wechat", "birthday")
    card = OnCard(firm=person.customer, **{name: getattr(contact, name) for name in fields})
    _send(turn, person, f"{person.name}.vcf", VCARD, to_vcf([card]))
    turn.ledger.tell(contact, "exported", {"what": "person", "form": "json", "count": len(found)})
    facts = {"name": person.name, "customer": person.customer, "places": places(by_table)}
    return [Outcome("person_listed", facts, (), contact.customer_id, wrote=False)]


def places(found: Any) -> Parts:
    """In how many entries of what a person is told of."""
    counts = {name: rows if isinstance(rows, int) else len(rows) for name, rows in found.items()}
    shown = {name: Word(f"table_{name}") if has(f"table_{name}") else name for name in counts}
    return Parts(
        Phrase("told_in", {"table": shown[name], "n": Count(n, "count_listed")}) for name, n in sorted(counts.items())
    )


def _send(turn: Turn, person: Person, name: str, mime: str, data: bytes) -> None:
    turn.files.append(Sending(OutgoingFile.of(name, mime, data), Outcome("person_file", {"name": name}, wrote=False)))


def _plain(value: Any) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"cannot tell a {type(value).__name__}")


_AS: dict[str, Any] = {"ensure_ascii": False, "indent": 1, "default": _plain}
