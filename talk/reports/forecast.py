"""A forecast as people read it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm.money import Money
from crm.reports.forecast import Forecast, ForecastReport
from talk.message import Parts, Phrase, Span, Word
from talk.reports.parts import MOST_PEOPLE, Facts, Section, capped, main_currency, sums_told, weighted_told, whole


def forecast_facts(report: ForecastReport, who: Any) -> Facts:
    """A forecast for the view of lists."""
    whole = report.forecast
    days = Span(whole.since, whole.until)
    head = Parts(
        (
            Phrase("list_forecast", {"who": who}),
            Phrase("filter_closing", {"days": days}) if whole.since or whole.until else None,
            *sums_told(whole.expected),
        )
    )
    stages = [Parts((one.names, *sums_told(one.expected), weighted_told(one.expected))) for one in report.stages]
    people = [_person_forecast(one.name, one.forecast) for one in report.people]
    sections: list[Section] = [
        (None, forecast_lines(whole)),
        (Word("head_by_stage"), stages),
        (Word("head_by_person"), capped(people, MOST_PEOPLE) if len(people) > 1 else []),
    ]
    return {"head": head, "sections": [one for one in sections if one[1]], "note": None}


def forecast_sections(forecast: Forecast | None) -> list[Section]:
    """The forecast as a section of another report, none where it tells nothing."""
    if forecast is None or forecast.is_empty:
        return []
    days = Span(forecast.since, forecast.until)
    return [(Phrase("head_forecast", {"days": days}), forecast_lines(forecast))]


def forecast_lines(forecast: Forecast) -> list[Any]:
    """What is expected, and what that comes to of the target."""
    sums = {"total": forecast.total, "won": forecast.won.sums, "weighted": forecast.expected.weighted}
    parts = {name: _amounts(each, forecast) for name, each in sums.items()}
    lines: list[Any] = [Phrase("forecast_told", parts)]
    if forecast.goal and forecast.attainment and forecast.won_attainment:
        expected, done = forecast.attainment, forecast.won_attainment
        facts = {"goal": forecast.goal.shown, "expected": expected.percent, "done": done.percent}
        lines.append(Phrase("forecast_goal", facts))
    return lines


def _amounts(sums: Sequence[Money], forecast: Forecast) -> list[Money]:
    return whole(sums) or [
        Money(0, forecast.goal.currency if forecast.goal else main_currency(forecast.total) or "CNY")
    ]


def _person_forecast(name: str, forecast: Forecast) -> Parts:
    done = Phrase("percent_of_goal", {"percent": forecast.attainment.percent}) if forecast.attainment else None
    won = Phrase("part_won", {"sums": list(forecast.won.sums)}) if forecast.won.sums else None
    return Parts((name, won, weighted_told(forecast.expected), done))
