"""A plan becomes records: new customers with their people and deals, and what is missing in those that are there."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, tzinfo
from typing import Any

from sqlalchemy import select

from crm.import_plan import Firm, Plan, deals_of
from crm.imports import OF_CUSTOMER, SheetRow, people_of, stage_told, way_of
from crm.pipelines import Stage
from storage.bulk import Bulk, in_batches
from storage.deal_tables import deals
from storage.note_tables import notes
from storage.tables import contacts, customers

Filled = dict[tuple[int, str], str]  # (id, field) -> value
People = dict[int, dict[str, Any]]  # customer -> name -> the row of the person


@dataclass
class Written:
    """How many records were made, and how many that were there had something filled in."""

    customers: int = 0
    contacts: int = 0
    deals: int = 0
    filled: int = 0
    notes: int = 0


@dataclass(frozen=True)
class Writing:
    """What is written where: the stages that deals may be in, by key; the first is that of a deal without one. `zone`
    is that of whoever imports.
    """

    bulk: Bulk
    ways: Mapping[str, str]
    stages: Mapping[str, Stage]
    zone: tzinfo
    written: Written = field(default_factory=Written)


async def write_plan(writing: Writing, plan: Plan) -> Written:
    """Write the firms of a plan, as they were settled, within the caller's transaction; what it wrote is counted up."""
    new = [firm for firm in plan.firms if _way(firm, writing.ways) == "new"]
    known = [firm for firm in plan.firms if firm.target and _way(firm, writing.ways) == "fill"]
    rows = await asyncio.to_thread(lambda: [_customer(firm, writing) for firm in new])
    keys = await writing.bulk.add("customer", rows)
    writing.written.customers += len(keys)
    homes = [*zip(keys, new, strict=True), *((firm.target.id, firm) for firm in known if firm.target)]
    there = {firm.target.id for firm in known if firm.target}
    await _fill_customers(writing, known)
    await _people(writing, homes, await _present(writing, there))
    await _deals(writing, plan, homes, there)
    await _notes(writing, homes, there)
    await writing.bulk.index()
    return writing.written


def _way(firm: Firm, ways: Mapping[str, str]) -> str:
    """What becomes of a firm. What is out of sight is not filled in."""
    if firm.kind == "new":
        return "new"
    if firm.kind == "matching":
        return "fill"
    way = way_of(ways, firm.doubt) if firm.kind == "doubtful" else "skip"
    return "skip" if way == "fill" and not (firm.target and firm.target.is_open) else way


def _first(rows: Sequence[SheetRow], name: str) -> str:
    return next((row.told[name] for row in rows if row.told.get(name)), "")


def _customer(firm: Firm, writing: Writing) -> dict[str, Any]:
    told = {name: _first(firm.rows, name) for name in OF_CUSTOMER}
    told["tier"] = told["tier"] or "potential"
    made = {"owner_id": firm.owner_id, "created_at": writing.bulk.now}
    return {"name": firm.rows[0].told["name"], **told, **made}


async def _fill_customers(writing: Writing, known: Sequence[Firm]) -> None:
    """A tier is not missing where nobody told one: it is the lowest."""
    filled: dict[tuple[int, str], str] = {}
    names = [name for name in OF_CUSTOMER if name != "tier"]
    for some in in_batches([firm for firm in known if firm.target]):
        keys = [firm.target.id for firm in some if firm.target]
        found = await writing.bulk.session.execute(
            select(customers.c.id, *(customers.c[name] for name in names)).where(customers.c.id.in_(keys))
        )
        there = {row.id: row._mapping for row in found}
        for firm, key in zip(some, keys, strict=True):
            told = {name: _first(firm.rows, name) for name in names}
            filled |= {(key, n): value for n, value in told.items() if value and key in there and not there[key][n]}
    await writing.bulk.fill("customer", [(key, name, value) for (key, name), value in filled.items()])
    writing.written.filled += len({key for key, _ in filled})


async def _present(writing: Writing, keys: set[int]) -> People:
    """Who works at the customers that are there."""
    found: People = {}
    for some in in_batches(keys):
        where = (contacts.c.customer_id.in_(some), contacts.c.withdrawn_at.is_(None))
        for row in await writing.bulk.session.execute(select(contacts).where(*where)):
            found.setdefault(row.customer_id, {})[row.name.casefold()] = dict(row._mapping)
    return found


async def _people(writing: Writing, homes: Sequence[tuple[int, Firm]], there: People) -> None:
    new, filled = await asyncio.to_thread(_persons, homes, there)
    await writing.bulk.add("contact", new)
    await writing.bulk.fill("contact", [(key, name, value) for (key, name), value in filled.items()])
    writing.written.contacts += len(new)
    writing.written.filled += len({key for key, _ in filled})


def _persons(homes: Sequence[tuple[int, Firm]], there: People) -> tuple[list[dict[str, Any]], Filled]:
    """The people who are new, and what is missing of those who are not."""
    new: list[dict[str, Any]] = []
    filled: Filled = {}
    for key, firm in homes:
        known = there.setdefault(key, {})
        for row in firm.rows:
            for name, told in people_of(row.told):
                person = known.get(name.casefold())
                if person is None:
                    known[name.casefold()] = made = {"customer_id": key, "name": name, **told}
                    new.append(made)
                else:
                    filled |= dict(_missing(person, told))
    return new, filled


def _missing(person: dict[str, Any], told: Mapping[str, str]) -> Iterator[tuple[tuple[int, str], str]]:
    """What a row tells of a person that is not known yet; of one that the same sheet makes it is put there at once."""
    for name, value in told.items():
        if value and not person[name]:
            person[name] = value
            if "id" in person:
                yield (person["id"], name), value


async def _deals(writing: Writing, plan: Plan, homes: Sequence[tuple[int, Firm]], there: set[int]) -> None:
    bulk, seen = writing.bulk, await _deals_of(writing, there)
    new: list[dict[str, Any]] = []
    for key, firm in homes:
        for name, row in deals_of(firm):
            if (key, name.casefold()) not in seen:
                seen.add((key, name.casefold()))
                new.append(_deal(writing, plan, firm, row) | {"customer_id": key, "name": name})
    keys = await bulk.add("deal", new)
    opened = {"from_stage_id": None, "user_id": bulk.user_id}
    moves = [
        {"deal_id": key, "to_stage_id": deal["stage_id"], "at": deal["created_at"], **opened}
        for key, deal in zip(keys, new, strict=True)
    ]
    await bulk.add("stage_change", moves)
    writing.written.deals += len(keys)


async def _deals_of(writing: Writing, keys: set[int]) -> set[tuple[int, str]]:
    found: set[tuple[int, str]] = set()
    for some in in_batches(keys):
        where = (deals.c.customer_id.in_(some), deals.c.withdrawn_at.is_(None))
        rows = await writing.bulk.session.execute(select(deals.c.customer_id, deals.c.name).where(*where))
        found |= {(key, name.casefold()) for key, name in rows}
    return found


def _deal(writing: Writing, plan: Plan, firm: Firm, row: SheetRow) -> dict[str, Any]:
    """One that is closed was made on the day on which it was: it is none of the new ones of today. Without that day it
    is in the figures of no period.
    """
    told, first = row.told, next(iter(writing.stages.values()))
    stage = writing.stages.get(stage_told(told, plan.today)[0], first)
    is_open = stage.outcome == "open"
    closed_at = None if is_open else _noon(told.get("closed_on", ""), writing.zone)
    close_on = told.get("close_on") or told.get("closed_on")
    return {
        "pipeline_id": stage.pipeline_id,
        "stage_id": stage.id,
        "owner_id": firm.owner_id,
        "created_at": min(closed_at or writing.bulk.now, writing.bulk.now),
        "amount_minor": int(told["amount"]) if told.get("amount") else None,
        "currency": told.get("currency", "CNY"),
        "close_on": date.fromisoformat(close_on) if close_on else None,
        "competitors": re.split(r"[,、/;]\s*", rivals) if (rivals := told.get("competitors")) else [],
        "lost_reason": told.get("lost_reason", "") if stage.outcome == "lost" else "",
        "closed_at": min(closed_at, writing.bulk.now) if closed_at else None,
    }


def _noon(day: str, zone: tzinfo) -> datetime | None:
    """A moment on a day, also for whoever is some hours away."""
    return datetime.combine(date.fromisoformat(day), time(12), zone) if day else None


async def _notes(writing: Writing, homes: Sequence[tuple[int, Firm]], there: set[int]) -> None:
    """What the sheet remarks of a customer, each remark once."""
    bulk, seen = writing.bulk, set[tuple[int, str]]()
    for some in in_batches(there):
        where = (notes.c.customer_id.in_(some), notes.c.withdrawn_at.is_(None))
        rows = await bulk.session.execute(select(notes.c.customer_id, notes.c.text).where(*where))
        seen |= {(key, text) for key, text in rows}
    told = dict.fromkeys((key, row.told["note"]) for key, firm in homes for row in firm.rows if "note" in row.told)
    made = {"user_id": bulk.user_id, "created_at": bulk.now}
    new = [{"customer_id": key, "text": text, **made} for key, text in told if (key, text) not in seen]
    writing.written.notes += len(await bulk.add("note", new))
