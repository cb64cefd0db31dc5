"""The company's calendar and ladders as they hold: what ships, with what an admin settled."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.calendar import Calendar, CalendarDay
from crm.ladders import Ladder, Rung, rungs_of
from storage.ledger import Ledger
from storage.push_tables import calendar_days, ladders


async def calendar_of(session: AsyncSession) -> Calendar:
    """The working days, with those that were settled otherwise than published."""
    found = select(calendar_days.c.day, calendar_days.c.is_working).where(calendar_days.c.withdrawn_at.is_(None))
    return Calendar(dict((await session.execute(found)).all()))


async def rungs_for(session: AsyncSession, kind: str) -> tuple[Rung, ...]:
    """The ladder of a kind."""
    found = select(ladders.c.kind, ladders.c.rungs).where(ladders.c.withdrawn_at.is_(None), ladders.c.kind == kind)
    return rungs_of(kind, dict((await session.execute(found)).all()))


async def settled_days(session: AsyncSession) -> list[CalendarDay]:
    """The days that were settled otherwise than published, in order."""
    found = select(CalendarDay).where(calendar_days.c.withdrawn_at.is_(None)).order_by(calendar_days.c.day)
    return list(await session.scalars(found))


async def leave_day(ledger: Ledger, day: date) -> bool:
    """Let a day be as it is published again. Returns whether anything changed."""
    found = await ledger.session.scalar(select(CalendarDay).where(calendar_days.c.day == day).with_for_update())
    return found is not None and found.withdrawn_at is None and ledger.set(found, withdrawn_at=ledger.now)


async def settle_day(ledger: Ledger, day: date, *, is_working: bool, name: str) -> bool:
    """Write that a day is worked, or off. Returns whether anything changed."""
    found = await ledger.session.scalar(select(CalendarDay).where(calendar_days.c.day == day).with_for_update())
    if found is None:
        await ledger.add(CalendarDay(day, is_working, name))
        return True
    return ledger.set(found, is_working=is_working, name=name, withdrawn_at=None)


async def settle_ladder(ledger: Ledger, kind: str, rungs: list[dict[str, Any]]) -> bool:
    """Write the ladder of a kind. Returns whether anything changed."""
    found = await ledger.session.scalar(select(Ladder).where(ladders.c.kind == kind).with_for_update())
    if found is None:
        await ledger.add(Ladder(kind, rungs))
        return True
    return ledger.set(found, rungs=rungs, withdrawn_at=None)
