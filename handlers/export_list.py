"""A list leaves as a file: what it asks for, all of it that the asker sees, as a sheet, as vCards or as a calendar."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from crm import policy
from crm.customers import Contact, Customer
from handlers import post
from handlers.exports.calendars import KINDS, CalendarWanted, calendar_of
from handlers.exports.rows import MOST, ROWS, heads, people
from handlers.queries.again import shown_last
from handlers.queries.asked import Asked, settled, whose
from handlers.queries.contacts import person_meant
from handlers.queries.pages import Rows, in_rows
from handlers.run import run_one
from handlers.stored import revived, stored
from handlers.turn import Ask, Result, Sending, Turn
from nlu.rule import Reading
from storage.customer_cards import card_parts
from talk.calendars import ICS
from talk.catalogue import say
from talk.message import Count, Offer, Outcome, OutgoingFile, Word
from talk.sheets import CSV, XLSX, Sheet, to_csv, to_xlsx
from talk.vcards import VCARD, Person, to_vcf
from talk.views import outcome_blocks

FORMS = {"xlsx": (XLSX, to_xlsx), "csv": (CSV, to_csv)}
OTHERWISE = {"contact": "vcf", "schedule": "ics"}  # a sheet unless told, but for these


async def export_list(turn: Turn, reading: Reading) -> list[Result]:
    """Send the list meant as a file, and log that it was: without a topic, the one shown last. Raises NotFound,
    NotAllowed (masked), NotYourPeople. What cannot be done is said with what can; of a customer each of its lists is
    offered.
    """
    if reading.slots.keys() & {"unable", "how"}:
        unable = reading.slots.get("unable")
        return [Outcome(f"export_no_{unable}" if unable else "export_what", wrote=False)]
    if "topic" not in reading.slots and reading.slots.get("customer") is not None:
        return [await _of_customer(turn, reading)]
    return await _list(turn, reading)


async def _list(turn: Turn, reading: Reading) -> list[Result]:
    if "topic" not in reading.slots:
        shown = await shown_last(turn)
        if shown is None:
            return [Outcome("export_what", wrote=False)]
        reading = replace(shown, intent="export_list", slots={**shown.slots, **reading.slots})
    topic = str(reading.slots["topic"])
    if topic == "contact" and reading.slots.get("contact") is not None:
        person = await person_meant(turn, reading)
        if person is not None:
            return [person if isinstance(person, Ask) else await _cards(turn, [person], person[0].name)]
    asked = await settled(turn, reading)
    if isinstance(asked, Ask):
        return [asked]
    form = str(reading.slots.get("form") or OTHERWISE.get(topic, "xlsx"))
    if topic == "schedule" or (form == "ics" and topic in KINDS):
        return [await _calendar(turn, asked, topic)]
    if topic == "contact" and form == "vcf":
        found = [(person, home) for person, home, _ in await people(turn, asked)]
        title = asked.customer.name if asked.customer else say("out_contact", turn.reader)
        return [await _cards(turn, found[:MOST], title, _more(turn, reading, len(found)))]
    return [await _sheet(turn, asked, topic, form if form in FORMS else "xlsx")]


async def _of_customer(turn: Turn, reading: Reading) -> Result:
    """What of a customer can be taken out, a button each."""
    asked = await settled(turn, reading)
    if isinstance(asked, Ask):
        return asked
    assert asked.customer is not None  # noqa: S101 - it is named
    of = await card_parts(turn.session, turn.actor, asked.customer.id)
    counts = {"contact": of.counts["contacts"], "deals": sum(one.count for one in of.sums)}
    counts |= {topic: of.counts[topic] for topic in ("visits", "tasks")}
    lists = [
        Offer(f"page_{topic}", "export", {"reading": stored(asked.but(topic=topic))}, {"n": count})
        for topic, count in counts.items()
        if count
    ]
    facts = {"name": asked.customer.name}
    key = "export_of_customer" if lists else "export_none_of_customer"
    return Outcome(key, facts, (), asked.customer.id, wrote=False, offers=in_rows(lists, 2))


async def _sheet(turn: Turn, asked: Asked, topic: str, form: str) -> Outcome:
    found = await ROWS[topic](turn, asked)
    rows, more = found[:MOST], _more(turn, asked.reading, len(found))
    title = say(f"out_{topic}", turn.reader)
    mime, make = FORMS[form]
    data = await asyncio.to_thread(make, Sheet(title, heads(turn, topic), rows)) if rows else b""
    about = asked.customer.name if asked.customer else ""
    part = str(1 + int(turn.decisions.get("from") or 0) // MOST) if more or turn.decisions.get("from") else ""
    name = "-".join(told for told in (about, title, str(turn.today), part) if told)
    return _sent(turn, topic, len(rows), OutgoingFile.of(f"{name}.{form}", mime, data), more)


async def _cards(turn: Turn, found: list[tuple[Contact, Customer]], name: str, more: Rows = ()) -> Outcome:
    fields = ("name", "title", "phone", "other_phone", "email", "wechat", "birthday")
    cards = [Person(firm=home.name, **{field: getattr(person, field) for field in fields}) for person, home in found]
    return _sent(turn, "contact", len(cards), OutgoingFile.of(f"{name}.vcf", VCARD, to_vcf(cards)), more)


async def _calendar(turn: Turn, asked: Asked, topic: str) -> Outcome:
    """The tasks and visits of a schedule, or one kind of them, of whom and of when is told."""
    kinds = KINDS if topic == "schedule" else frozenset({topic})
    owner = whose(turn, asked, is_own=True)
    name = asked.user.name if asked.user else turn.actor.user.name
    wanted = CalendarWanted(owner.people, asked.day("since"), asked.day("until"), kinds, name)
    data, count = await calendar_of(turn.session, turn.actor, turn.now, wanted)
    return _sent(turn, topic, count, OutgoingFile.of(f"{name}-{turn.today}.ics", ICS, data))


def _more(turn: Turn, reading: Reading, found: int) -> Rows:
    """A button that sends the next file, where a list is longer than one."""
    if found <= MOST:
        return ()
    begins = int(turn.decisions.get("from") or 0) + MOST
    asks = {"reading": stored(replace(reading, intent="export_list")), "from": begins}
    return ((Offer("button_export_more", "export", asks, {"n": begins + 1}),),)


def _sent(turn: Turn, topic: str, count: int, file: OutgoingFile, more: Rows = ()) -> Outcome:
    """Send the file after the answer; who took what out, and how many, stays in the log."""
    what = Word(f"out_{topic}")
    if not count or not policy.may("export", policy.relations(turn.actor, turn.actor.id)):
        return Outcome("nothing_to_export", {"what": what}, wrote=False)
    form = file.name.rpartition(".")[2]
    turn.ledger.tell(turn.actor.user, "exported", {"what": topic, "form": form, "count": count})
    facts = {"what": what, "n": Count(count, "count_listed")}
    turn.files.append(Sending(file, Outcome("exported_file", facts, wrote=False, offers=more)))
    key = "list_exported_in_part" if more else "list_exported"
    return Outcome(key, {"what": what, "n": Count(count, "count_listed")}, wrote=False)


async def export_tapped(turn: Turn, facts: Mapping[str, Any]) -> None:
    """Send the list of a button as a file; the list stays."""
    lines = await run_one(turn, revived(facts["reading"]), {"from": facts.get("from", 0)})
    shown = [line for line in lines if isinstance(line, Outcome)]
    blocks = tuple(block for outcome in shown for block in outcome_blocks(outcome, turn.reader))
    await post.answer_tap(turn, blocks, is_alert=not turn.files)
