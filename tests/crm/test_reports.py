"""Arithmetic of reports against numbers worked out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from crm.money import Money
from crm.pipelines import Stage, by_key
from crm.reports.attainment import Attainment, Goal, goals_of, goals_together, period_aimed_at
from crm.reports.figures import Bundle, Figures, added, figures, less, of_currency, share
from crm.reports.forecast import Forecast, ForecastReport
from crm.reports.funnel import Conversion, Flow, FunnelReport, Shift, stage_lines
from crm.reports.performance import PerformanceReport, Person, Results, attained, ranked, together
from crm.reports.trend import span_back, spans_before
from crm.targets import Target

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
TODAY = NOW.date()


def _stage(key: int, name: str, position: int, rate: int, outcome: str = "open", *, pipeline: int = 1) -> Stage:
    stage = Stage(pipeline, name, {"zh": name}, position, rate, outcome=outcome)
    stage.id = key
    return stage


STAGES = (
    _stage(1, "needs", 1, 20),
    _stage(2, "quote", 2, 40),
    _stage(3, "won", 3, 100, "won"),
    _stage(4, "needs", 1, 20, pipeline=2),
    _stage(5, "bid", 2, 55, pipeline=2),
    _stage(6, "quote", 3, 40, pipeline=2),
)


def test_weighted_amounts_are_added_before_they_are_rounded_a_currency_each() -> None:
    told = figures(
        [
            Bundle("CNY", 33, 1, 101, 1),  # 33.33
            Bundle("CNY", 33, 1, 101, 1),  # 33.33, together 66.66 and not 66
            Bundle("USD", 50, 2, 999, 1),  # 499.5; one of the two has no amount
        ]
    )
    assert told == Figures(4, (Money(202), Money(999, "USD")), (Money(67), Money(500, "USD")), 1)
    assert figures([Bundle("CNY", 40, 3, 0, 0)]) == Figures(3, (), (), 3)
    assert figures([]) == Figures()


def test_currencies_are_never_added_to_each_other() -> None:
    some, more = [Money(100), Money(7, "USD")], [Money(30), Money(7, "USD"), Money(5, "EUR")]
    assert added(some, more) == (Money(130), Money(5, "EUR"), Money(14, "USD"))
    assert less(some, more) == (Money(70), Money(-5, "EUR"))
    assert of_currency(some, "USD") == Money(7, "USD")
    assert of_currency(some, "EUR") == Money(0, "EUR")


@pytest.mark.parametrize(
    ("part", "whole", "percent"), [(0, 3, 0), (1, 3, 33), (2, 3, 67), (1, 200, 1), (1, 201, 0), (9, 4, 225)]
)
def test_a_share_is_rounded_half_up(part: int, whole: int, percent: int) -> None:
    assert share(part, whole) == percent


def test_stages_of_one_key_are_one_line_in_the_order_of_the_longest_pipeline() -> None:
    assert list(by_key(STAGES)) == ["needs", "bid", "quote", "won"]
    standing = [(1, Bundle("CNY", 20, 2, 1000, 2)), (4, Bundle("CNY", 20, 1, 500, 1)), (5, Bundle("USD", 55, 1, 0, 0))]
    lines = stage_lines(STAGES, standing, [])
    assert [(line.key, line.now.count, line.now.sums, line.now.weighted) for line in lines] == [
        ("needs", 3, (Money(1500),), (Money(300),)),
        ("bid", 1, (), ()),
    ]


def test_a_stage_changes_by_what_came_less_what_went_whatever_its_pipeline() -> None:
    shifts = [
        Shift(None, 1, "CNY", 2, 700, 1),  # new ones, one without an amount
        Shift(1, 2, "CNY", 1, 300, 1),
        Shift(1, 4, "CNY", 1, 999, 1),  # from one pipeline's needs to the other's: no change of the line
        Shift(2, 3, "USD", 1, 50, 1),  # won: it left the quotes
        Shift(2, 2, "CNY", 5, 5000, 5),  # went away and came back
    ]
    lines = {line.key: line for line in stage_lines(STAGES, [], shifts)}
    assert lines.keys() == {"needs"}  # quotes hold nothing: one came, one went
    assert (lines["needs"].more, lines["needs"].more_sums) == (1, (Money(400),))
    held = {line.key: line for line in stage_lines(STAGES, [(2, Bundle("CNY", 40, 1, 300, 1))], shifts)}
    assert (held["quote"].more, held["quote"].more_sums) == (0, (Money(300), Money(-50, "USD")))


def test_a_funnel_is_empty_only_without_open_deals_and_without_any_that_did_something() -> None:
    def report(total: Figures, **flows: Flow) -> FunnelReport:
        return FunnelReport(NOW, NOW, TODAY, (), total, flows, silent_reps=("李娜",))

    assert report(Figures(), new=Flow()).is_empty
    assert not report(Figures(1), new=Flow()).is_empty
    assert not report(Figures(), lost=Flow(Figures(1))).is_empty


def test_a_forecast_is_what_was_won_and_the_weighted_rest_against_the_goal_of_its_currency() -> None:
    won = Figures(1, (Money(30_00), Money(9_00, "USD")), (Money(30_00), Money(9_00, "USD")))
    expected = Figures(2, (Money(100_00),), (Money(45_00),))
    forecast = Forecast(TODAY, TODAY, won, expected, Goal("won_amount", 100_00))
    assert forecast.total == (Money(75_00), Money(9_00, "USD"))
    assert forecast.attainment == Attainment(Goal("won_amount", 100_00), 75_00)
    assert (forecast.attainment.percent, forecast.attainment.missing) == (75, 25_00)
    assert forecast.won_attainment is not None
    assert forecast.won_attainment.percent == 30
    assert not ForecastReport(forecast).is_empty
    assert Forecast(None, None).attainment is None
    assert Forecast(None, None).is_empty


def test_a_quarter_has_its_own_target_else_the_sum_of_its_three_months() -> None:
    months = [Target(f"2026-{month}", "won_amount", value, 1) for month, value in ((10, 100), (11, 200), (12, 300))]
    assert goals_of(months, "2026-11") == {"won_amount": Goal("won_amount", 200)}
    assert goals_of(months, "2026-Q4") == {"won_amount": Goal("won_amount", 600)}
    assert goals_of(months[:2], "2026-Q4") == {}
    own = Target("2026-Q4", "won_amount", 900, 1)
    assert goals_of([*months, own], "2026-Q4") == {"won_amount": Goal("won_amount", 900)}
    dollars = Target("2026-12", "won_amount", 300, 1, currency="USD")
    assert goals_of([*months[:2], dollars], "2026-Q4") == {}


def test_goals_are_added_only_where_everybody_has_one_in_one_currency() -> None:
    one = {"visits": Goal("visits", 40), "won_amount": Goal("won_amount", 100)}
    other = {"visits": Goal("visits", 30), "won_amount": Goal("won_amount", 100, "USD")}
    assert goals_together([one, other]) == {"visits": Goal("visits", 70)}
    assert goals_together([one, {}]) == {}
    assert goals_together([]) == {}


def test_a_forecast_is_told_for_the_month_unless_only_the_quarter_has_a_target() -> None:
    goal = {"won_amount": Goal("won_amount", 1)}
    assert period_aimed_at({"2026-11": {}, "2026-Q4": {}}, TODAY) == "2026-11"
    assert period_aimed_at({"2026-11": {}, "2026-Q4": goal}, TODAY) == "2026-Q4"
    assert period_aimed_at({"2026-11": goal, "2026-Q4": goal}, TODAY) == "2026-11"
    assert period_aimed_at({"2026-Q4": {"visits": Goal("visits", 9)}}, TODAY) == "2026-11"


def test_results_are_added_and_measured_against_each_goal() -> None:
    one = Results(Figures(1, (Money(40_00),), (Money(40_00),)), Figures(2, (), (), 2), 7, 1)
    other = Results(Figures(1, (Money(9_00, "USD"),)), visits=3)
    total = together([one, other])
    assert total == Results(
        Figures(2, (Money(40_00), Money(9_00, "USD")), (Money(40_00),)), Figures(2, (), (), 2), 10, 1
    )
    goals = {"visits": Goal("visits", 20), "won_amount": Goal("won_amount", 60_00), "won_deals": Goal("won_deals", 2)}
    told = attained(total, goals)
    assert [(each.goal.measure, each.reached, each.percent, each.missing) for each in told] == [
        ("won_amount", 40_00, 67, 20_00),
        ("won_deals", 2, 100, 0),
        ("visits", 10, 50, 10),
    ]
    assert total.of(Goal("new_deals", 4)).percent == 50
    assert total.of(Goal("new_customers", 4)).percent == 25
    assert PerformanceReport(TODAY, TODAY, Results()).is_empty
    assert not PerformanceReport(TODAY, TODAY, Results(), attainments=told).is_empty


def test_people_stand_by_what_they_won_then_by_deals_visits_and_name() -> None:
    def person(name: str, minor: int, deals: int, visits: int) -> Person:
        return Person(1, name, Results(Figures(deals, (Money(minor),) if minor else ()), visits=visits))

    people = [
        person("d", 0, 0, 1),
        person("c", 0, 0, 1),
        person("b", 0, 0, 9),
        person("a", 0, 1, 0),
        person("e", 5, 1, 0),
    ]
    assert [one.name for one in ranked(people)] == ["e", "a", "b", "c", "d"]


def test_a_stay_is_the_average_of_those_that_have_left() -> None:
    assert Conversion("needs", {}, 4, 1, 2, 3 * 86_400).days == 1.5
    assert Conversion("needs", {}, 4, 0, 0, 0).days is None


def test_spans_are_whole_weeks_and_months_up_to_today_s() -> None:
    assert spans_before("week", TODAY, 2) == [
        (date(2026, 11, 9), date(2026, 11, 15)),
        (date(2026, 11, 16), date(2026, 11, 22)),
    ]
    assert spans_before("month", date(2027, 1, 31), 2) == [
        (date(2026, 12, 1), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2027, 1, 31)),
    ]
    assert span_back("month", date(2028, 3, 1), 1) == (date(2028, 2, 1), date(2028, 2, 29))
    assert span_back("day", date(2027, 1, 1), 1) == (date(2026, 12, 31), date(2026, 12, 31))
