"""Performance: what people won, opened, visited and acquired within a period, against their targets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from crm.reports.attainment import Attainment, Goal
from crm.reports.figures import NOTHING, Figures, added, of_currency
from crm.targets import MEASURES


@dataclass(frozen=True)
class Results:
    """What was done: deals won and opened with their amounts, visits made, customers acquired."""

    won: Figures = NOTHING
    new: Figures = NOTHING
    visits: int = 0
    new_customers: int = 0

    def of(self, goal: Goal) -> Attainment:
        """What these results come to of a goal."""
        reached = {
            "won_amount": of_currency(self.won.sums, goal.currency).minor,
            "won_deals": self.won.count,
            "new_deals": self.new.count,
            "visits": self.visits,
            "new_customers": self.new_customers,
        }
        return Attainment(goal, reached[goal.measure])

    @property
    def is_empty(self) -> bool:
        """Whether nothing was done."""
        return self == Results()


@dataclass(frozen=True)
class Person:
    """One person's results and what they reached, in the order of MEASURES."""

    user_id: int
    name: str
    results: Results
    attainments: tuple[Attainment, ...] = ()


@dataclass(frozen=True)
class PerformanceReport:
    """The results of some people from `since` to `until`, all together and one by one, the most won first."""

    since: date
    until: date
    total: Results
    people: tuple[Person, ...] = ()
    attainments: tuple[Attainment, ...] = field(default=())

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell: nothing done and nothing to reach."""
        return self.total.is_empty and not self.attainments


def together(results: Iterable[Results]) -> Results:
    """The results of several people added up."""
    each = list(results)
    return Results(
        _joined(one.won for one in each),
        _joined(one.new for one in each),
        sum(one.visits for one in each),
        sum(one.new_customers for one in each),
    )


def attained(results: Results, goals: Mapping[str, Goal]) -> tuple[Attainment, ...]:
    """What results come to of each goal, in the order of MEASURES."""
    return tuple(results.of(goals[measure]) for measure in MEASURES if measure in goals)


def ranked(people: Iterable[Person]) -> tuple[Person, ...]:
    """The people, whoever won most first: by the sum in yuan, then by the deals, the visits and the name."""

    def worth(person: Person) -> tuple[int, int, int, str]:
        won = person.results.won
        return -of_currency(won.sums, "CNY").minor, -won.count, -person.results.visits, person.name

    return tuple(sorted(people, key=worth))


def _joined(group: Iterable[Figures]) -> Figures:
    each = list(group)
    return Figures(
        sum(one.count for one in each),
        added(*(one.sums for one in each)),
        added(*(one.weighted for one in each)),
        sum(one.without for one in each),
    )
