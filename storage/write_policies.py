"""The write policies as an admin settled them, and who did."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.write_policies import WritePolicies, WritePolicy
from storage.ledger import Ledger
from storage.people_tables import users
from storage.policy_tables import write_policies as table
from storage.tables import changes

_SETTLED = select(table.c.kind, table.c.policy, table.c.limit_percent).where(table.c.withdrawn_at.is_(None))
_LAST_CHANGES = (
    select(table.c.kind, users.c.name, changes.c.at)
    .join(changes, (changes.c.thing == "write_policy") & (changes.c.thing_id == table.c.id))
    .join(users, users.c.id == changes.c.user_id)
    .where(table.c.withdrawn_at.is_(None))
    .order_by(changes.c.id)
)


async def write_policies(session: AsyncSession) -> WritePolicies:
    """The policies as they hold now."""
    return WritePolicies({kind: (policy, limit) for kind, policy, limit in await session.execute(_SETTLED)})


async def settled_by(session: AsyncSession) -> dict[str, tuple[str, datetime]]:
    """Who settled each kind that is not left to its default, and when: (name, moment) by kind."""
    return {kind: (name, at) for kind, name, at in await session.execute(_LAST_CHANGES)}


async def settle_policy(ledger: Ledger, kind: str, policy: str, limit: int | None) -> bool:
    """Write the policy of a kind; a limit of None leaves the one that holds. Returns whether anything changed."""
    found = await ledger.session.scalar(select(WritePolicy).where(table.c.kind == kind).with_for_update())
    if found is None:
        await ledger.add(WritePolicy(kind, policy, limit))
        return True
    told = {"policy": policy, "withdrawn_at": None} | ({} if limit is None else {"limit_percent": limit})
    if found.withdrawn_at is not None:
        told["limit_percent"] = limit
    return ledger.set(found, **told)
