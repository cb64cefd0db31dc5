"""What was reached and what is expected, against targets, on either engine: who sees what, which day counts."""

from __future__ import annotations

from datetime import date, datetime

from crm.money import Money
from crm.reports.attainment import Goal
from crm.reports.figures import Figures
from crm.targets import Target
from crm.users import Team
from storage.reports import forecast_report, performance_report, trend_report
from storage.reports.forecast import period_to_forecast
from storage.reports.goals import goals_for, led_by
from tests.storage.firm import DAY, NOW, SHANGHAI, TODAY, Firm, funnel_of


async def test_a_forecast_weighs_what_closes_within_the_days_and_adds_what_was_won_in_them(firm: Firm) -> None:
    await firm.write(
        firm.deal("早", "needs", amount_minor=1_00, close_on=date(2026, 10, 31)),
        firm.deal("首", "needs", amount_minor=100_00, close_on=date(2026, 11, 1)),
        firm.deal("末", "negotiation", amount_minor=10_00, close_on=date(2026, 11, 30), at="mate"),
        firm.deal("晚", "needs", amount_minor=1_00, close_on=date(2026, 12, 1)),
        firm.deal("无", "needs", amount_minor=1_00),
        firm.deal("赢", "won", amount_minor=40_00, closed_at=datetime(2026, 11, 1, tzinfo=SHANGHAI)),
        firm.deal("前", "won", amount_minor=1_00, closed_at=datetime(2026, 10, 31, 23, 59, 59, tzinfo=SHANGHAI)),
    )
    days = (date(2026, 11, 1), date(2026, 11, 30))
    report = await forecast_report(firm.session, firm.boss, None, *days, SHANGHAI)
    whole = report.forecast
    assert whole.expected == Figures(2, (Money(110_00),), (Money(27_00),))
    assert (whole.won.sums, whole.total) == ((Money(40_00),), (Money(67_00),))
    assert [(one.key, one.expected.count) for one in report.stages] == [("needs", 1), ("negotiation", 1)]
    assert [(one.name, one.forecast.total) for one in report.people] == [
        ("rep", (Money(60_00),)),
        ("mate", (Money(7_00),)),
    ]
    opened = await forecast_report(firm.session, firm.boss, None, date(2026, 11, 2), None, SHANGHAI)
    assert (opened.forecast.expected.count, opened.forecast.won.count) == (2, 0)
    in_funnel = (await funnel_of(firm)).forecast
    assert in_funnel is not None
    assert (in_funnel.won, in_funnel.expected, in_funnel.since) == (whole.won, whole.expected, days[0])


async def test_performance_counts_for_whom_it_is_and_a_rep_without_anything_has_a_line(firm: Firm) -> None:
    won = firm.deal("赢", "won", amount_minor=40_00, closed_at=NOW)
    await firm.write(
        won,
        firm.deal("输", "lost", amount_minor=1_00, closed_at=NOW),
        firm.deal("新", "needs", made=NOW, at="mate"),
        firm.visit("rep", TODAY),
        firm.visit("rep", TODAY, firm.boss),
        firm.visit("rep", TODAY - DAY),
        firm.visit("rep", TODAY, withdrawn_at=NOW),
        firm.visit("gone", TODAY),
    )
    firm.customers["rep"].created_at = NOW
    await firm.session.flush()
    report = await performance_report(firm.session, firm.boss, None, TODAY, TODAY, SHANGHAI)
    told = [
        (one.name, one.results.won.sums, one.results.new.count, one.results.visits, one.results.new_customers)
        for one in report.people
    ]
    assert told == [("rep", (Money(40_00),), 0, 1, 1), ("boss", (), 0, 1, 0), ("mate", (), 1, 0, 0)]
    assert (report.total.won.count, report.total.visits) == (1, 2)
    assert report.attainments == ()


async def test_targets_hold_for_the_person_the_team_else_for_all_its_reps(firm: Firm) -> None:
    team = Team("一组", manager_id=firm.boss.id)
    await firm.write(team, firm.deal("赢", "won", amount_minor=40_00, closed_at=NOW))
    firm.boss.user.role = "manager"
    own = Target("2026-11", "won_amount", 100_00, firm.rep.id)
    await firm.write(own, Target("2026-11", "won_amount", 50_00, firm.mate.id))
    people = frozenset({firm.rep.id, firm.mate.id, firm.boss.id})
    month = (date(2026, 11, 1), date(2026, 11, 30))

    async def goal(people: frozenset[int] | None) -> Goal | None:
        report = await performance_report(firm.session, firm.boss, people, *month, SHANGHAI)
        return report.attainments[0].goal if report.attainments else None

    assert await led_by(firm.session, firm.boss, people) == team.id
    assert await goal(frozenset({firm.rep.id})) == Goal("won_amount", 100_00)
    assert await goal(people) == Goal("won_amount", 150_00)
    await firm.write(Target("2026-11", "won_amount", 400_00, team_id=team.id))
    assert await goal(people) == await goal(None) == Goal("won_amount", 400_00)
    report = await performance_report(firm.session, firm.boss, people, *month, SHANGHAI)
    first = report.people[0]
    assert (first.name, [each.percent for each in first.attainments]) == ("rep", [40])
    own.withdrawn_at = NOW
    await firm.session.flush()
    assert await goal(frozenset({firm.rep.id})) is None


async def test_nobody_learns_of_targets_of_those_whom_they_may_not_ask_for(firm: Firm) -> None:
    await firm.write(Target("2026-11", "won_amount", 100_00, firm.other.id))
    await firm.write(firm.deal("共享", "won", amount_minor=40_00, closed_at=NOW, at="shared"))
    month = (date(2026, 11, 1), date(2026, 11, 30))
    report = await performance_report(firm.session, firm.rep, None, *month, SHANGHAI)
    assert [(one.name, one.attainments) for one in report.people if one.results.won.count] == [("other", ())]
    forecast = await forecast_report(firm.session, firm.rep, None, *month, SHANGHAI)
    assert [one.forecast.goal for one in forecast.people] == [None]
    assert (await goals_for(firm.session, firm.rep, None, ("2026-11",)))["2026-11"] == {}


async def test_a_quarter_is_forecast_where_only_it_has_a_target(firm: Firm) -> None:
    mine = frozenset({firm.rep.id})
    assert await period_to_forecast(firm.session, firm.rep, mine, TODAY) == (date(2026, 11, 1), date(2026, 11, 30))
    await firm.write(Target("2026-Q4", "won_amount", 100_00, firm.rep.id))
    assert await period_to_forecast(firm.session, firm.rep, mine, TODAY) == (date(2026, 10, 1), date(2026, 12, 31))
    report = await funnel_of(firm, firm.rep, mine)
    assert report.forecast is not None
    assert (report.forecast.goal, report.forecast.until) == (Goal("won_amount", 100_00), date(2026, 12, 31))


async def test_a_trend_has_what_was_won_in_each_period_and_the_running_one_s_target(firm: Firm) -> None:
    for closed, minor in ((datetime(2026, 11, 1, tzinfo=SHANGHAI), 40_00), (NOW, 2_00), (NOW - 31 * DAY, 5_00)):
        await firm.write(firm.deal("赢", "won", amount_minor=minor, closed_at=closed))
    await firm.write(Target("2026-11", "won_amount", 100_00, firm.rep.id))
    mine = frozenset({firm.rep.id})
    months = await trend_report(firm.session, firm.rep, mine, "month", 3, TODAY, SHANGHAI)
    assert [(one.since.month, one.won.sums, one.is_open) for one in months.periods] == [
        (9, (), False),
        (10, (Money(5_00),), False),
        (11, (Money(42_00),), True),
    ]
    assert months.goal == Goal("won_amount", 100_00)
    weeks = await trend_report(firm.session, firm.rep, mine, "week", 2, TODAY, SHANGHAI)
    assert [(one.since, one.until, one.won.count) for one in weeks.periods] == [
        (date(2026, 11, 9), date(2026, 11, 15), 0),
        (date(2026, 11, 16), date(2026, 11, 22), 1),
    ]
    assert weeks.goal is None
    assert (await trend_report(firm.session, firm.other, None, "week", 2, TODAY, SHANGHAI)).is_empty
