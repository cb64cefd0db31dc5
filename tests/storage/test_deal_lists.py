"""Lists and sums of deals on either engine against records made by hand: who sees what, and which day counts."""

from __future__ import annotations

from datetime import timedelta

from crm.deals import StageChange
from crm.money import Money
from crm.policy import Actor
from storage.lists.deals import (
    DealsWanted,
    Totals,
    deals_among,
    list_deals,
    total_deals,
    total_deals_by_owner,
    total_deals_by_stage,
)
from tests.storage.firm import DAY, MIDNIGHT, NOW, TODAY, Firm


async def test_sums_are_a_currency_each_and_unknown_amounts_are_told(firm: Firm) -> None:
    await firm.write(
        firm.deal("甲", amount_minor=100_00),
        firm.deal("乙", amount_minor=250_50),
        firm.deal("丙", amount_minor=10**14, currency="USD"),
        firm.deal("丁", amount_minor=10**14, currency="USD"),
        firm.deal("戊"),
        firm.deal("撤", amount_minor=7, withdrawn_at=NOW),
        firm.deal("没", amount_minor=7, at="gone"),
        firm.deal("赢", "won", amount_minor=999_00),
    )
    totals = await total_deals(firm.session, firm.rep, DealsWanted())
    assert totals == Totals(5, (Money(350_50), Money(2 * 10**14, "USD")), 1)
    assert await total_deals(firm.session, firm.rep, DealsWanted(stage="won", outcome="")) == Totals(
        1, (Money(999_00),)
    )
    assert await total_deals(firm.session, firm.rep, DealsWanted(stage="lost", outcome="")) == Totals()


async def test_an_asker_counts_only_what_they_see(firm: Firm) -> None:
    await firm.write(*(firm.deal(at, at=at, amount_minor=1_00) for at in ("rep", "mate", "other", "shared")))

    async def seen(actor: Actor, people: frozenset[int] | None = None) -> set[str]:
        return {row.deal.name for row in await list_deals(firm.session, actor, DealsWanted(people), 10, 0)}

    assert await seen(firm.rep) == {"rep", "shared"}
    assert await seen(firm.boss) == {"rep", "mate"}
    assert await seen(firm.other) == {"other", "shared"}
    assert await seen(firm.boss, frozenset({firm.mate.id})) == {"mate"}
    assert await seen(firm.rep, frozenset({firm.mate.id})) == set()
    firm.rep.user.is_active = False
    assert await seen(firm.rep) == set()
    assert await total_deals(firm.session, firm.rep, DealsWanted()) == Totals()
    assert await deals_among(firm.session, firm.rep, [1, 2, 3, 4]) == []


async def test_deals_are_told_by_stage_in_order_and_by_owner(firm: Firm) -> None:
    await firm.write(
        firm.deal("谈", "negotiation", amount_minor=3_00),
        firm.deal("初", "contact"),
        firm.deal("案", "proposal", amount_minor=2_00, at="mate"),
        firm.deal("案二", "proposal", amount_minor=5_00, currency="USD"),
    )
    staged = await total_deals_by_stage(firm.session, firm.boss, DealsWanted())
    assert staged == [
        ("contact", Totals(1, (), 1)),
        ("proposal", Totals(2, (Money(2_00), Money(5_00, "USD")))),
        ("negotiation", Totals(1, (Money(3_00),))),
    ]
    owned = await total_deals_by_owner(firm.session, firm.boss, DealsWanted())
    assert [(name, each.count) for name, each in owned] == [("rep", 3), ("mate", 1)]


async def test_a_period_holds_both_its_days_in_the_asker_s_zone(firm: Firm) -> None:
    await firm.write(
        firm.deal("早", close_on=TODAY - DAY),
        firm.deal("今", close_on=TODAY),
        firm.deal("末", close_on=TODAY + DAY),
        firm.deal("晚", close_on=TODAY + 2 * DAY),
        firm.deal("前夜", made=MIDNIGHT - timedelta(seconds=1), close_on=None),
        firm.deal("零点", made=MIDNIGHT),
        firm.deal("深夜", made=MIDNIGHT + DAY - timedelta(seconds=1)),
        firm.deal("次日", made=MIDNIGHT + DAY),
    )

    async def named(wanted: DealsWanted) -> set[str]:
        return {row.deal.name for row in await list_deals(firm.session, firm.rep, wanted, 20, 0)}

    assert await named(DealsWanted(closing=(TODAY, TODAY + DAY))) == {"今", "末"}
    assert await named(DealsWanted(closing=(None, TODAY))) == {"早", "今"}
    assert await named(DealsWanted(created=(MIDNIGHT, MIDNIGHT + DAY))) == {"零点", "深夜"}


async def test_stalled_is_silent_for_so_long_or_too_long_in_the_stage(firm: Firm) -> None:
    names = ("静", "聊", "泛", "旧", "新", "久")
    found = {name: firm.deal(name, at="mate" if name == "静" else "rep") for name in names}
    found["新"].created_at = NOW - 2 * DAY
    await firm.write(*found.values())
    moved = {name: NOW - (40 if name == "久" else 10) * DAY for name in names if name != "新"}
    await firm.write(
        *(StageChange(found[name].id, None, found[name].stage_id, at, firm.rep.id) for name, at in moved.items()),
        StageChange(found["久"].id, None, found["久"].stage_id, NOW, firm.rep.id, withdrawn_at=NOW),
        firm.visit("mate", TODAY - 7 * DAY, deal_id=found["静"].id),
        firm.visit("mate", TODAY, deal_id=found["静"].id, withdrawn_at=NOW),
        *(firm.visit("rep", TODAY - 6 * DAY, deal_id=found[name].id) for name in ("聊", "泛", "久")),
        firm.visit("rep", TODAY - 20 * DAY, deal_id=found["旧"].id),
    )
    silent, standing = MIDNIGHT - 6 * DAY, MIDNIGHT - 30 * DAY

    async def named(wanted: DealsWanted) -> set[str]:
        return {row.deal.name for row in await list_deals(firm.session, firm.boss, wanted, 20, 0)}

    assert await named(DealsWanted(silent_from=silent)) == {"静", "旧"}
    assert await named(DealsWanted(standing_from=standing)) == {"久"}
    assert await named(DealsWanted(silent_from=silent, standing_from=standing)) == {"静", "旧", "久"}
    [row] = await deals_among(firm.session, firm.boss, [found["静"].id])
    assert (row.contacted_on, row.entered_at, row.owner) == (TODAY - 7 * DAY, NOW - 10 * DAY, "mate")
    await firm.write(firm.visit("rep", TODAY))  # about the customer, not one deal: none of theirs is silent
    assert await named(DealsWanted(silent_from=silent)) == {"静"}


async def test_no_next_step_is_no_open_task_for_the_deal_or_its_customer(firm: Firm) -> None:
    bare, planned = firm.deal("空", at="mate"), firm.deal("有")
    await firm.write(bare, planned)
    await firm.write(
        firm.task("下一步", TODAY, at="rep", deal_id=planned.id),
        firm.task("做完的", TODAY, firm.mate, at="mate", deal_id=bare.id, state="done"),
    )
    wanted = DealsWanted(no_next_step=True)
    assert [row.deal.name for row in await list_deals(firm.session, firm.boss, wanted, 9, 0)] == ["空"]
    await firm.write(firm.task("客户的", None, firm.mate, at="mate"))
    assert await total_deals(firm.session, firm.boss, wanted) == Totals()


async def test_windows_follow_each_other_without_gap_or_repeat(firm: Firm) -> None:
    await firm.write(*(firm.deal(f"{n}", amount_minor=(n % 3) * 100 or None) for n in range(25)))
    pages = [await list_deals(firm.session, firm.rep, DealsWanted(), 8, offset) for offset in range(0, 32, 8)]
    assert [len(page) for page in pages] == [8, 8, 8, 1]
    names = [row.deal.name for page in pages for row in page]
    assert sorted(map(int, names)) == list(range(25))
    sums = [row.deal.amount_minor for page in pages for row in page]
    assert sums == [200] * 8 + [100] * 8 + [None] * 9
