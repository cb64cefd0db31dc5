"""What was reached of a target, and which period a forecast is told for where nobody says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from crm.money import Money
from crm.reports.figures import share
from crm.targets import SUMS, Target, month_of, months_of, quarter_of


@dataclass(frozen=True)
class Goal:
    """What shall be reached of one measure: `value` in minor units of the currency for a sum, else a count."""

    measure: str
    value: int
    currency: str = "CNY"

    @property
    def shown(self) -> Money | int:
        """The value as it is told."""
        return self.of(self.value)

    def of(self, value: int) -> Money | int:
        """A value of the same kind as it is told."""
        return Money(value, self.currency) if self.measure in SUMS else value


@dataclass(frozen=True)
class Attainment:
    """What was reached of a goal."""

    goal: Goal
    reached: int

    @property
    def percent(self) -> int:
        """The share reached, rounded half up."""
        return share(self.reached, self.goal.value)

    @property
    def missing(self) -> int:
        """What is still missing, 0 where it was reached."""
        return max(0, self.goal.value - self.reached)


def goals_of(targets: Iterable[Target], period: str) -> dict[str, Goal]:
    """The goals of one person or team within a period, by measure. A quarter without a target of its own has the sum of
    its months', where all three are set in one currency.
    """
    by_period: dict[tuple[str, str], Target] = {(one.period, one.measure): one for one in targets}
    found = {measure: _goal([one]) for (told, measure), one in by_period.items() if told == period}
    if "Q" in period:
        for measure in {measure for _, measure in by_period} - found.keys():
            parts = [by_period[month, measure] for month in months_of(period) if (month, measure) in by_period]
            if len(parts) == 3 and len({one.currency for one in parts}) == 1:
                found[measure] = _goal(parts)
    return found


def goals_together(each: Iterable[Mapping[str, Goal]]) -> dict[str, Goal]:
    """The goals of several people added up: of a measure that everybody has a goal of, in one currency."""
    known = list(each)
    measures = set.intersection(*(set(one) for one in known)) if known else set()
    return {
        measure: Goal(measure, sum(one[measure].value for one in known), known[0][measure].currency)
        for measure in sorted(measures)
        if len({one[measure].currency for one in known}) == 1
    }


def period_aimed_at(goals: Mapping[str, Mapping[str, Goal]], today: date) -> str:
    """This month, or this quarter where only that has a target for what is won; `goals` are by period and measure."""
    month, quarter = month_of(today), quarter_of(today)
    has_month, has_quarter = ("won_amount" in goals.get(period, {}) for period in (month, quarter))
    return quarter if has_quarter and not has_month else month


def _goal(targets: list[Target]) -> Goal:
    return Goal(targets[0].measure, sum(one.value for one in targets), targets[0].currency)
