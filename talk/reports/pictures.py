"""A report as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from babel.dates import format_date

from crm.money import Money
from crm.reports.figures import added, of_currency
from crm.reports.forecast import ForecastReport
from crm.reports.funnel import FunnelReport
from crm.reports.trend import Period, TrendReport
from talk.catalogue import told
from talk.charts import Bar, FunnelChart, Point, TrendChart, alt_text, png
from talk.forms import LOCALES, Reader
from talk.message import Count, Parts, Phrase, Span
from talk.picture import Picture
from talk.reports.forecast import forecast_lines
from talk.reports.funnel import change_told, span_of
from talk.reports.parts import main_currency, whole

FEWEST = 4  # periods of a trend


def funnel_chart(report: FunnelReport, who: Any, reader: Reader, *, title: str = "list_funnel") -> FunnelChart:
    """The funnel, a stage each, in the order of the pipelines. A bar shows the amount in the currency that most stands
    in, the count where no amount is known.
    """
    currency = main_currency(report.total.sums)
    bars = tuple(
        Bar(
            told(line.names, reader),
            told(Count(line.now.count, "count_deals"), reader),
            told(Parts(line.now.sums), reader),
            float(of_currency(line.now.sums, currency).major) if currency else float(line.now.count),
            told([change], reader) if (change := change_told(line)) else "",
        )
        for line in report.stages
        if line.now.count
    )
    total = Parts((Count(report.total.count, "count_deals"), *report.total.sums))
    return FunnelChart(
        told(Phrase(title, {"who": who}), reader), told(span_of(report), reader), bars, told(total, reader)
    )


def trend_chart(report: TrendReport, who: Any, reader: Reader) -> TrendChart:
    """What was won, the oldest period first, with the line to be reached where there is a target in that currency."""
    currency = main_currency(added(*(period.won.sums for period in report.periods)))
    points = tuple(_point(period, currency, report.kind, reader) for period in _since_the_first(report))
    chart = TrendChart(told(Phrase(f"trend_{report.kind}", {"who": who}), reader), "", points)
    goal = report.goal
    if goal is None or goal.currency != currency:
        return chart
    target = float(Money(goal.value, currency).major)
    return replace(chart, target=target, target_text=told(Phrase("trend_target", {"value": goal.shown}), reader))


def forecast_chart(report: ForecastReport, who: Any, reader: Reader) -> FunnelChart:
    """What is expected to close, a stage each: its weighted amount in the currency that most is in."""
    currency = main_currency(report.forecast.total)
    bars = tuple(
        Bar(
            told(one.names, reader),
            told(Count(one.expected.count, "count_deals"), reader),
            told(Parts(whole(one.expected.weighted)), reader),
            float(of_currency(one.expected.weighted, currency).major) if currency else float(one.expected.count),
        )
        for one in report.stages
        if one.expected.count
    )
    days = Span(report.forecast.since, report.forecast.until)
    lines = tuple(told(line, reader) for line in forecast_lines(report.forecast))
    is_open = days.since is None and days.until is None
    title = told(Phrase("list_forecast", {"who": who}), reader)
    return FunnelChart(title, "" if is_open else told(days, reader), bars, lines[-1] if lines else "")


def forecast_picture(report: ForecastReport, who: Any, reader: Reader) -> Picture | None:
    """The forecast as a picture, None where nothing is expected."""
    chart = forecast_chart(report, who, reader)
    return Picture.of("forecast.png", alt_text(chart), png(chart)) if chart.bars else None


def funnel_picture(report: FunnelReport, who: Any, reader: Reader, *, title: str = "list_funnel") -> Picture | None:
    """The funnel as a picture, None where nothing stands in it."""
    chart = funnel_chart(report, who, reader, title=title)
    return Picture.of("funnel.png", alt_text(chart), png(chart)) if chart.bars else None


def trend_picture(report: TrendReport, who: Any, reader: Reader) -> Picture | None:
    """The trend as a picture, None where nothing was won."""
    chart = trend_chart(report, who, reader)
    return None if report.is_empty else Picture.of("trend.png", alt_text(chart), png(chart))


def _since_the_first(report: TrendReport) -> Sequence[Period]:
    """The periods since something was won, the last few anyway: before that a picture would be empty."""
    first = next((place for place, period in enumerate(report.periods) if period.won.count), 0)
    return report.periods[max(0, min(first, len(report.periods) - FEWEST)) :]


def _point(period: Period, currency: str, kind: str, reader: Reader) -> Point:
    first = period.since
    if kind == "month":
        label = format_date(first, "M月" if reader.language == "zh" else "MMM", locale=LOCALES[reader.language])
    else:
        label = f"{first.month}/{first.day}" if reader.language == "zh" else f"{first.day}/{first.month}"
    won = of_currency(period.won.sums, currency) if currency else None
    value = float(won.major) if won is not None else float(period.won.count)
    text = told(won if won is not None else Count(period.won.count, "count_deals"), reader)
    return Point(label, value, text, period.is_open)
