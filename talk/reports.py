"""Reports as people read them: facts for a list's view, at most a screen, and what stands in a picture of them.

A line with nothing to tell is left out. What the figures mean is told in talk/definitions.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_HALF_UP
from typing import Any

from crm.money import Money
from crm.reports.attainment import Attainment
from crm.reports.figures import Figures, of_currency
from crm.reports.forecast import Forecast, ForecastReport
from crm.reports.funnel import Conversion, Flow, FunnelReport, Moved, StageLine, Stalled
from crm.reports.performance import PerformanceReport, Person
from talk.catalogue import told
from talk.forms import Reader
from talk.lists import list_blocks
from talk.message import Block, Count, Parts, Phrase, Span, Word

Facts = dict[str, Any]
Section = tuple[Any, Sequence[Any]]
MOST_PEOPLE = 8  # lines by person; of a review fewer
MOST_IN_REVIEW = 5
MOST_DEALS = 3  # that are named in a line, or told with their reasons
MOST_NAMES = 10
LONGEST = 16  # characters of a name within a line


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


def funnel_facts(
    report: FunnelReport, who: Any, *, title: str = "list_funnel", done: Sequence[Any] = (), is_brief: bool = False, is_own: bool = False
) -> Facts:
    """A funnel report for the view of lists. `who` is whose it is, `title` the key of the words that name it; what was
    `done` stands beside what moved. A brief one names fewer deals, one's own not who owns them.
    """
    days = span_of(report)
    flows = [line for kind, flow in report.flows.items() for line in _flow(kind, flow, 1 if is_brief else MOST_DEALS)]
    sections = [
        _stages(report),
        (days, [*flows, *done]),
        *_forecast(report.forecast),
        _stalled(report, 0 if is_brief else MOST_DEALS, is_own=is_own),
        (Phrase("head_silent_reps", {"days": days}), _names(report.silent_reps)),
    ]
    period = days if title.startswith("report_") else None
    head = Parts((Phrase(title, {"who": who}), period, *_standing(report.total)))
    return {"head": head, "sections": [one for one in sections if one[1]], "note": None}


def review_facts(
    report: FunnelReport,
    performance: PerformanceReport,
    conversions: Iterable[Conversion],
    who: Any,
    *,
    title: str,
    cohort: int,
) -> Facts:
    """The review of a week or a month: the funnel, what each did, how deals pass through the stages. `cohort` is how
    many days back the entries counted for that begin.
    """
    facts = funnel_facts(report, who, title=title, done=_done(performance, is_flow_told=True), is_brief=True)
    passed = [_conversion(one) for one in conversions]
    people = _people(performance, MOST_IN_REVIEW) if len(performance.people) > 1 else []
    more: list[Section] = [
        (Word("head_goals"), [attained_line(one) for one in performance.attainments]),
        (Word("head_won_by_person"), people),
        (Phrase("head_conversions", {"days": cohort}), passed),
    ]
    return facts | {"sections": [*facts["sections"], *(one for one in more if one[1])]}


def forecast_facts(report: ForecastReport, who: Any) -> Facts:
    """A forecast for the view of lists."""
    whole = report.forecast
    days = Span(whole.since, whole.until)
    head = Parts(
        (
            Phrase("list_forecast", {"who": who}),
            Phrase("filter_closing", {"days": days}) if whole.since or whole.until else None,
            *_sums(whole.expected),
        )
    )
    stages = [Parts((one.names, *_sums(one.expected), _weighted(one.expected))) for one in report.stages]
    people = [_person_forecast(one.name, one.forecast) for one in report.people]
    sections: list[Section] = [
        (None, _forecast_lines(whole)),
        (Word("head_by_stage"), stages),
        (Word("head_by_person"), _capped(people, MOST_PEOPLE) if len(people) > 1 else []),
    ]
    return {"head": head, "sections": [one for one in sections if one[1]], "note": None}


def performance_facts(report: PerformanceReport, who: Any) -> Facts:
    """A performance report for the view of lists."""
    head = (Phrase("list_performance", {"who": who}), Span(report.since, report.until))
    sections: list[Section] = [
        (None, _done(report)),
        (Word("head_goals"), [attained_line(one) for one in report.attainments]),
        (Word("head_won_by_person"), _people(report, MOST_PEOPLE) if len(report.people) > 1 else []),
    ]
    told_of = {"head": Parts((*head, *_sums(report.total.won))), "note": None}
    return told_of | {"sections": [one for one in sections if one[1]]}


def funnel_blocks(report: FunnelReport, who: Any, reader: Reader, *, title: str = "list_funnel") -> tuple[Block, ...]:
    """A funnel report as it is sent: `who` as the words of a list's head say it (Word("whose_team"), a name)."""
    return tuple(list_blocks(funnel_facts(report, who, title=title), reader))


def review_blocks(
    report: FunnelReport,
    performance: PerformanceReport,
    conversions: Iterable[Conversion],
    who: Any,
    reader: Reader,
    *,
    title: str,
    cohort: int,
) -> tuple[Block, ...]:
    """A review as it is sent; `title` is report_week or report_month."""
    return tuple(list_blocks(review_facts(report, performance, conversions, who, title=title, cohort=cohort), reader))


def funnel_chart_facts(report: FunnelReport, reader: Reader) -> list[StageFact]:
    """What a picture of the funnel shows, a stage each, in the order of the pipelines."""
    currency = _main_currency(report.total.sums)
    return [
        StageFact(
            told(line.names, reader),
            float(of_currency(line.now.sums, currency).major) if currency else float(line.now.count),
            told(Count(line.now.count, "count_deals"), reader),
            told(Parts(line.now.sums), reader),
            told([change], reader) if (change := _change(line)) else "",
        )
        for line in report.stages
        if line.now.count
    ]


def span_of(report: FunnelReport) -> Span:
    """The days of a report's period: the last is the one that the moment before its end falls on."""
    last = max(report.since, report.until - timedelta(microseconds=1))
    return Span(report.since.date(), last.date())


def _main_currency(sums: Sequence[Money]) -> str:
    return max(sums, key=lambda money: money.major).currency if sums else ""


def _stages(report: FunnelReport) -> Section:
    changed = any(line.more or line.more_sums for line in report.stages)
    head = Phrase("head_stages_since", {"since": report.since}) if changed else Word("head_by_stage")
    return head, [Parts((line.names, *_sums(line.now), _change(line))) for line in report.stages]


def _change(line: StageLine) -> Any:
    parts = [_signed(line.more), *(_signed(money) for money in line.more_sums)]
    kept = [part for part in parts if part is not None]
    return Phrase("stage_change", {"parts": Parts(kept)}) if kept else None


def _signed(value: Money | int) -> Any:
    amount = value.minor if isinstance(value, Money) else value
    if not amount:
        return None
    size = Money(abs(amount), value.currency) if isinstance(value, Money) else abs(amount)
    return Phrase("change_up" if amount > 0 else "change_down", {"value": size})


def _flow(kind: str, flow: Flow, most: int) -> list[Any]:
    if not flow.figures.count:
        return []
    more = flow.figures.count - len(flow.named[:most])
    named = [*(_moved(one) for one in flow.named[:most]), *([Phrase("and_more", {"n": more})] if more else [])]
    return [Parts((Word(f"flow_{kind}"), *_sums(flow.figures), named))]


def _moved(one: Moved) -> Phrase:
    facts = {"deal": _short(one.deal), "customer": _short(one.customer), "before": one.before or "", "after": one.after}
    return Phrase("moved_deal" if one.before else "named_deal", facts)


def _forecast(forecast: Forecast | None) -> list[Section]:
    if forecast is None or forecast.is_empty:
        return []
    days = Span(forecast.since, forecast.until)
    return [(Phrase("head_forecast", {"days": days}), _forecast_lines(forecast))]


def _forecast_lines(forecast: Forecast) -> list[Any]:
    sums = {"total": forecast.total, "won": forecast.won.sums, "weighted": forecast.expected.weighted}
    parts = {name: _amounts(each, forecast) for name, each in sums.items()}
    lines: list[Any] = [Phrase("forecast_told", parts)]
    if forecast.goal and forecast.attainment and forecast.won_attainment:
        expected, done = forecast.attainment, forecast.won_attainment
        facts = {"goal": forecast.goal.shown, "expected": expected.percent, "done": done.percent}
        lines.append(Phrase("forecast_goal", facts))
    return lines


def _amounts(sums: Sequence[Money], forecast: Forecast) -> list[Money]:
    return _whole(sums) or [
        Money(0, forecast.goal.currency if forecast.goal else _main_currency(forecast.total) or "CNY")
    ]


def _person_forecast(name: str, forecast: Forecast) -> Parts:
    done = Phrase("percent_of_goal", {"percent": forecast.attainment.percent}) if forecast.attainment else None
    won = Phrase("part_won", {"sums": list(forecast.won.sums)}) if forecast.won.sums else None
    return Parts((name, won, _weighted(forecast.expected), done))


def _stalled(report: FunnelReport, most: int, *, is_own: bool) -> Section:
    if not report.stalled_count:
        return None, []
    count = Count(report.stalled_count, "count_deals")
    if not most:
        return None, [Phrase("stalled_counted", {"n": count})]
    return Phrase("head_stalled", {"n": count}), [_stalled_line(one, is_own=is_own) for one in report.stalled[:most]]


def _stalled_line(one: Stalled, *, is_own: bool) -> Parts:
    reasons: list[Any] = []
    if one.silent_days is not None:
        days = Count(one.silent_days, "count_days")
        reasons.append(Phrase("contacted_ago", {"days": days}) if one.silent_days >= 0 else Word("never_contacted"))
    if one.days_in_stage is not None:
        reasons.append(Phrase("in_stage_for", {"days": Count(one.days_in_stage, "count_days")}))
    if one.close_on is not None:
        reasons.append(Phrase("close_passed", {"day": one.close_on}))
    named = Phrase("named_deal", {"deal": _short(one.deal), "customer": _short(one.customer)})
    return Parts((named, one.amount, *reasons, None if is_own else one.owner))


def _done(report: PerformanceReport, *, is_flow_told: bool = False) -> list[Any]:
    """What was done beside what was won, in a line; new deals are told among what moved, where that is told."""
    total = report.total
    facts = (
        Phrase("done_new", {"parts": Parts(_sums(total.new))}) if total.new.count and not is_flow_told else None,
        Phrase("done_visits", {"n": Count(total.visits, "count_visits")}) if total.visits else None,
        Phrase("done_customers", {"n": Count(total.new_customers, "count_customers")}) if total.new_customers else None,
    )
    return [Parts(facts)] if any(facts) else []


def attained_line(one: Attainment) -> Parts:
    """What was reached of a target, in one line."""
    facts = {"reached": one.goal.of(one.reached), "goal": one.goal.shown, "percent": one.percent}
    missing = Phrase("goal_missing", {"missing": one.goal.of(one.missing)}) if one.missing else None
    return Parts((Word(f"measure_{one.goal.measure}"), Phrase("goal_reached", facts), missing))


def _people(report: PerformanceReport, most: int) -> list[Any]:
    return _capped([_person(one) for one in report.people], most)


def _person(one: Person) -> Parts:
    done = one.results
    amount = next((each for each in one.attainments if each.goal.measure == "won_amount"), None)
    return Parts(
        (
            one.name,
            Count(done.won.count, "count_deals"),
            *done.won.sums,
            Phrase("percent_of_goal", {"percent": amount.percent}) if amount else None,
            Phrase("done_visits", {"n": Count(done.visits, "count_visits")}) if done.visits else None,
        )
    )


def _conversion(one: Conversion) -> Parts:
    rate = Phrase("conversion_rate", {"percent": round(100 * one.advanced / one.entered), "n": one.entered})
    stay = Phrase("conversion_stay", {"days": f"{one.days:.1f}"}) if one.days is not None else None
    return Parts((one.names, rate, stay))


def _standing(total: Figures) -> list[Any]:
    return [*_sums(total), _weighted(total)] if total.count else []


def _sums(figures: Figures) -> list[Any]:
    without = Phrase("deals_without_amount", {"n": figures.without}) if figures.without else None
    return [Count(figures.count, "count_deals"), *figures.sums, without]


def _weighted(figures: Figures) -> Any:
    return Phrase("part_weighted", {"sums": _whole(figures.weighted)}) if figures.weighted else None


def _whole(sums: Iterable[Money]) -> list[Money]:
    """Amounts in whole yuan, dollars …: of what is weighted nobody wants the fen."""
    return [Money.of(money.major.to_integral_value(ROUND_HALF_UP), money.currency) for money in sums]


def _names(names: Sequence[str]) -> list[Any]:
    more = [Phrase("and_more", {"n": len(names) - MOST_NAMES})] if len(names) > MOST_NAMES else []
    return [[*names[:MOST_NAMES], *more]] if names else []


def _capped(lines: list[Any], most: int) -> list[Any]:
    more = len(lines) - most
    return [*lines[:most], Phrase("and_more", {"n": more})] if more > 1 else lines


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"
