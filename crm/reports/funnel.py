"""The funnel: what stands in which stage and how that changed, what moved within a period, and what lies still."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from crm.money import Money
from crm.pipelines import Stage, by_key
from crm.reports.figures import NOTHING, Bundle, Figures, added, figures, less
from crm.reports.forecast import Forecast

KINDS = ("new", "moved", "won", "lost")
Names = Mapping[str, str]


@dataclass(frozen=True)
class StageLine:
    """One stage: what stands in it now, and by how many deals and how much that changed, by today's amounts.

    Stages of several pipelines that have one key are one line.
    """

    key: str
    names: Names
    now: Figures
    more: int = 0
    more_sums: tuple[Money, ...] = ()


@dataclass(frozen=True)
class Shift:
    """So many deals that stood in a stage (None: were not there yet) stand in another now; `known` have an amount."""

    before: int | None
    now: int
    currency: str
    count: int
    minor: int
    known: int


@dataclass(frozen=True)
class Moved:
    """A deal that is named: where it came from (None: it is new) and went to."""

    deal_id: int
    deal: str
    customer: str
    owner: str
    before: Names | None
    after: Names
    amount: Money | None = None


@dataclass(frozen=True)
class Flow:
    """How many deals did one of KINDS within the period, their amounts, and the largest few of them."""

    figures: Figures = NOTHING
    named: tuple[Moved, ...] = ()


@dataclass(frozen=True)
class Stalled:
    """A stalled deal and the reasons, None where one does not hold: the days since it was last contacted (-1: never),
    the days in its stage, the expected close that has passed.
    """

    deal_id: int
    deal: str
    customer: str
    owner: str
    stage: Names
    amount: Money | None = None
    silent_days: int | None = None
    days_in_stage: int | None = None
    close_on: date | None = None


@dataclass(frozen=True)
class Conversion:
    """Of the deals that entered a stage within the cohort's days: how many went further, and how long those stayed that
    have left it, in seconds all together.
    """

    key: str
    names: Names
    entered: int
    advanced: int
    left: int
    seconds: int

    @property
    def days(self) -> float | None:
        """The average stay of those that have left, in days; None where none has."""
        return self.seconds / 86_400 / self.left if self.left else None


@dataclass(frozen=True)
class FunnelReport:
    """The funnel of some people from `since` up to `until`, read on `today`.

    `stalled` are the worst few of `stalled_count`; `silent_reps` entered nothing within the period.
    """

    since: datetime
    until: datetime
    today: date
    stages: tuple[StageLine, ...]
    total: Figures
    flows: Mapping[str, Flow]
    forecast: Forecast | None = None
    stalled: tuple[Stalled, ...] = ()
    stalled_count: int = 0
    silent_reps: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell: no open deal, and none that did anything within the period."""
        return not self.total.count and not any(flow.figures.count for flow in self.flows.values())


def stage_lines(
    stages: Sequence[Stage], standing: Iterable[tuple[int, Bundle]], shifts: Iterable[Shift]
) -> tuple[StageLine, ...]:
    """A line a key of the open stages, in the order of the pipelines; none for what holds nothing and is unchanged."""
    held: dict[int, list[Bundle]] = {}
    for stage_id, bundle in standing:
        held.setdefault(stage_id, []).append(bundle)
    moved = [shift for shift in shifts if shift.before != shift.now]
    opened = by_key([stage for stage in stages if stage.outcome == "open"])
    lines = (_line(each, held, moved) for each in opened.values())
    return tuple(line for line in lines if line.now.count or line.more)


def _line(stages: Sequence[Stage], held: Mapping[int, list[Bundle]], moved: Sequence[Shift]) -> StageLine:
    keys = {stage.id for stage in stages}
    came = [shift for shift in moved if shift.now in keys and shift.before not in keys]
    went = [shift for shift in moved if shift.before in keys and shift.now not in keys]
    return StageLine(
        stages[0].key,
        stages[0].names,
        figures(bundle for stage in stages for bundle in held.get(stage.id, ())),
        sum(shift.count for shift in came) - sum(shift.count for shift in went),
        less(_amounts(came), _amounts(went)),
    )


def _amounts(shifts: Iterable[Shift]) -> tuple[Money, ...]:
    return added(Money(shift.minor, shift.currency) for shift in shifts if shift.known)
