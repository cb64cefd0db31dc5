"""What a customer's card, its page of money, its timeline and its brief are made of, on either engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from crm.changes import Change
from crm.check_ins import CheckIn
from crm.comments import Comment
from crm.customers import Collaborator, Contact, ShortName
from crm.deals import DealFact, StageChange
from crm.errors import CustomerGone
from crm.money import Money
from crm.notes import CustomerNote
from crm.policy import Actor
from crm.users import Chat
from storage.customer_cards import DealKnown, DealSum, card_parts, deal_sums, deals_known_of
from storage.inbox import put_done
from storage.lists.money import count_money, list_money
from storage.lists.timeline import SOURCES, count_timeline, list_timeline
from storage.posts import InboxRow
from tests.storage.firm import DAY, NOW, TODAY, Firm


async def test_the_figures_of_a_card_count_what_stands(firm: Firm) -> None:
    home = firm.customers["rep"]
    await firm.write(
        Contact(home.id, "王总"),
        Contact(home.id, "刘总", withdrawn_at=NOW),
        firm.visit("rep", TODAY),
        firm.visit("rep", TODAY, withdrawn_at=NOW),
        firm.visit("mate", TODAY),
        firm.task("报价", TODAY, at="rep"),
        firm.task("寄样", TODAY, at="rep", state="done", done_at=NOW),
    )
    await firm.write(
        ShortName(home.id, "老何"),
        ShortName(home.id, "何家", firm.rep.id),
        Collaborator(home.id, firm.mate.id),
        Collaborator(home.id, firm.mate.id),
        *(CustomerNote(home.id, firm.rep.id, NOW, f"备注{n}") for n in range(5)),
        CustomerNote(home.id, firm.rep.id, NOW, "到账", kind="payment"),
    )
    parts = await card_parts(firm.session, firm.rep, home.id)
    assert (parts.owner, parts.called, parts.sharers) == ("rep", ["老何"], ["mate"])
    assert parts.notes == ["备注4", "备注3", "备注2"]
    counts = {"contacts": 1, "visits": 1, "tasks": 1, "money": 1, "comments": 0, "files": 0}
    assert parts.counts == counts
    assert [one.name for one in parts.contacts] == ["王总"]
    assert [row.task.title for row in parts.tasks] == ["报价"]
    assert [row.told for row in parts.money] == ["到账"]


async def test_a_card_shows_the_last_visit_with_what_stands_of_what_was_said_of_it(firm: Firm) -> None:
    home, boss = firm.customers["rep"], firm.boss.id
    assert (await card_parts(firm.session, firm.rep, home.id)).visit is None
    older, last = firm.visit("rep", TODAY - DAY), firm.visit("rep", TODAY)
    await firm.write(older, last, firm.visit("mate", TODAY), firm.visit("rep", TODAY, withdrawn_at=NOW))
    shown = (await card_parts(firm.session, firm.rep, home.id)).visit
    assert shown is not None
    assert (shown.row.visit, shown.row.user, shown.words, shown.check_in) == (last, "rep", None, None)
    message = await put_done(firm.session, InboxRow("telegram", 1, "1", {}, NOW))
    here = CheckIn(firm.rep.id, message, NOW, home.id, 31.2, 121.5, visit_id=last.id)
    await firm.write(
        here,
        Comment(boss, NOW, "很好", visit_id=last.id),
        Comment(boss, NOW, "跟紧", visit_id=last.id),
        Comment(boss, NOW, "撤了", visit_id=last.id, withdrawn_at=NOW),
        Comment(boss, NOW, "旧的", visit_id=older.id),
    )
    parts = await card_parts(firm.session, firm.rep, home.id)
    assert parts.visit is not None
    assert (parts.visit.words, parts.visit.check_in) == (("boss", "跟紧"), here)
    assert parts.counts["comments"] == 3


async def test_a_card_is_for_those_who_see_the_customer(firm: Firm) -> None:
    session, key = firm.session, firm.customers["other"].id
    with pytest.raises(CustomerGone):
        await card_parts(session, firm.rep, key)
    group = Chat("telegram", "-5", is_group=True)
    await firm.write(group)
    await firm.write(Collaborator(key, firm.rep.id, chat_id=group.id))
    assert (await card_parts(session, firm.rep, key)).owner == "other"
    with pytest.raises(CustomerGone):  # nobody can tell that they are still in the group
        await card_parts(session, replace(firm.rep, barred=frozenset({group.id})), key)
    with pytest.raises(CustomerGone):
        await card_parts(session, firm.rep, firm.customers["gone"].id)


async def test_deals_are_summed_by_outcome_and_currency(firm: Firm) -> None:
    await firm.write(
        firm.deal("一期", "won", amount_minor=5_00),
        firm.deal("二期", amount_minor=7_00),
        firm.deal("三期", "needs", amount_minor=1_00),
        firm.deal("四期", "needs", amount_minor=2_00, currency="USD"),
        firm.deal("撤了", amount_minor=9_00, withdrawn_at=NOW),
        firm.deal("别家", at="mate", amount_minor=9_00),
    )
    sums = await deal_sums(firm.session, firm.customers["rep"].id)
    assert {(one.outcome, one.count, one.amount) for one in sums} == {
        ("won", 1, Money(5_00)),
        ("open", 2, Money(8_00)),
        ("open", 1, Money(2_00, "USD")),
    }
    assert await deal_sums(firm.session, firm.customers["other"].id) == []
    await firm.write(firm.deal("没金额", at="other"))
    assert await deal_sums(firm.session, firm.customers["other"].id) == [DealSum("open", 1, None)]


async def test_money_is_quotes_contracts_and_payments_noted_of_customers_one_sees(firm: Firm) -> None:
    home, me = firm.customers["rep"], firm.rep.id
    deal, gone = firm.deal("二期", amount_minor=7_00), firm.deal("撤了", withdrawn_at=NOW)
    await firm.write(deal, gone)
    await firm.write(
        DealFact(deal.id, "quote_sent", NOW - 3 * DAY, me, "7 CNY -10%"),
        DealFact(deal.id, "needs_known", NOW, me),
        DealFact(deal.id, "quote_sent", NOW, me, "6 CNY", withdrawn_at=NOW),
        DealFact(deal.id, "contract_date", NOW - 2 * DAY, me, "2026-11-18"),
        DealFact(gone.id, "quote_sent", NOW, me),
        CustomerNote(home.id, me, NOW - DAY, "30万到账", kind="payment"),
        CustomerNote(home.id, me, NOW, "不喝茶"),
        CustomerNote(firm.customers["mate"].id, me, NOW, "到账", kind="payment"),
    )
    assert await count_money(firm.session, firm.boss, home.id) == {"quote": 1, "contract": 1, "payment": 1}
    rows = await list_money(firm.session, firm.rep, home.id, 9)
    assert [(row.kind, row.told, row.deal, row.amount) for row in rows] == [
        ("payment", "30万到账", "", None),
        ("contract", "2026-11-18", "二期", Money(7_00)),
        ("quote", "7 CNY -10%", "二期", Money(7_00)),
    ]
    assert rows[0].at == NOW - DAY
    assert [row.kind for row in await list_money(firm.session, firm.rep, home.id, 1, 1)] == ["contract"]
    assert [row.kind for row in await list_money(firm.session, firm.rep, home.id, 9, kind="quote")] == ["quote"]
    assert await list_money(firm.session, firm.other, home.id, 9) == []
    assert await count_money(firm.session, firm.other, home.id) == {}


async def _everything(firm: Firm) -> int:
    """One of each that happens with the rep's customer, a day apart; of each one more that does not count."""
    home, me, mate = firm.customers["rep"], firm.rep.id, firm.mate.id
    deal = firm.deal("二期")
    await firm.write(deal)
    opening, here = firm.stages["needs"], firm.stages["proposal"]
    moved = Change(NOW - 1 * DAY, firm.boss.id, "customer", home.id, "owner_id", mate, me)
    taken_back = Change(NOW, firm.boss.id, "customer", home.id, "owner_id", me, mate)
    await firm.write(
        moved,
        taken_back,
        Change(NOW - 2 * DAY, firm.boss.id, "deal", deal.id, "owner_id", mate, me),
        Change(NOW, firm.boss.id, "deal", deal.id, "amount_minor", 1, 2),
        firm.visit("rep", TODAY - 6 * DAY),
        firm.visit("rep", TODAY, withdrawn_at=NOW),
        firm.visit("mate", TODAY),
        StageChange(deal.id, opening.id, here.id, NOW - 5 * DAY, me),
        StageChange(deal.id, here.id, opening.id, NOW, me, withdrawn_at=NOW),
        DealFact(deal.id, "quote_sent", NOW - 4 * DAY, me, "7 CNY"),
        CustomerNote(home.id, mate, NOW - 3 * DAY, "不喝茶"),
        firm.task("寄样", TODAY, at="rep", state="done", done_at=NOW - 7 * DAY),
        firm.task("报价", TODAY, at="rep"),
    )
    back = Change(NOW, firm.boss.id, "customer", home.id, "owner_id", mate, me)
    back.undoes_id = taken_back.id
    await firm.write(back)
    home.created_at = NOW - 90 * DAY
    await firm.session.flush()
    return home.id


async def test_a_timeline_tells_each_kind_the_newest_first_and_leaves_out_what_was_taken_back(firm: Firm) -> None:
    key = await _everything(firm)
    told = await list_timeline(firm.session, firm.rep, key, 20, 0)
    assert [(one.source, one.on, one.user) for one in told] == [
        ("owner", TODAY - 1 * DAY, "boss"),
        ("deal_owner", TODAY - 2 * DAY, "boss"),
        ("note", TODAY - 3 * DAY, "mate"),
        ("fact", TODAY - 4 * DAY, "rep"),
        ("stage", TODAY - 5 * DAY, "rep"),
        ("visit", TODAY - 6 * DAY, "rep"),
        ("task", TODAY - 7 * DAY, "rep"),
        ("made", TODAY - 90 * DAY, "rep"),
    ]
    assert {one.source for one in told} == set(SOURCES)
    assert (told[0].facts["before"], told[0].facts["after"]) == (firm.mate.id, firm.rep.id)
    assert await count_timeline(firm.session, firm.rep, key) == len(told)


@pytest.mark.parametrize("page", [1, 2, 3, 5])
async def test_pages_of_a_timeline_are_the_whole_of_it(firm: Firm, page: int) -> None:
    key = await _everything(firm)
    await firm.write(*(firm.visit("rep", TODAY - 5 * DAY) for _ in range(4)))
    whole = await list_timeline(firm.session, firm.boss, key, 50, 0)
    paged = [one for at in range(0, 50, page) for one in await list_timeline(firm.session, firm.boss, key, page, at)]
    assert len(whole) == 12
    assert [(one.source, one.on) for one in paged] == [(one.source, one.on) for one in whole]


async def test_a_timeline_is_for_those_who_see_the_customer(firm: Firm) -> None:
    key = await _everything(firm)

    async def seen(actor: Actor) -> int:
        listed = await list_timeline(firm.session, actor, key, 50, 0)
        assert await count_timeline(firm.session, actor, key) == len(listed)
        return len(listed)

    assert [await seen(actor) for actor in (firm.rep, firm.boss, firm.other)] == [8, 8, 0]


async def test_what_is_known_of_deals_before_a_meeting(firm: Firm) -> None:
    bare, told, other = firm.deal("一期"), firm.deal("二期"), firm.deal("别家", at="mate")
    await firm.write(bare, told, other)
    keys = [bare.id, told.id, other.id]
    nothing = DealKnown(has_budget=False, has_needs=False, has_task=False, quoted_at=None)
    assert await deals_known_of(firm.session, keys) == dict.fromkeys(keys, nothing)
    due = firm.task("演示", TODAY, at="rep", deal_id=told.id)
    quotes = [DealFact(told.id, "quote_sent", NOW - by, firm.rep.id) for by in (timedelta(2), timedelta(1))]
    visit = firm.visit("rep", TODAY, deal_id=told.id, budget_minor=9_00, needs="要看演示")
    await firm.write(due, visit, *quotes)
    known = await deals_known_of(firm.session, keys)
    assert known[told.id] == DealKnown(has_budget=True, has_needs=True, has_task=True, quoted_at=NOW - DAY)
    assert known[bare.id] == known[other.id] == nothing
    await firm.write(firm.visit("rep", TODAY, needs="要快"))
    assert (await deals_known_of(firm.session, keys))[bare.id].has_needs, "told of no deal: it counts for each"
