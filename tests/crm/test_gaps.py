"""What a customer's records miss, and which customers' gaps are worth most."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from crm.reports.gaps import CustomerHeld, DealHeld, gaps_of, worst_gaps

TODAY = date(2026, 11, 20)
DEAL = DealHeld("ERP", 300, TODAY, has_next_step=True)
WHOLE = CustomerHeld(
    1, "华信", industry="软件", size="200人", person="王总", has_phone=True, has_decision_maker=True, deals=(DEAL,)
)


def _missing(held: CustomerHeld) -> list[tuple[str, str]]:
    return [(gap.key, gap.deal) for gap in gaps_of(held, TODAY).missing]


def test_where_all_is_told_nothing_is_missing() -> None:
    assert _missing(WHOLE) == []
    assert worst_gaps([WHOLE], TODAY) == []


@pytest.mark.parametrize(
    ("changed", "missing"),
    [
        ({"person": "", "has_phone": False, "has_decision_maker": False}, ["contact"]),
        ({"has_phone": False}, ["phone"]),
        ({"has_decision_maker": False}, ["decision_maker"]),
        ({"has_decision_maker": False, "deals": ()}, []),
        ({"industry": "", "size": ""}, ["industry", "size"]),
    ],
)
def test_each_gap_of_a_customer(changed: dict[str, Any], missing: list[str]) -> None:
    assert [key for key, _ in _missing(replace(WHOLE, **changed))] == missing


@pytest.mark.parametrize(
    ("changed", "missing"),
    [
        ({"amount": None}, "amount"),
        ({"close_on": None}, "close_on"),
        ({"close_on": TODAY - timedelta(days=1)}, "close_on"),
        ({"has_next_step": False}, "next_step"),
    ],
)
def test_each_gap_of_a_deal_names_it(changed: dict[str, Any], missing: str) -> None:
    assert _missing(replace(WHOLE, deals=(replace(DEAL, **changed),))) == [(missing, "ERP")]


def test_the_same_gap_is_worth_more_at_a_better_customer_and_with_a_larger_deal() -> None:
    lacking = replace(WHOLE, size="", deals=())
    vip = replace(lacking, customer_id=2, tier="vip")
    dealing = replace(lacking, customer_id=3, deals=(DEAL,))
    large = replace(lacking, customer_id=4, deals=(replace(DEAL, amount=1_000_000),))
    ranked = worst_gaps([lacking, vip, dealing, large], TODAY)
    assert [(one.customer_id, one.score) for one in ranked] == [(4, 6), (2, 4), (3, 3), (1, 1)]
