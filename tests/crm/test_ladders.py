"""Which ladders can be: days that rise within bounds, and recipients that are known."""

from __future__ import annotations

import pytest

from crm.ladders import DEFAULTS, MOST_DAYS, MOST_RUNGS, Rung, check_rungs, plain_rungs, rungs_of, with_days
from crm.setting_errors import EmptyLadder, InvalidLadder, LadderDay, LadderOutOfOrder, LadderTooLong, UnknownRecipient

REP = ("rep",)


@pytest.mark.parametrize("rungs", DEFAULTS.values())
def test_the_ladders_that_ship_can_be(rungs: tuple[Rung, ...]) -> None:
    assert check_rungs(rungs) == rungs


@pytest.mark.parametrize(
    ("rungs", "refusal"),
    [
        ([], EmptyLadder),
        ([Rung(1, ())], EmptyLadder),
        ([Rung(0, REP)], LadderDay),
        ([Rung(-3, REP)], LadderDay),
        ([Rung(MOST_DAYS + 1, REP)], LadderDay),
        ([Rung(3, REP), Rung(3, REP)], LadderOutOfOrder),
        ([Rung(5, REP), Rung(3, REP)], LadderOutOfOrder),
        ([Rung(1, ("rep", "财务"))], UnknownRecipient),
        ([Rung(day, REP) for day in range(1, MOST_RUNGS + 2)], LadderTooLong),
    ],
)
def test_a_ladder_that_cannot_be_is_refused(rungs: list[Rung], refusal: type[InvalidLadder]) -> None:
    with pytest.raises(refusal):
        check_rungs(rungs)


def test_the_refusal_says_what_is_wrong() -> None:
    with pytest.raises(LadderOutOfOrder) as told:
        check_rungs([Rung(5, REP), Rung(3, REP)])
    assert told.value.facts == {"first": 5, "second": 3}


def test_new_days_keep_whom_each_rung_tells_and_repeat_the_last() -> None:
    moved = with_days(DEFAULTS["silent_deal"], [2, 4, 6, 9])
    assert [(rung.after, rung.to, rung.is_high_risk) for rung in moved] == [
        (2, ("rep",), False),
        (4, ("rep", "superior"), False),
        (6, ("rep", "superior"), True),
        (9, ("rep", "superior"), True),
    ]


def test_what_is_kept_as_json_is_the_same_ladder_again() -> None:
    rungs = (Rung(2, ("rep", "upper"), is_high_risk=True, words="{parts}?"),)
    assert rungs_of("silent_deal", {"silent_deal": plain_rungs(rungs)}) == rungs
