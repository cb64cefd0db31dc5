"""Reports as they are read: at most a screen, without lines that tell nothing, in either language."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from crm.money import Money
from crm.reports.attainment import Goal
from crm.reports.figures import Figures
from crm.reports.forecast import Forecast, ForecastReport, PersonForecast, StageForecast
from crm.reports.funnel import Conversion, Flow, FunnelReport, Moved, StageLine, Stalled
from crm.reports.performance import PerformanceReport, Person, Results, attained
from crm.reports.review import Review
from crm.reports.trend import Period, TrendReport
from talk.catalogue import LANGUAGES, words
from talk.charts import Point
from talk.definitions import DEFINITIONS, definitions_blocks
from talk.forms import Reader
from talk.lists import list_blocks
from talk.message import Block, Items, Line, Title, Word
from talk.reports import (
    forecast_chart,
    forecast_facts,
    funnel_chart,
    funnel_facts,
    funnel_picture,
    performance_facts,
    review_facts,
    trend_chart,
)

SINCE, NOW, TODAY = datetime(2026, 11, 20, tzinfo=UTC), datetime(2026, 11, 20, 10, tzinfo=UTC), date(2026, 11, 20)
SCREEN = 25
NAMES = ({"zh": "需求分析", "en": "Needs"}, {"zh": "商务谈判", "en": "Negotiation"})
WHO = Word("whose_team")
GOALS = {"won_amount": Goal("won_amount", 100_000_00)}
FULL = Figures(8, (Money(90_000_00), Money(500, "USD")), (Money(30_000_50), Money(250, "USD")), 1)


def _reader(language: str = "zh") -> Reader:
    return Reader(language, UTC, TODAY)


def _text(blocks: tuple[Block, ...] | list[Block]) -> list[str]:
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Items):
            found += [block.head] * bool(block.head) + list(block.entries)
        elif isinstance(block, Title | Line):
            found.append(block.text)
    return found


def _report(**fields: object) -> FunnelReport:
    given = {"stages": (), "total": Figures(), "flows": {}, **fields}
    return FunnelReport(SINCE, NOW, TODAY, **given)  # type: ignore[arg-type]


def _busy() -> FunnelReport:
    """As much as a day can hold."""
    moved = [Moved(n, f"商机{n}" * 9, "客户" * 20, "李娜", NAMES[0], NAMES[1], Money(5)) for n in range(3)]
    stalled = [
        Stalled(n, f"商机{n}", "客户", "李娜", NAMES[0], Money(100), -1, 40, date(2026, 11, 1)) for n in range(3)
    ]
    return _report(
        stages=tuple(StageLine(f"{n}", NAMES[0], FULL, 1, (Money(-5), Money(7, "USD"))) for n in range(6)),
        total=FULL,
        flows={kind: Flow(Figures(9, (Money(5),)), tuple(moved)) for kind in ("new", "moved", "won", "lost")},
        forecast=Forecast(date(2026, 11, 1), date(2026, 11, 30), FULL, FULL, GOALS["won_amount"]),
        stalled=tuple(stalled),
        stalled_count=30,
        silent_reps=tuple(f"销售{n}" for n in range(40)),
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_full_day_is_at_most_a_screen(language: str) -> None:
    assert len(_text(list_blocks(funnel_facts(_busy(), WHO, title="report_day"), _reader(language)))) <= SCREEN


def test_what_has_nothing_to_tell_is_left_out() -> None:
    quiet = _report(
        stages=(StageLine("needs", NAMES[0], Figures(1, (Money(5_00),), (Money(1_00),))),),
        total=Figures(1, (Money(5_00),), (Money(1_00),)),
    )
    assert _text(list_blocks(funnel_facts(quiet, WHO), _reader())) == [
        "团队的漏斗 · 1个 · ¥5 · 加权 ¥1",
        "按阶段",
        "需求分析 · 1个 · ¥5",
    ]


def test_a_day_tells_changes_names_reasons_and_the_way_to_the_target() -> None:
    told = _text(list_blocks(funnel_facts(_busy(), WHO), _reader("en")))
    assert told[1] == "By stage, change since today Fri 00:00"
    assert "change +1 · −¥0.05 · +$0.07" in told[2]
    assert told[8] == "today Fri"
    assert told[10].startswith("Moved · 9 deals · ¥0.05 · ")
    assert told[10].endswith("… and 6 more")
    assert "¥120,000.50" not in "".join(told)  # weighted amounts are told in whole yuan
    assert "¥120,001, $8 = won ¥90,000, $5 + weighted ¥30,001, $3" in told
    assert "target ¥100,000 · expected 120% · reached 90%" in told
    assert "商机0 (客户) · ¥1 · no contact yet · 40 days in this stage · close date passed (Sun 1 Nov) · 李娜" in told
    assert told[-1].endswith("… and 30 more")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_review_holds_more_and_is_a_screen_or_little_over(language: str) -> None:
    people = tuple(Person(n, f"销售{n}", Results(FULL, visits=3), attained(Results(FULL), GOALS)) for n in range(9))
    done = PerformanceReport(date(2026, 11, 16), TODAY, Results(FULL, FULL, 9, 2), people, people[0].attainments)
    passed = [Conversion(f"{n}", NAMES[0], 10, 7, 8, 86_400 * 12) for n in range(5)]
    review = Review("week", _busy(), done, tuple(passed), TrendReport("week", ()))
    told = _text(list_blocks(review_facts(review, WHO), _reader(language)))
    assert len(told) <= SCREEN + 12
    assert sum("70%" in line and "1.5" in line for line in told) == 5
    assert sum("销售" in line and "90%" in line for line in told) == 5


def test_a_forecast_and_a_performance_report_tell_parts_only_where_there_are_several() -> None:
    whole = Forecast(date(2026, 10, 1), date(2026, 12, 31), FULL, FULL)
    one = ForecastReport(whole, (StageForecast("needs", NAMES[0], FULL),), (PersonForecast("李娜", whole),))
    told = _text(list_blocks(forecast_facts(one, "李娜"), _reader()))
    assert told[0].startswith("李娜的预计成交 · 预计成交 本季度 10月1日–12月31日 · 8个 · ¥90,000")
    assert not any("按人" in line for line in told)
    two = ForecastReport(whole, (), (PersonForecast("李娜", whole), PersonForecast("李阳", whole)))
    assert "李阳 · 已赢 ¥90,000、US$5 · 加权 ¥30,001、US$3" in _text(list_blocks(forecast_facts(two, WHO), _reader()))
    lone = PerformanceReport(date(2026, 11, 1), date(2026, 11, 30), Results(), (Person(1, "李娜", Results()),))
    assert _text(list_blocks(performance_facts(lone, "李娜"), _reader())) == ["李娜的业绩 · 本月 11月1日–30日 · 0个"]


def test_a_picture_of_the_funnel_is_in_the_currency_that_most_is_in() -> None:
    bars = funnel_chart(_busy(), WHO, _reader()).bars
    assert len(bars) == 6
    first = bars[0]
    assert (first.label, first.size, first.count_text) == ("需求分析", 90_000.0, "8个")
    assert (first.sum_text, first.change_text) == ("¥90,000 · US$5", "变化 +1 · −¥0.05 · +US$0.07")
    bare = _report(stages=(StageLine("needs", NAMES[0], Figures(3, without=3)),), total=Figures(3, without=3))
    chart = funnel_chart(bare, WHO, _reader("en"))
    assert [(one.size, one.sum_text, one.change_text) for one in chart.bars] == [(3.0, "", "")]


def test_a_trend_has_a_target_only_in_its_own_currency() -> None:
    won = Figures(1, (Money(80_00), Money(5_00, "USD")))
    periods = (
        Period(date(2026, 10, 1), date(2026, 10, 31), Figures(), is_open=False),
        Period(date(2026, 11, 1), date(2026, 11, 30), won, is_open=True),
    )
    chart = trend_chart(TrendReport("month", periods, Goal("won_amount", 100_00)), WHO, _reader())
    assert chart.points == (Point("10月", 0.0, "¥0", is_open=False), Point("11月", 80.0, "¥80", is_open=True))
    assert (chart.target, chart.target_text) == (100.0, "目标 ¥100")
    other = trend_chart(TrendReport("month", periods, Goal("won_amount", 100_00, "USD")), WHO, _reader("en"))
    assert ([point.label for point in other.points], other.target) == (["Oct", "Nov"], None)
    counted = trend_chart(TrendReport("week", (replace(periods[1], won=Figures(3)),)), WHO, _reader())
    assert counted.points == (Point("11/1", 3.0, "3个", is_open=True),)


def test_a_picture_of_a_forecast_is_of_the_weighted_amounts() -> None:
    whole = Forecast(date(2026, 10, 1), date(2026, 12, 31), FULL, FULL)
    chart = forecast_chart(ForecastReport(whole, (StageForecast("needs", NAMES[0], FULL),)), WHO, _reader())
    assert [(bar.label, bar.count_text, bar.sum_text) for bar in chart.bars] == [("需求分析", "8个", "¥30,001 · US$3")]
    assert "10月1日–12月31日" in chart.subtitle


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_s_picture_is_drawn_and_told_in_words(language: str) -> None:
    picture = funnel_picture(_busy(), WHO, _reader(language))
    assert picture is not None
    assert picture.data().startswith(b"\x89PNG")
    assert "¥90,000" in picture.alt
    assert funnel_picture(_report(), WHO, _reader(language)) is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("report", DEFINITIONS)
def test_every_figure_of_a_report_has_its_definition(report: str, language: str) -> None:
    told = _text(definitions_blocks({"report": report}, _reader(language)))
    assert len(told) == len(DEFINITIONS[report]) + 1
    assert len(set(told)) == len(told)


def test_no_definition_stands_in_the_words_that_no_report_tells() -> None:
    kept = {key for key in words() if key.startswith("definition_")}
    assert kept == {f"definition_{figure}" for figure in DEFINITIONS[""]}
