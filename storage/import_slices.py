"""An import is written in slices, each a transaction of its own: on SQLite one writes at a time, and whoever writes a
visit meanwhile waits for a slice instead of for a hundred thousand rows.

What a slice wrote is counted up in the import's row, in the same transaction. A process that ends in between leaves a
part; the next one goes on, for what stands is known by its name and nothing is missing in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, tzinfo

from sqlalchemy.ext.asyncio import AsyncSession

from crm.import_plan import Plan
from crm.imports import Import
from crm.pipelines import Stage
from crm.sheet_errors import ImportStale
from storage.bulk import Bulk
from storage.import_writes import Writing, Written, write_plan
from storage.imports import hold_customers, locked_import, newest_of_customers

SLICE = 150  # firms


@dataclass
class Slice:
    """The transaction of a slice; `written` counts what this and those before it wrote."""

    session: AsyncSession
    told: Import
    inbox_id: int
    newest: int
    written: Written

    async def write(self, plan: Plan, stages: Mapping[str, Stage], now: datetime, zone: tzinfo) -> int:
        """Write a part of a plan; the newest change of a customer thereafter."""
        bulk = Bulk(self.session, now, self.told.user_id, self.inbox_id)
        await write_plan(Writing(bulk, self.told.ways, stages, zone, self.written), plan)
        self.told.told = {**self.told.told, "written": asdict(self.written)}
        return await newest_of_customers(self.session, self.newest) or self.newest


async def begin_slice(session: AsyncSession, key: int, newest: int) -> Slice | None:
    """The next slice of the import `key`; None where customers changed since the change `newest`. ImportStale where it
    is to be written no more.
    """
    told = await locked_import(session, key)
    if told is None or told.state != "writing" or told.written_by_id is None:
        raise ImportStale
    await hold_customers(session)
    begun = told.told.get("written")
    if await newest_of_customers(session, newest, ("customer",) if begun else ("customer", "contact")):
        return None
    return Slice(session, told, told.written_by_id, newest, Written(**begun or {}))
