"""The forecast: what was won within a period, and what is expected to close in it, weighted, against the target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from crm.money import Money
from crm.reports.attainment import Attainment, Goal
from crm.reports.figures import NOTHING, Figures, added, of_currency


@dataclass(frozen=True)
class Forecast:
    """Won within the days from `since` to `until` (None: open), the open deals expected to close in them, the goal."""

    since: date | None
    until: date | None
    won: Figures = NOTHING
    expected: Figures = NOTHING
    goal: Goal | None = None

    @property
    def total(self) -> tuple[Money, ...]:
        """Won and weighted together, a currency each."""
        return added(self.won.sums, self.expected.weighted)

    @property
    def attainment(self) -> Attainment | None:
        """What the total comes to of the goal, in the goal's currency; None without a goal."""
        return self._of_goal(self.total)

    @property
    def won_attainment(self) -> Attainment | None:
        """What has been won already of the goal; None without a goal."""
        return self._of_goal(self.won.sums)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was won, nothing is expected, and no target is missed by it."""
        return not self.won.count and not self.expected.count and self.goal is None

    def _of_goal(self, sums: tuple[Money, ...]) -> Attainment | None:
        return None if self.goal is None else Attainment(self.goal, of_currency(sums, self.goal.currency).minor)


@dataclass(frozen=True)
class StageForecast:
    """What is expected to close out of one stage."""

    key: str
    names: Mapping[str, str]
    expected: Figures


@dataclass(frozen=True)
class PersonForecast:
    """One person's part."""

    name: str
    forecast: Forecast


@dataclass(frozen=True)
class ForecastReport:
    """A forecast with its parts: by stage in the order of the pipelines, by person with the largest total first."""

    forecast: Forecast
    stages: tuple[StageForecast, ...] = ()
    people: tuple[PersonForecast, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return self.forecast.is_empty
