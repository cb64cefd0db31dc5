"""When an open deal is stalled, as conditions on the table of deals: silent, long in its stage, its close passed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, or_, select

from storage.deal_tables import deals, stage_changes
from storage.tables import visits

# What a visit to a customer says of one of its deals: it was about that one, or about none in particular.
ABOUT_IT = (
    visits.c.customer_id == deals.c.customer_id,
    or_(visits.c.deal_id == deals.c.id, visits.c.deal_id.is_(None)),
    visits.c.withdrawn_at.is_(None),
)


def is_silent(since: datetime) -> ColumnElement[bool]:
    """Holds for deals made before a midnight that nobody has contacted since."""
    contact = select(visits.c.id).where(*ABOUT_IT, visits.c.held_on >= since.date())
    return and_(deals.c.created_at < since, ~contact.correlate(deals).exists())


def stands_since_before(moment: datetime) -> ColumnElement[bool]:
    """Holds for deals that entered their stage before a moment: none of their moves is later."""
    later = select(stage_changes.c.id).where(
        stage_changes.c.deal_id == deals.c.id, stage_changes.c.at >= moment, stage_changes.c.withdrawn_at.is_(None)
    )
    return and_(deals.c.created_at < moment, ~later.correlate(deals).exists())


def close_has_passed(today: date) -> ColumnElement[bool]:
    """Holds for deals whose expected close lies before today."""
    return deals.c.close_on < today
