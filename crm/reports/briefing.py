"""The morning brief: which deals are to be pushed today, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from crm.calendar import Calendar
from crm.deals import LONG_IN_STAGE_DAYS

PUSHED = 3  # deals a brief names
CLOSE_NEAR_DAYS = 7
SILENT_WORKING_DAYS = 3


@dataclass(frozen=True)
class Standing:
    """An open deal as it stands for its owner; `weight` is its amount times its win rate, 0 where it has no amount."""

    deal_id: int
    name: str
    customer: str
    weight: float
    close_on: date | None
    contacted_on: date
    entered_on: date
    usual_days: int | None = None


@dataclass(frozen=True)
class Reason:
    """Why a deal is to be pushed: `key` is close_passed, close_near, silent or long_in_stage; after so many `days`."""

    key: str
    days: int


@dataclass(frozen=True)
class ToPush:
    """A deal to be pushed and the reasons, the most pressing first."""

    deal: Standing
    reasons: tuple[Reason, ...]


def reasons_for(deal: Standing, today: date, calendar: Calendar) -> tuple[Reason, ...]:
    """Why a deal is to be pushed, none where all is well."""
    found: list[Reason] = []
    if deal.close_on is not None and (deal.close_on - today).days <= CLOSE_NEAR_DAYS:
        days = (deal.close_on - today).days
        found.append(Reason("close_near", days) if days >= 0 else Reason("close_passed", -days))
    silent = calendar.between(deal.contacted_on, today)
    if silent >= SILENT_WORKING_DAYS:
        found.append(Reason("silent", silent))
    standing = (today - deal.entered_on).days
    if standing > (deal.usual_days or LONG_IN_STAGE_DAYS):
        found.append(Reason("long_in_stage", standing))
    return tuple(found)


def deals_to_push(deals: Iterable[Standing], today: date, calendar: Calendar) -> list[ToPush]:
    """The few deals with reasons, those about to close first, of the rest the weightiest."""
    found = [ToPush(deal, reasons) for deal in deals if (reasons := reasons_for(deal, today, calendar))]
    return sorted(found, key=_urgency)[:PUSHED]


def _urgency(one: ToPush) -> tuple[bool, float, int]:
    is_closing = one.reasons[0].key in ("close_near", "close_passed")
    return not is_closing, -one.deal.weight, one.deal.deal_id
