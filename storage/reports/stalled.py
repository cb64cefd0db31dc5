"""The stalled deals: how many, and the worst few with their reasons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, tzinfo

from sqlalchemy import case, func, select

from crm.deals import LONG_IN_STAGE_DAYS, SILENT_DAYS
from crm.reports.funnel import Stalled
from storage.deal_tables import deals
from storage.lists.deals import DealRow, deals_among
from storage.reports.scope import HOME, Scope
from storage.stalled import close_has_passed, is_silent, stands_since_before

FEW = 3


async def stalled_now(scope: Scope, today: date, zone: tzinfo) -> tuple[int, tuple[Stalled, ...]]:
    """How many open deals are stalled, and the worst: those with the most reasons first, then the largest."""
    opened = deals.c.stage_id.in_(scope.ends("open"))
    midnight = datetime.combine(today, time(), zone)
    reasons = {
        "silent": is_silent(midnight - timedelta(days=SILENT_DAYS - 1)),
        "standing": stands_since_before(midnight - timedelta(days=LONG_IN_STAGE_DAYS)),
        "late": close_has_passed(today),
    }
    flags = [case((reason, 1), else_=0).label(name) for name, reason in reasons.items()]
    told = select(deals.c.id, deals.c.amount_minor, *flags).select_from(HOME).where(opened, *scope.where)
    held = told.cte("held").prefix_with("MATERIALIZED")  # or each use of a flag would look its reason up anew
    weight = held.c.silent + held.c.standing + held.c.late
    found = select(held.c.id, held.c.silent, held.c.standing, held.c.late, func.count().over()).where(weight > 0)
    order = (weight.desc(), held.c.amount_minor.is_(None), held.c.amount_minor.desc(), held.c.id)
    rows = await scope.rows(found.order_by(*order).limit(FEW))
    if not rows:
        return 0, ()
    known = {row.deal.id: row for row in await deals_among(scope.session, scope.actor, [row[0] for row in rows])}
    return int(rows[0][4]), tuple(_stalled(known[row[0]], row[1:4], today, zone) for row in rows)


def _stalled(row: DealRow, flags: Sequence[int], today: date, zone: tzinfo) -> Stalled:
    silent, standing, late = flags
    entered = (row.entered_at or row.deal.created_at).astimezone(zone).date()
    contact = (today - row.contacted_on).days if row.contacted_on else -1
    return Stalled(
        row.deal.id,
        row.deal.name,
        row.customer,
        row.owner,
        row.stage.names,
        row.deal.amount,
        contact if silent else None,
        (today - entered).days if standing else None,
        row.deal.close_on if late else None,
    )
