"""What stands in a picture of a report."""

from __future__ import annotations

from dataclasses import dataclass

from babel.dates import format_date

from crm.money import Money
from crm.reports.figures import added, of_currency
from crm.reports.funnel import FunnelReport
from crm.reports.trend import Period, TrendReport
from talk.catalogue import told
from talk.forms import LOCALES, Reader
from talk.message import Count, Parts
from talk.reports.funnel import change_told
from talk.reports.parts import main_currency


@dataclass(frozen=True)
class StageFact:
    """What a picture of the funnel says of one stage; `size` is its amount in the currency most stands in, else the
    count where no amount is known.
    """

    label: str
    size: float
    count_text: str
    sum_text: str
    change_text: str


@dataclass(frozen=True)
class PointFact:
    """What a picture of a trend says of one period; `value` is the amount won in the currency most is in, else the
    count. A period that still runs `is_open`.
    """

    label: str
    value: float
    text: str
    is_open: bool


@dataclass(frozen=True)
class TrendFacts:
    """What a picture of a trend shows: its points, and the line to be reached where there is a target in the currency
    of the points.
    """

    points: list[PointFact]
    target: float | None = None
    target_text: str = ""


def funnel_chart_facts(report: FunnelReport, reader: Reader) -> list[StageFact]:
    """What a picture of the funnel shows, a stage each, in the order of the pipelines."""
    currency = main_currency(report.total.sums)
    return [
        StageFact(
            told(line.names, reader),
            float(of_currency(line.now.sums, currency).major) if currency else float(line.now.count),
            told(Count(line.now.count, "count_deals"), reader),
            told(Parts(line.now.sums), reader),
            told([change], reader) if (change := change_told(line)) else "",
        )
        for line in report.stages
        if line.now.count
    ]


def trend_chart_facts(report: TrendReport, reader: Reader) -> TrendFacts:
    """What a picture of the trend shows, the oldest period first."""
    currency = main_currency(added(*(period.won.sums for period in report.periods)))
    points = [_point(period, currency, report.kind, reader) for period in report.periods]
    goal = report.goal
    if goal is None or goal.currency != currency:
        return TrendFacts(points)
    return TrendFacts(points, float(Money(goal.value, currency).major), told(goal.shown, reader))


def _point(period: Period, currency: str, kind: str, reader: Reader) -> PointFact:
    first = period.since
    if kind == "month":
        label = format_date(first, "M月" if reader.language == "zh" else "MMM", locale=LOCALES[reader.language])
    else:
        label = f"{first.month}/{first.day}" if reader.language == "zh" else f"{first.day}/{first.month}"
    won = of_currency(period.won.sums, currency) if currency else None
    value = float(won.major) if won is not None else float(period.won.count)
    text = told(won if won is not None else Count(period.won.count, "count_deals"), reader)
    return PointFact(label, value, text, period.is_open)
