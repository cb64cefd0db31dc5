"""Targets as they hold, and how one is written: of a person or a team there is one a period and measure."""

from __future__ import annotations

from sqlalchemy import select

from crm.targets import Target
from storage.ledger import Ledger
from storage.push_tables import targets


async def settle_target(ledger: Ledger, told: Target) -> Target | None:
    """Write a target in place of the one that holds. Returns the row; None where nothing changes."""
    where = [targets.c.period == told.period, targets.c.measure == told.measure]
    where += [
        targets.c.user_id.is_not_distinct_from(told.user_id),
        targets.c.team_id.is_not_distinct_from(told.team_id),
    ]
    found = await ledger.session.scalar(select(Target).where(*where).order_by(targets.c.id).limit(1).with_for_update())
    if found is None:
        return await ledger.add(told)
    changed = ledger.set(found, value=told.value, currency=told.currency, withdrawn_at=None)
    return found if changed else None
