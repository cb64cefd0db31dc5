"""Reports on either engine against records made by hand: who sees what, which day counts, what was taken back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from crm.changes import Change
from crm.deals import Deal, StageChange
from crm.money import Money
from crm.policy import Actor
from crm.reports.figures import Figures
from crm.reports.funnel import Stalled
from storage.lists.deals import DealsWanted, total_deals
from storage.reports import conversions, forecast_report, performance_report
from tests.storage.firm import DAY, MIDNIGHT, NOW, SHANGHAI, TODAY, Firm, funnel_of


def _move(firm: Firm, deal: Deal, before: str | None, after: str, at: datetime, **fields: Any) -> StageChange:
    start = firm.stages[before].id if before else None
    return StageChange(deal.id, start, firm.stages[after].id, at, deal.owner_id, **fields)


async def test_a_funnel_counts_sums_and_weighs_what_stands_open_a_currency_each(firm: Firm) -> None:
    await firm.write(
        firm.deal("甲", "needs", amount_minor=1_000_00),  # 20%
        firm.deal("乙", "needs", amount_minor=500_00, probability=90, at="mate"),
        firm.deal("丙", "negotiation", amount_minor=300_00, currency="USD"),  # 70%
        firm.deal("丁", "negotiation"),
        firm.deal("赢", "won", amount_minor=9_999_00, closed_at=NOW - 40 * DAY),
        firm.deal("撤", "needs", amount_minor=7_00, withdrawn_at=NOW),
        firm.deal("没", "needs", amount_minor=7_00, at="gone"),
        firm.deal("别人的", "needs", amount_minor=7_00, at="other"),
    )
    report = await funnel_of(firm)
    assert [(line.key, line.now) for line in report.stages] == [
        ("needs", Figures(2, (Money(1_500_00),), (Money(650_00),))),
        ("negotiation", Figures(2, (Money(300_00, "USD"),), (Money(210_00, "USD"),), 1)),
    ]
    assert report.total == Figures(4, (Money(1_500_00), Money(300_00, "USD")), (Money(650_00), Money(210_00, "USD")), 1)


async def test_what_happened_within_a_period_is_told_and_what_was_undone_is_passed_over(firm: Firm) -> None:
    deals = {
        name: firm.deal(name, stage, amount_minor=amount, made=made, **fields)
        for name, stage, amount, made, fields in (
            ("进", "negotiation", 100_00, NOW - 9 * DAY, {}),
            ("退", "needs", 20_00, NOW - 9 * DAY, {}),
            ("新", "needs", 3_00, NOW - timedelta(hours=1), {}),
            ("赢", "won", 400_00, NOW - 9 * DAY, {"closed_at": NOW}),
            ("输", "lost", 50_00, NOW - 9 * DAY, {"closed_at": MIDNIGHT, "lost_reason": "price"}),
            ("昨", "won", 60_00, NOW - 9 * DAY, {"closed_at": MIDNIGHT - timedelta(seconds=1)}),
            ("撤", "needs", 70_00, NOW - 9 * DAY, {}),
        )
    }
    await firm.write(*deals.values())
    await firm.write(
        _move(firm, deals["进"], "needs", "proposal", NOW - timedelta(hours=3)),
        _move(firm, deals["进"], "proposal", "negotiation", NOW - timedelta(hours=2)),
        _move(firm, deals["退"], "proposal", "needs", MIDNIGHT),
        _move(firm, deals["新"], None, "needs", NOW - timedelta(hours=1)),
        _move(firm, deals["赢"], "negotiation", "won", NOW),
        _move(firm, deals["输"], "proposal", "lost", MIDNIGHT),
        _move(firm, deals["昨"], "negotiation", "won", MIDNIGHT - timedelta(seconds=1)),
        _move(firm, deals["撤"], "needs", "negotiation", NOW, withdrawn_at=NOW),
    )
    report = await funnel_of(firm)
    told = {kind: (flow.figures.count, flow.figures.sums) for kind, flow in report.flows.items()}
    assert told == {
        "new": (1, (Money(3_00),)),
        "moved": (2, (Money(120_00),)),
        "won": (1, (Money(400_00),)),
        "lost": (1, (Money(50_00),)),
    }
    first = report.flows["moved"].named[0]
    assert (first.deal, first.before, first.after) == (
        "进",
        firm.stages["needs"].names,
        firm.stages["negotiation"].names,
    )
    assert {line.key: (line.more, line.more_sums) for line in report.stages} == {
        "needs": (1, (Money(-77_00),)),  # 新 and 退 came, 进 went: 3 + 20 - 100
        "proposal": (-2, (Money(-70_00),)),  # 退 and 输 went
        "negotiation": (0, (Money(-300_00),)),  # 进 came, 赢 went
    }


async def test_the_largest_few_are_named_and_the_rest_counted(firm: Firm) -> None:
    await firm.write(*(firm.deal(f"{n}", "needs", amount_minor=n * 100, made=NOW) for n in range(1, 6)))
    await firm.write(firm.deal("无", "needs", made=NOW))
    new = (await funnel_of(firm)).flows["new"]
    assert (new.figures.count, [one.deal for one in new.named]) == (6, ["5", "4", "3"])
    assert (new.named[0].customer, new.named[0].owner, new.named[0].before) == ("rep公司", "rep", None)


async def test_an_asker_s_figures_are_of_what_they_see(firm: Firm) -> None:
    await firm.write(
        *(firm.deal(at, "needs", at=at, amount_minor=1_00, made=NOW) for at in ("rep", "mate", "other", "shared"))
    )

    async def seen(actor: Actor, people: frozenset[int] | None = None) -> tuple[int, int]:
        report = await funnel_of(firm, actor, people)
        forecast = await forecast_report(firm.session, actor, people, None, None, SHANGHAI)
        done = await performance_report(firm.session, actor, people, TODAY, TODAY, SHANGHAI)
        assert forecast.forecast.expected.count == report.total.count == done.total.new.count
        return report.total.count, report.flows["new"].figures.count

    assert await seen(firm.rep) == (2, 2)
    assert await seen(firm.rep, frozenset({firm.rep.id})) == (1, 1)
    assert await seen(firm.rep, frozenset({firm.mate.id})) == (0, 0)
    assert await seen(firm.boss) == (2, 2)
    firm.other.user.role = "admin"
    assert await seen(firm.other) == (4, 4)
    firm.other.user.is_active = False
    assert await seen(firm.other) == (0, 0)


async def test_stalled_deals_have_their_reasons_the_worst_first_and_the_list_counts_alike(firm: Firm) -> None:
    silent = firm.deal("静", at="mate", amount_minor=1_00, made=NOW - 20 * DAY)
    three = firm.deal("三", at="mate", amount_minor=2_00, close_on=TODAY - DAY)
    late = firm.deal("晚", close_on=TODAY - DAY, made=NOW - 2 * DAY, amount_minor=9_00)
    fine = firm.deal("好", close_on=TODAY, made=NOW - 2 * DAY)
    await firm.write(silent, three, late, fine)
    await firm.write(
        firm.visit("mate", TODAY - 8 * DAY, deal_id=silent.id),
        _move(firm, three, "needs", "proposal", NOW - 40 * DAY),
        _move(firm, three, "proposal", "needs", NOW, withdrawn_at=NOW),
    )
    report = await funnel_of(firm)
    assert report.stalled_count == 3
    names = firm.stages["proposal"].names
    assert report.stalled == (
        Stalled(three.id, "三", "mate公司", "mate", names, Money(2_00), -1, 40, TODAY - DAY),
        Stalled(late.id, "晚", "rep公司", "rep", names, Money(9_00), None, None, TODAY - DAY),
        Stalled(silent.id, "静", "mate公司", "mate", names, Money(1_00), 8, None, None),
    )
    wanted = DealsWanted(silent_from=MIDNIGHT - 6 * DAY, standing_from=MIDNIGHT - 30 * DAY, closing_before=TODAY)
    assert (await total_deals(firm.session, firm.boss, wanted)).count == 3


async def test_who_entered_nothing_is_named_whatever_an_entry_is(firm: Firm) -> None:
    assert (await funnel_of(firm)).silent_reps == ("rep", "mate", "boss")
    await firm.write(
        Change(MIDNIGHT - timedelta(seconds=1), firm.rep.id, "task", 1),
        Change(NOW, firm.mate.id, "task", 2),
        firm.visit("rep", TODAY, firm.boss),
    )
    assert (await funnel_of(firm)).silent_reps == ("rep",)
    yesterday = await funnel_of(firm, since=MIDNIGHT - DAY, until=MIDNIGHT)
    assert yesterday.silent_reps == ("mate", "boss")
    assert (await funnel_of(firm, people=frozenset({firm.mate.id}))).silent_reps == ()
    assert (await funnel_of(firm, firm.rep, frozenset({firm.rep.id}))).silent_reps == ()
    firm.rep.user.is_active = False
    await firm.session.flush()
    assert (await funnel_of(firm)).silent_reps == ()


async def test_conversion_is_by_entry_and_a_stay_ends_when_the_stage_is_left(firm: Firm) -> None:
    deals = [firm.deal(f"{n}", "needs") for n in range(4)]
    await firm.write(*deals)
    on, back, gone, before = deals
    start = NOW - 30 * DAY
    await firm.write(
        _move(firm, on, None, "needs", start),
        _move(firm, on, "needs", "proposal", start + 4 * DAY),
        _move(firm, back, None, "proposal", start),
        _move(firm, back, "proposal", "needs", start + 2 * DAY),
        _move(firm, gone, None, "needs", start),
        _move(firm, gone, "needs", "proposal", start + DAY, withdrawn_at=NOW),
        _move(firm, gone, "needs", "lost", start + 8 * DAY),
        _move(firm, before, None, "needs", start - 90 * DAY),
    )
    told = await conversions(firm.session, firm.boss, None, start - DAY, NOW)
    assert [(one.key, one.entered, one.advanced, one.left, one.days) for one in told] == [
        ("needs", 3, 1, 2, 6.0),  # 4 and 8 days; 退 stands there still
        ("proposal", 2, 0, 1, 2.0),
    ]
