"""Performance as people read it."""

from __future__ import annotations

from typing import Any

from crm.reports.attainment import Attainment
from crm.reports.performance import PerformanceReport, Person
from talk.message import Count, Parts, Phrase, Span, Word
from talk.reports.parts import MOST_PEOPLE, Facts, Section, capped, sums_told


def performance_facts(report: PerformanceReport, who: Any) -> Facts:
    """A performance report for the view of lists."""
    head = (Phrase("list_performance", {"who": who}), Span(report.since, report.until))
    sections: list[Section] = [
        (None, done_lines(report)),
        (Word("head_goals"), [attained_line(one) for one in report.attainments]),
        (Word("head_won_by_person"), people_lines(report, MOST_PEOPLE) if len(report.people) > 1 else []),
    ]
    told_of = {"head": Parts((*head, *sums_told(report.total.won))), "note": None}
    return told_of | {"sections": [one for one in sections if one[1]]}


def done_lines(report: PerformanceReport, *, is_flow_told: bool = False) -> list[Any]:
    """What was done beside what was won, in a line; new deals are told among what moved, where that is told."""
    total = report.total
    facts = (
        Phrase("done_new", {"parts": Parts(sums_told(total.new))}) if total.new.count and not is_flow_told else None,
        Phrase("done_visits", {"n": Count(total.visits, "count_visits")}) if total.visits else None,
        Phrase("done_customers", {"n": Count(total.new_customers, "count_customers")}) if total.new_customers else None,
    )
    return [Parts(facts)] if any(facts) else []


def attained_line(one: Attainment) -> Parts:
    """What was reached of a target, in one line."""
    facts = {"reached": one.goal.of(one.reached), "goal": one.goal.shown, "percent": one.percent}
    missing = Phrase("goal_missing", {"missing": one.goal.of(one.missing)}) if one.missing else None
    return Parts((Word(f"measure_{one.goal.measure}"), Phrase("goal_reached", facts), missing))


def people_lines(report: PerformanceReport, most: int) -> list[Any]:
    """A line a person: what they won, how much of the target that is, their visits."""
    return capped([_person(one) for one in report.people], most)


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
