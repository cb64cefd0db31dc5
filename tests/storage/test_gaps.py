"""What is told of somebody's own customers and their open deals, on either engine."""

from __future__ import annotations

from crm.customers import Contact
from crm.reports.gaps import CustomerHeld, DealHeld
from storage.gaps import records_held
from tests.storage.firm import NOW, TODAY, Firm


async def test_what_is_told_of_one_s_own_customers(firm: Firm) -> None:
    home = firm.customers["rep"]
    home.industry, home.size, home.tier = "软件", "200人", "key"
    open_deal = firm.deal("二期", amount_minor=30_000_00, close_on=TODAY)
    await firm.write(open_deal, firm.deal("一期", "won"), firm.deal("撤了", withdrawn_at=NOW))
    await firm.write(
        Contact(home.id, "王总", phone="1"),
        Contact(home.id, "刘总", role="decision_maker", left_on=TODAY),
        firm.task("报价", TODAY, at="rep", deal_id=open_deal.id),
        firm.task("寄样", TODAY, at="mate"),
    )
    told = CustomerHeld(home.id, home.name, "key", "软件", "200人", person="王总", has_phone=True)
    deals = [DealHeld("二期", 30_000, TODAY, has_next_step=True)]
    [held] = await records_held(firm.session, firm.rep)
    assert list(held.deals) == deals
    assert held == CustomerHeld(**{**told.__dict__, "deals": held.deals})


async def test_one_customer_s_records_are_for_those_who_see_it(firm: Firm) -> None:
    await firm.write(firm.deal("二期", at="mate"))
    key = firm.customers["mate"].id
    assert [one.name for one in await records_held(firm.session, firm.boss, key)] == ["mate公司"]
    assert await records_held(firm.session, firm.other, key) == []
    assert await records_held(firm.session, firm.boss) == [], "the boss looks after nobody"
