"""Which deals a brief names, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from crm.calendar import Calendar
from crm.reports.briefing import Reason, Standing, deals_to_push, reasons_for

TODAY = date(2026, 11, 20)
WELL = Standing(1, "ERP二期", "华信", 100.0, TODAY + timedelta(days=30), TODAY, TODAY)


def _why(**changed: object) -> tuple[Reason, ...]:
    return reasons_for(replace(WELL, **changed), TODAY, Calendar())  # type: ignore[arg-type]


def test_a_deal_with_which_all_is_well_has_no_reason() -> None:
    assert _why() == ()
    assert _why(close_on=None) == ()


def test_a_close_that_is_near_or_over_is_a_reason() -> None:
    assert _why(close_on=TODAY + timedelta(days=7)) == (Reason("close_near", 7),)
    assert _why(close_on=TODAY) == (Reason("close_near", 0),)
    assert _why(close_on=TODAY - timedelta(days=2)) == (Reason("close_passed", 2),)


def test_silence_is_counted_in_working_days() -> None:
    assert _why(contacted_on=date(2026, 11, 17)) == (Reason("silent", 3),)
    assert _why(contacted_on=date(2026, 11, 18)) == ()
    assert _why(contacted_on=date(2026, 11, 14)) == (Reason("silent", 5),), "a Saturday: Monday is the first day after"


def test_a_stay_longer_than_usual_is_a_reason() -> None:
    entered = TODAY - timedelta(days=20)
    assert _why(entered_on=entered) == ()
    assert _why(entered_on=entered, usual_days=19) == (Reason("long_in_stage", 20),)
    assert _why(entered_on=entered, usual_days=20) == ()


def test_those_about_to_close_come_first_then_the_weightiest_and_three_at_most() -> None:
    silent = TODAY - timedelta(days=30)
    deals = [replace(WELL, deal_id=n, weight=float(n), contacted_on=silent) for n in range(2, 7)]
    closing = replace(WELL, deal_id=9, weight=0.0, close_on=TODAY)
    assert [one.deal.deal_id for one in deals_to_push([WELL, *deals, closing], TODAY, Calendar())] == [9, 6, 5]
