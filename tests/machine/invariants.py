"""What must hold in the database after every message, whatever people did: asked in plain SQL."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import inspect, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from crm.changes import plain
from storage.engine import Store
from storage.tables import THINGS, changes
from tests.machine.world import CUSTOMERS, PEOPLE, SHARED

_POINTING = {"visits": ("customer", "deal"), "tasks": ("customer", "deal"), "deals": ("customer",)} | {
    "contacts": ("customer",), "short_names": ("customer",), "stage_changes": ("deal",), "deal_facts": ("deal",)
}  # fmt: skip


async def broken(store: Store, quiet: Iterable[int] = ()) -> list[str]:
    """What does not hold, a sentence each. `quiet` are inbox rows that need no answer."""
    async with store.reading()() as session:
        return [
            *await _orphans(session),
            *await _log_and_records(session),
            *await _moves(session),
            *await _post(session, set(quiet)),
            *await _cards(session),
        ]


async def _rows(session: AsyncSession, statement: str) -> list[Any]:
    return list(await session.execute(text(statement)))


async def _orphans(session: AsyncSession) -> list[str]:
    """Nothing that stands points to something withdrawn."""
    found = []
    for table, pointers in _POINTING.items():
        for to in pointers:
            statement = (
                f"SELECT t.id FROM {table} t JOIN {to}s p ON p.id = t.{to}_id "  # noqa: S608 - names from above
                "WHERE t.withdrawn_at IS NULL AND p.withdrawn_at IS NOT NULL"
            )
            found += [f"{table} {row.id} points to a withdrawn {to}" for row in await _rows(session, statement)]
    return found


async def _log_and_records(session: AsyncSession) -> list[str]:
    """The change log, replayed, gives what the records hold; what stands has a creation that stands, and no other."""
    values: dict[tuple[str, int], dict[str, Any]] = defaultdict(dict)
    made: dict[tuple[str, int], set[int]] = defaultdict(set)
    undone = set(await session.scalars(select(changes.c.undoes_id).where(changes.c.undoes_id.is_not(None))))
    for row in await session.execute(select(changes).order_by(changes.c.id)):
        thing = (row.thing, row.thing_id)
        if row.field not in ("", "withdrawn_at"):
            values[thing][row.field] = row.after
        elif row.undoes_id is None:
            values[thing].clear()  # made, or made again as it is told now
            made[thing] |= {row.id} - undone
    found = []
    for (name, key), told in values.items():
        record: Any = await session.get(THINGS[name], key)
        held = {field: plain(getattr(record, field)) for field in told}
        found += [
            f"{name} {key}: {f} is {held[f]!r}, the log says {told[f]!r}" for f in told if not _same(held[f], told[f])
        ]
        if "withdrawn_at" in inspect(THINGS[name]).columns and (name, key) in made:
            stands = record.withdrawn_at is None
            if stands is not bool(made[name, key]):
                found.append(f"{name} {key} {'stands' if stands else 'is withdrawn'}, its creation the other way")
            if len(made[name, key]) > 1:
                found.append(f"{name} {key} was made twice: {made[name, key]}")
    return found


def _same(held: Any, told: Any) -> bool:
    if isinstance(held, str) and isinstance(told, str) and "T" in held and "T" in told:
        return datetime.fromisoformat(held) == datetime.fromisoformat(told)
    return bool(held == told)


async def _moves(session: AsyncSession) -> list[str]:
    """The stage changes that stand lead to where a deal is, one from where the other ended."""
    found: list[str] = []
    at: dict[int, int] = {}
    for row in await _rows(
        session,
        "SELECT m.deal_id, m.from_stage_id, m.to_stage_id, m.id FROM stage_changes m "
        "WHERE m.withdrawn_at IS NULL ORDER BY m.id",
    ):
        if row.deal_id in at and row.from_stage_id != at[row.deal_id]:
            found.append(f"stage change {row.id} begins where deal {row.deal_id} was not")
        at[row.deal_id] = row.to_stage_id
    for row in await _rows(
        session,
        "SELECT d.id, d.stage_id, s.outcome, d.closed_at, d.lost_reason FROM deals d "
        "JOIN stages s ON s.id = d.stage_id",
    ):
        if at.get(row.id, row.stage_id) != row.stage_id:
            found.append(f"deal {row.id} is in stage {row.stage_id}, its moves end in {at[row.id]}")
        if (row.outcome == "open") is not (row.closed_at is None):
            found.append(f"deal {row.id} is {row.outcome}, closed at {row.closed_at}")
        if (row.outcome == "lost") is not (row.lost_reason != ""):
            found.append(f"deal {row.id} is {row.outcome}, lost because {row.lost_reason!r}")
    return found


async def _post(session: AsyncSession, quiet: set[int]) -> list[str]:
    """What came in was handled once, and answered."""
    left = await _rows(session, "SELECT id, state FROM inbox WHERE state <> 'done'")
    mute = await _rows(
        session, "SELECT id FROM inbox WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.inbox_id = inbox.id)"
    )
    twice = await _rows(session, "SELECT dedupe_key FROM outbox GROUP BY dedupe_key HAVING count(*) > 1")
    return [
        *(f"message {row.id} is {row.state}" for row in left),
        *(f"message {row.id} was not answered" for row in mute if row.id not in quiet),
        *(f"{row.dedupe_key} is in the outbox twice" for row in twice),
    ]


async def _cards(session: AsyncSession) -> list[str]:
    """A card is open while something waits, and only then; of one that was undone nothing stands that could go."""
    found = []
    for row in await _rows(session, "SELECT id, state, entries, expires_at FROM cards"):
        waits = '"Waiting"' in (row.entries if isinstance(row.entries, str) else json.dumps(row.entries))
        if row.state in ("open", "done") and waits is not (row.state == "open"):
            found.append(f"card {row.id} is {row.state}, and something {'waits' if waits else 'does not wait'}")
        if row.state == "open" and row.expires_at is None:
            found.append(f"card {row.id} waits for ever")
    return found


def leaks(who: str, read: str) -> list[str]:
    """Of customers that a rep does not see, they read the name and who looks after it, no more."""
    hidden = [
        secret
        for name, (owner, _, person, deal) in CUSTOMERS.items()
        if PEOPLE[who] == "rep" and who not in (owner, SHARED.get(name))
        for secret in (person, deal)
    ]
    return [f"{who} reads {secret} in {read!r}" for secret in hidden if secret in read]


async def late_visits(store: Store, today: date) -> list[str]:
    """Visits that are said to have taken place on a day that has not come."""
    async with store.reading()() as session:
        rows = await _rows(session, "SELECT id, held_on FROM visits WHERE withdrawn_at IS NULL")
    return [f"visit {row.id} took place on {row.held_on}" for row in rows if str(row.held_on) > today.isoformat()]
