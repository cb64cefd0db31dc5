"""The funnel and the reviews of a week or a month as people read them, at most a screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from crm.money import Money
from crm.reports.figures import Figures
from crm.reports.funnel import Conversion, Flow, FunnelReport, Moved, StageLine, Stalled
from crm.reports.review import COHORT_DAYS, Review
from talk.message import Count, Parts, Phrase, Span, Word
from talk.reports.forecast import forecast_sections
from talk.reports.parts import MOST_DEALS, MOST_IN_REVIEW, Facts, Section, names_told, short, sums_told, weighted_told
from talk.reports.performance import attained_line, done_lines, people_lines


def funnel_facts(
    report: FunnelReport,
    who: Any,
    *,
    title: str = "list_funnel",
    done: Sequence[Any] = (),
    is_brief: bool = False,
    is_own: bool = False,
) -> Facts:
    """A funnel report for the view of lists. `who` is whose it is, `title` the key of the words that name it; what was
    `done` stands beside what moved. A brief one names fewer deals, one's own not who owns them.
    """
    days = span_of(report)
    flows = [line for kind, flow in report.flows.items() for line in _flow(kind, flow, 1 if is_brief else MOST_DEALS)]
    sections = [
        _stages(report),
        (days, [*flows, *done]),
        *forecast_sections(report.forecast),
        _stalled(report, 0 if is_brief else MOST_DEALS, is_own=is_own),
        (Phrase("head_silent_reps", {"days": days}), names_told(report.silent_reps)),
    ]
    period = days if title.startswith("report_") else None
    head = Parts((Phrase(title, {"who": who}), period, *_standing(report.total)))
    return {"head": head, "sections": [one for one in sections if one[1]], "note": None}


def review_facts(review: Review, who: Any) -> Facts:
    """The review of a week or a month for the view of lists."""
    done = review.performance
    title, told = f"report_{review.kind}", done_lines(done, is_flow_told=True)
    facts = funnel_facts(review.funnel, who, title=title, done=told, is_brief=True)
    more: list[Section] = [
        (Word("head_goals"), [attained_line(one) for one in done.attainments]),
        (Word("head_won_by_person"), people_lines(done, MOST_IN_REVIEW) if len(done.people) > 1 else []),
        (Phrase("head_conversions", {"days": COHORT_DAYS}), [_conversion(one) for one in review.conversions]),
    ]
    return facts | {"sections": [*facts["sections"], *(one for one in more if one[1])]}


def span_of(report: FunnelReport) -> Span:
    """The days of a report's period: the last is the one that the moment before its end falls on."""
    last = max(report.since, report.until - timedelta(microseconds=1))
    return Span(report.since.date(), last.date())


def _stages(report: FunnelReport) -> Section:
    changed = any(line.more or line.more_sums for line in report.stages)
    head = Phrase("head_stages_since", {"since": report.since}) if changed else Word("head_by_stage")
    return head, [Parts((line.names, *sums_told(line.now), change_told(line))) for line in report.stages]


def change_told(line: StageLine) -> Any:
    """By how much a stage changed, None where it did not."""
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
    return [Parts((Word(f"flow_{kind}"), *sums_told(flow.figures), named))]


def _moved(one: Moved) -> Phrase:
    facts = {"deal": short(one.deal), "customer": short(one.customer), "before": one.before or "", "after": one.after}
    return Phrase("moved_deal" if one.before else "named_deal", facts)


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
    named = Phrase("named_deal", {"deal": short(one.deal), "customer": short(one.customer)})
    return Parts((named, one.amount, *reasons, None if is_own else one.owner))


def _conversion(one: Conversion) -> Parts:
    rate = Phrase("conversion_rate", {"percent": round(100 * one.advanced / one.entered), "n": one.entered})
    stay = Phrase("conversion_stay", {"days": f"{one.days:.1f}"}) if one.days is not None else None
    return Parts((one.names, rate, stay))


def _standing(total: Figures) -> list[Any]:
    return [*sums_told(total), weighted_told(total)] if total.count else []
