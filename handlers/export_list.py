"""A list leaves as a file: what it asks for, all of it that the asker sees, as a sheet, as vCards or as a calendar."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from crm import policy
from crm.customers import Contact, Customer
from handlers import post
from handlers.exports.calendars import calendar_of
from handlers.exports.rows import MOST, ROWS, heads, people
from handlers.queries.asked import Asked, settled
from handlers.queries.contacts import person_meant
from handlers.run import run_one
from handlers.stored import revived
from handlers.turn import Ask, Result, Sending, Turn
from nlu.rule import Reading
from talk.calendars import ICS
from talk.catalogue import say
from talk.message import Count, Outcome, OutgoingFile, Word
from talk.sheets import CSV, XLSX, Sheet, to_csv, to_xlsx
from talk.vcards import VCARD, Person, to_vcf
from talk.views import outcome_blocks

FORMS = {"xlsx": (XLSX, to_xlsx), "csv": (CSV, to_csv)}
OTHERWISE = {"contact": "vcf", "schedule": "ics"}  # a sheet unless told, but for these


async def export_list(turn: Turn, reading: Reading) -> list[Result]:
    """Send the list meant as a file, and log that it was. Raises NotFound, NotAllowed (masked), NotYourPeople."""
    topic = str(reading.slots["topic"])
    if topic == "contact" and reading.slots.get("contact") is not None:
        person = await person_meant(turn, reading)
        if person is not None:
            return [person if isinstance(person, Ask) else await _cards(turn, [person], person[0].name)]
    asked = await settled(turn, reading)
    if isinstance(asked, Ask):
        return [asked]
    form = str(reading.slots.get("form") or OTHERWISE.get(topic, "xlsx"))
    if topic == "schedule":
        return [await _calendar(turn)]
    if topic == "contact" and form == "vcf":
        found = [(person, home) for person, home, _ in await people(turn, asked)]
        return [await _cards(turn, found, asked.customer.name if asked.customer else say("out_contact", turn.reader))]
    return [await _sheet(turn, asked, topic, form if form in FORMS else "xlsx")]


async def _sheet(turn: Turn, asked: Asked, topic: str, form: str) -> Outcome:
    rows = await ROWS[topic](turn, asked)
    title = say(f"out_{topic}", turn.reader)
    mime, make = FORMS[form]
    data = await asyncio.to_thread(make, Sheet(title, heads(turn, topic), rows)) if rows else b""
    about = asked.customer.name if asked.customer else ""
    name = "-".join(part for part in (about, title, str(turn.today)) if part)
    return _sent(turn, topic, len(rows), OutgoingFile.of(f"{name}.{form}", mime, data))


async def _cards(turn: Turn, found: list[tuple[Contact, Customer]], name: str) -> Outcome:
    fields = ("name", "title", "phone", "other_phone", "email", "wechat", "birthday")
    cards = [Person(firm=home.name, **{field: getattr(person, field) for field in fields}) for person, home in found]
    return _sent(turn, "contact", len(cards), OutgoingFile.of(f"{name}.vcf", VCARD, to_vcf(cards)))


async def _calendar(turn: Turn) -> Outcome:
    data, count = await calendar_of(turn.session, turn.actor, turn.now)
    return _sent(turn, "schedule", count, OutgoingFile.of(f"{turn.actor.user.name}-{turn.today}.ics", ICS, data))


def _sent(turn: Turn, topic: str, count: int, file: OutgoingFile) -> Outcome:
    """Send the file after the answer; who took what out, and how many, stays in the log."""
    what = Word(f"out_{topic}")
    if not count or not policy.may("export", policy.relations(turn.actor, turn.actor.id)):
        return Outcome("nothing_to_export", {"what": what}, wrote=False)
    form = file.name.rpartition(".")[2]
    turn.ledger.tell(turn.actor.user, "exported", {"what": topic, "form": form, "count": count})
    turn.files.append(Sending(file, Outcome("exported_file", {"what": what, "n": Count(count, "count_listed")})))
    key = "list_exported_in_part" if count >= MOST else "list_exported"
    return Outcome(key, {"what": what, "n": Count(count, "count_listed")}, wrote=False)


async def export_tapped(turn: Turn, facts: Mapping[str, Any]) -> None:
    """Send the list of a button as a file; the list stays."""
    lines = await run_one(turn, revived(facts["reading"]), {})
    shown = [line for line in lines if isinstance(line, Outcome)]
    blocks = tuple(block for outcome in shown for block in outcome_blocks(outcome, turn.reader))
    await post.answer_tap(turn, blocks, is_alert=not turn.files)
