"""What a message wrote in bulk is put back in bulk, and written again: all but what somebody has changed or built upon
since, or what is out of its author's sight by now.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from crm.policy import Actor
from storage.bulk import BATCH, Bulk, in_batches, table_of
from storage.deal_tables import stage_changes
from storage.import_tables import imports
from storage.tables import THINGS, changes, customers
from storage.visibility import sees_customer

_later, _undoing = aliased(changes), aliased(changes)
_ROW = (changes.c.id, changes.c.thing, changes.c.thing_id, changes.c.field, changes.c.before, changes.c.after)
Stays = dict[tuple[str, int], int]  # (kind, id) of a record that is left as it is -> who changed it (0: out of sight)


@dataclass
class Settled:
    """What was put back or written again, and what stands as it is with who changed it (0: it is out of sight)."""

    done: list[tuple[str, str]] = field(default_factory=list)
    kept: list[tuple[str, str, int]] = field(default_factory=list)


async def is_bulk(session: AsyncSession, inbox_id: int) -> bool:
    """Whether a message wrote in bulk."""
    return await session.scalar(select(imports.c.id).where(imports.c.written_by_id == inbox_id).limit(1)) is not None


async def author_of(session: AsyncSession, inbox_id: int) -> int | None:
    """Who wrote what a message wrote in bulk."""
    found: int | None = await session.scalar(select(imports.c.user_id).where(imports.c.written_by_id == inbox_id))
    return found


async def take_back_all(bulk: Bulk, actor: Actor, written: int) -> Settled:
    """Put back what the message `written` wrote and still stands."""
    undone = exists().where(_undoing.c.undoes_id == changes.c.id)
    rows = await _rows(bulk.session, changes.c.inbox_id == written, changes.c.undoes_id.is_(None), ~undone)
    settled, free = await _free(bulk.session, actor, rows, written)
    made = {"field": "withdrawn_at", "before": None, "after": bulk.now.isoformat()}
    await bulk.log(
        {"thing": row.thing, "thing_id": row.thing_id, "undoes_id": row.id}
        | ({"field": row.field, "before": row.after, "after": row.before} if row.field else made)
        for row in reversed(free)
    )
    for thing, name, some in _kinds(free):
        if name:
            await bulk.set_values(thing, name, [(row.thing_id, row.before) for row in some])
        else:
            await bulk.set_moment(thing, [row.thing_id for row in some], bulk.now)
    await bulk.index()
    return settled


async def write_all_again(bulk: Bulk, actor: Actor, written: int, by: int) -> Settled:
    """Write again what the message `by` put back of the message `written`; the log says that `written` wrote it."""
    back = exists().where(_undoing.c.undoes_id == changes.c.id, _undoing.c.inbox_id == by)
    rows = await _rows(bulk.session, changes.c.inbox_id == written, back)
    settled, free = await _free(bulk.session, actor, rows, written, by)
    of_message = Bulk(bulk.session, bulk.now, bulk.user_id, written)
    told = ("thing", "thing_id", "field", "before", "after")
    await of_message.log({name: getattr(row, name) for name in told} for row in free)
    for thing, name, some in _kinds(free):
        if name:
            await bulk.set_values(thing, name, [(row.thing_id, row.after) for row in some])
        else:
            await bulk.set_moment(thing, [row.thing_id for row in some], None)
    await bulk.index()
    return settled


async def _rows(session: AsyncSession, *where: Any) -> list[Any]:
    found: list[Any] = []
    wanted, last = select(*_ROW).where(*where).order_by(changes.c.id).limit(BATCH), 0
    while some := (await session.execute(wanted.where(changes.c.id > last))).all():
        found += some
        last = some[-1].id
        await asyncio.sleep(0)
    return found


def _kinds(rows: Sequence[Any]) -> list[tuple[str, str, list[Any]]]:
    kinds: dict[tuple[str, str], list[Any]] = {}
    for row in rows:
        kinds.setdefault((row.thing, row.field), []).append(row)
    return [(thing, name, some) for (thing, name), some in kinds.items()]


async def _free(session: AsyncSession, actor: Actor, rows: Sequence[Any], *messages: int) -> tuple[Settled, list[Any]]:
    """Those that nothing of another message stands upon, and what keeps the others."""
    kept: dict[int, int] = {}
    for some in in_batches(rows):
        kept |= await _changed_since(session, [row.id for row in some], messages)
        await asyncio.sleep(0)
    stays = await _out_of_sight(session, actor, rows)
    stays |= {(row.thing, row.thing_id): kept[row.id] for row in rows if not row.field and row.id in kept}
    await _keep_what_holds(session, rows, stays)
    return await asyncio.to_thread(_parted, rows, kept, stays)


async def _keep_what_holds(session: AsyncSession, rows: Sequence[Any], stays: Stays) -> None:
    """What something belongs to that is not put back stays too; how a deal began stays with the deal."""
    made: dict[str, set[int]] = {thing: set() for thing in THINGS}
    for row in rows:
        if not row.field:
            made[row.thing].add(row.thing_id)
    for thing in ("deal", "customer"):
        for some in in_batches(made[thing]):
            stays |= await _built_upon(session, thing, some, made, stays)
            await asyncio.sleep(0)
    for some in in_batches(made["stage_change"]):
        of_deals = select(stage_changes.c.id, stage_changes.c.deal_id).where(stage_changes.c.id.in_(some))
        for key, deal in await session.execute(of_deals):
            if ("deal", deal) in stays:
                stays["stage_change", key] = stays["deal", deal]


def _parted(rows: Sequence[Any], kept: Mapping[int, int], stays: Stays) -> tuple[Settled, list[Any]]:
    settled, free = Settled(), []
    for row in rows:
        by = kept.get(row.id, stays.get((row.thing, row.thing_id)))
        if by is None:
            free.append(row)
        else:
            settled.kept.append((row.thing, row.field, by))
    settled.done = list(dict.fromkeys((row.thing, row.field) for row in free))
    settled.kept = list(dict.fromkeys(settled.kept))
    return settled, free


async def _changed_since(session: AsyncSession, ids: Sequence[int], messages: Collection[int]) -> dict[int, int]:
    """Who has changed since, by another message, what changes wrote or made; those nobody did are left out."""
    undone = exists().where(_undoing.c.undoes_id == _later.c.id)
    same = and_(
        _later.c.thing == changes.c.thing,
        _later.c.thing_id == changes.c.thing_id,
        _later.c.id > changes.c.id,
        or_(changes.c.field == "", _later.c.field == changes.c.field),
    )
    other = or_(_later.c.inbox_id.is_(None), _later.c.inbox_id.not_in(messages))
    found = select(changes.c.id, _later.c.user_id).join(_later, same)
    rows = await session.execute(found.where(changes.c.id.in_(ids), other, _later.c.undoes_id.is_(None), ~undone))
    return {key: user_id for key, user_id in rows}  # noqa: C416 - a row is no pair to a type checker


async def _built_upon(
    session: AsyncSession, thing: str, keys: Sequence[int], made: Mapping[str, set[int]], stays: Stays
) -> Stays:
    """Those of the records to which something belongs that the message did not make, or that stays, with whose doing
    that is.
    """
    pointer, found = f"{thing}_id", Stays()
    for name in THINGS:
        table = table_of(name)
        if pointer in table.c and "withdrawn_at" in table.c:
            told = and_(changes.c.thing == name, changes.c.thing_id == table.c.id, changes.c.field == "")
            pointing = select(table.c.id, table.c[pointer], changes.c.user_id).outerjoin(changes, told)
            rows = await session.execute(pointing.where(table.c[pointer].in_(keys), table.c.withdrawn_at.is_(None)))
            for own, key, user_id in rows:
                if own not in made[name] or (name, own) in stays:
                    found[thing, key] = stays.get((name, own), user_id or 0)
    return found


async def _out_of_sight(session: AsyncSession, actor: Actor, rows: Sequence[Any]) -> Stays:
    """Customers that stand and that the actor does not see any more, with their people and deals, as nobody's doing."""
    if actor.user.role == "admin":
        return {}
    homes = {("customer", row.thing_id): row.thing_id for row in rows if row.thing == "customer"}
    for thing in ("contact", "deal"):
        table = table_of(thing)
        for some in in_batches({row.thing_id for row in rows if row.thing == thing}):
            found = await session.execute(select(table.c.id, table.c.customer_id).where(table.c.id.in_(some)))
            homes |= {(thing, key): customer_id for key, customer_id in found}
    keys, seen = set(homes.values()), set[int]()
    # Most are the actor's own, which is told by the row alone: the rights proper are asked of the rest.
    for mine in (or_(customers.c.owner_id == actor.id, customers.c.withdrawn_at.is_not(None)), sees_customer(actor)):
        for some in in_batches(keys - seen):
            seen |= set(await session.scalars(select(customers.c.id).where(customers.c.id.in_(some), mine)))
            await asyncio.sleep(0)
    return {record: 0 for record, home in homes.items() if home not in seen}
