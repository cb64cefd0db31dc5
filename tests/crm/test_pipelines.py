"""Entry conditions: what keeps a deal from moving on."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crm.deals import Deal, Evidence, check_move, is_large_change, known_facts
from crm.errors import DealClosed, SameStage
from crm.money import Money
from crm.pipelines import SHIPPED, Stage, missing_facts


def _stages(pipeline: str = "standard") -> dict[str, Stage]:
    stages = {}
    for position, s in enumerate(SHIPPED[pipeline]):
        stage = Stage(1, s.key, {"zh": s.zh, "en": s.en}, position, s.win_rate, list(s.conditions), s.outcome)
        stage.id = position + 1
        stages[s.key] = stage
    return stages


def _missing(start: str, goal: str, known: set[str], pipeline: str = "standard") -> list[str]:
    stages = _stages(pipeline)
    return missing_facts(list(stages.values()), stages[start], stages[goal], known)


def test_a_next_stage_wants_its_own_conditions_only() -> None:
    assert _missing("proposal", "negotiation", set()) == ["quote_sent"]
    assert _missing("proposal", "negotiation", {"quote_sent"}) == []


def test_a_skipped_stage_wants_its_conditions_too() -> None:
    missing = _missing("contact", "negotiation", {"contact_known", "amount_known"})
    assert missing == ["needs_known", "decision_maker_known", "quote_sent"]


def test_a_project_passes_over_bidding_only_with_a_bid_date() -> None:
    assert _missing("proposal", "negotiation", {"quote_sent"}, "project") == ["bid_date"]


def test_moving_back_wants_nothing() -> None:
    assert _missing("negotiation", "needs", set()) == []


def test_losing_wants_a_reason_and_nothing_on_the_way() -> None:
    assert _missing("contact", "lost", set()) == ["lost_reason"]
    assert _missing("contact", "lost", {"lost_reason"}) == []


def test_winning_wants_the_contract_and_all_on_the_way() -> None:
    assert _missing("negotiation", "won", set()) == ["contract_amount", "contract_date"]
    assert "quote_sent" in _missing("proposal", "won", {"contract_amount", "contract_date"})


def _deal(amount: int | None = None) -> Deal:

    return Deal(1, "ERP", 1, 1, 1, datetime(2026, 1, 1, tzinfo=UTC), amount_minor=amount)


def test_facts_are_stated_or_read_from_the_records() -> None:
    known = known_facts(_deal(100), ["quote_sent"], Evidence(contact=True, budget=False))
    assert known == {"quote_sent", "contact_known", "amount_known", "contract_amount"}
    assert known_facts(_deal(), [], Evidence(budget=True)) == {"amount_known"}


def test_a_closed_deal_does_not_move_and_none_moves_to_where_it_stands() -> None:
    stages = _stages()
    with pytest.raises(DealClosed):
        check_move(_deal(), stages["won"], stages["needs"])
    with pytest.raises(SameStage):
        check_move(_deal(), stages["needs"], stages["needs"])


@pytest.mark.parametrize(
    ("before", "after", "is_large"),
    [
        (None, Money(100), False),
        (Money(100), Money(120), False),
        (Money(100), Money(121), True),
        (Money(100), Money(80), False),
        (Money(100), Money(79), True),
        (Money(100), Money(100, "USD"), True),
        (Money(0), Money(1), True),
    ],
)
def test_a_change_of_more_than_a_fifth_is_large(before: Money | None, after: Money, is_large: bool) -> None:
    assert is_large_change(before, after) is is_large
