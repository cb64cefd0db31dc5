"""What a list is narrowed by, on either engine: each condition and its opposite, alone, together, and with rights."""

from __future__ import annotations

from typing import Any

import pytest

from crm.customers import Contact, Customer
from crm.deals import DealFact
from crm.filters import Condition
from crm.money import Money
from crm.policy import Actor
from storage.lists.conditions import MEANINGS
from storage.lists.contacts import ContactsWanted, count_contacts, list_contacts_of_all
from storage.lists.customers import CustomersWanted, count_customers, list_customers, open_sums
from storage.lists.deals import DealsWanted, list_deals, total_deals
from storage.lists.tasks import TasksWanted, count_tasks, list_tasks
from storage.lists.visits import VisitsWanted, count_visits, list_visits
from tests.storage.firm import DAY, MIDNIGHT, NOW, TODAY, Firm

HOMES = {  # name: region, address, industry, tier, source
    "上海松壑医疗": ("上海", "", "医疗器械", "key", "展会"),
    "南京柏舟教育": ("江苏", "江苏示例路1号", "教育培训", "target", "官网"),
    "晨光": ("", "江苏省苏州市工业园区", "", "vip", ""),
    "Larkspur": ("Shanghai", "", "Healthcare", "potential", "Trade show"),
    "明德医院": ("浙江省", "杭州市西湖区", "", "potential", "老客户介绍"),
    "百分_100%": ("", "", "", "potential", ""),
}
A, B = MIDNIGHT - 30 * DAY, TODAY - 7 * DAY


@pytest.fixture
async def homes(firm: Firm) -> dict[str, Customer]:
    made = {}
    for name, values in HOMES.items():
        told: dict[str, Any] = dict(zip(("region", "address", "industry", "tier", "source"), values, strict=True))
        made[name] = Customer(name, firm.rep.id, NOW - 90 * DAY, **told)
    await firm.write(*made.values())
    firm.customers |= made
    for name in ("rep", "shared"):
        firm.customers[name].withdrawn_at = NOW
    s, n, c = made["上海松壑医疗"], made["南京柏舟教育"], made["晨光"]
    s.phone = "021"
    s.size, n.size, c.size, made["Larkspur"].size = "201-500", "约300人", "1,200人以上", "很多"
    deals = [
        firm.deal(
            "甲", "negotiation", at=s.name, amount_minor=60_000_00, close_on=TODAY + DAY, competitors=["用友", "SAP"]
        ),
        firm.deal("乙", "needs", at=n.name, amount_minor=20_000_00, made=NOW - DAY),
        firm.deal("丙", "lost", at=c.name, closed_at=NOW - 3 * DAY),
        firm.deal("旧", "won", at=s.name, closed_at=NOW - 40 * DAY),
    ]
    await firm.write(*deals, firm.visit(s.name, TODAY - DAY), firm.visit(n.name, TODAY - 40 * DAY))
    await firm.write(
        Contact(n.id, "甲", role="decision_maker", phone="1", birthday="1980-11-25"),
        Contact(c.id, "乙", left_on=TODAY, birthday="11-25"),
        Contact(s.id, "丁", role="user", email="d@example.com", birthday="01-03"),
        firm.task("打电话", TODAY, at=s.name),
        DealFact(deals[1].id, "quote_sent", NOW, firm.rep.id),
    )
    return made


async def names(firm: Firm, *where: Condition, actor: Actor | None = None, sort: str = "name") -> list[str]:
    wanted = CustomersWanted(where=where, sort=sort)
    rows = await list_customers(firm.session, actor or firm.rep, wanted, 50, 0)
    assert await count_customers(firm.session, actor or firm.rep, wanted) == len(rows)
    return [row.customer.name for row in rows]


async def deals_of(firm: Firm, *where: Condition, outcome: str = "open") -> list[str]:
    wanted = DealsWanted(where=where, outcome=outcome)
    rows = await list_deals(firm.session, firm.rep, wanted, 50, 0)
    assert (await total_deals(firm.session, firm.rep, wanted)).count == len(rows)
    return sorted(row.deal.name for row in rows)


CUSTOMERS: tuple[tuple[str, tuple[Any, ...], set[str]], ...] = (
    ("place", ("上海",), {"上海松壑医疗", "Larkspur"}),
    ("place", ("江苏",), {"南京柏舟教育", "晨光"}),
    ("place", ("南京",), {"南京柏舟教育"}),
    ("place", ("苏州",), {"晨光"}),
    ("place", ("杭州", "上海"), {"明德医院", "上海松壑医疗", "Larkspur"}),
    ("place", ("长三角",), {"上海松壑医疗", "Larkspur", "南京柏舟教育", "晨光", "明德医院"}),
    ("place", ("西湖区",), {"明德医院"}),
    ("place", ("华东",), {"上海松壑医疗", "Larkspur", "南京柏舟教育", "晨光", "明德医院"}),
    ("place", ("%",), set()),
    ("industry", ("医疗",), {"上海松壑医疗", "Larkspur", "明德医院"}),
    ("industry", ("hospitals",), {"明德医院"}),
    ("industry", ("教育", "陶瓷"), {"南京柏舟教育"}),
    ("industry", ("_",), {"百分_100%"}),
    ("tier", ("vip", "key"), {"上海松壑医疗", "晨光"}),
    ("source", ("展会",), {"上海松壑医疗"}),
    ("source", ("trade show",), {"Larkspur"}),
    ("contacted", (None, None), {"上海松壑医疗", "南京柏舟教育"}),
    ("contacted", (B, TODAY), {"上海松壑医疗"}),
    ("has", ("deal",), {"上海松壑医疗", "南京柏舟教育"}),
    ("size", (200, None), {"上海松壑医疗", "南京柏舟教育", "晨光"}),
    ("size", (None, 500), {"上海松壑医疗", "南京柏舟教育"}),
    ("size", (250, 1_000), {"南京柏舟教育"}),
    ("size", (400, 400), {"上海松壑医疗"}),
    ("size", (1_200, None), {"晨光"}),
    ("birthday", ("11-20", "11-30"), {"南京柏舟教育"}),
    ("birthday", ("12-20", "01-05"), {"上海松壑医疗"}),
    ("role", ("decision_maker", "blocker"), {"南京柏舟教育"}),
    ("filled", ("email",), {"上海松壑医疗"}),
    ("won", (None, None), {"上海松壑医疗"}),
    ("won", (A, None), set()),
    ("has", ("contact",), {"上海松壑医疗", "南京柏舟教育"}),
    ("has", ("decision_maker",), {"南京柏舟教育"}),
    ("has", ("champion",), set()),
    ("has", ("task",), {"上海松壑医疗"}),
    ("has", ("next_step",), {"上海松壑医疗"}),
    ("has", ("quote",), {"南京柏舟教育"}),
    ("has", ("task", "quote"), {"上海松壑医疗", "南京柏舟教育"}),
    ("filled", ("phone",), {"上海松壑医疗", "南京柏舟教育"}),
    ("filled", ("industry",), {"上海松壑医疗", "南京柏舟教育", "Larkspur"}),
    ("amount", (Money(50_000_00), None), {"上海松壑医疗"}),
    ("competitor", ("用友",), {"上海松壑医疗"}),
    ("outcome", ("lost",), {"晨光"}),
    ("stage", ("needs", "proposal"), {"南京柏舟教育"}),
)


@pytest.mark.parametrize(("name", "values", "expected"), CUSTOMERS)
async def test_a_condition_leaves_those_it_holds_for_and_denied_the_others(
    firm: Firm, homes: dict[str, Customer], name: str, values: tuple[Any, ...], expected: set[str]
) -> None:
    assert set(await names(firm, Condition(name, values))) == expected
    assert set(await names(firm, Condition(name, values, is_denied=True))) == set(homes) - expected


async def test_who_was_silent_and_who_is_new_is_told_by_moments(firm: Firm, homes: dict[str, Customer]) -> None:
    silent = Condition("silent", (A,))
    assert set(await names(firm, silent)) == set(homes) - {"上海松壑医疗"}
    homes["晨光"].created_at = NOW - DAY
    await firm.session.flush()
    assert "晨光" not in await names(firm, silent)
    assert await names(firm, Condition("created", (A, None))) == ["晨光"]
    assert len(await names(firm, Condition("created", (None, A)))) == len(homes) - 1


DEALS: tuple[tuple[str, tuple[Any, ...], set[str]], ...] = (
    ("place", ("上海",), {"甲"}),
    ("industry", ("教育",), {"乙"}),
    ("tier", ("key",), {"甲"}),
    ("silent", (A,), set()),
    ("stalled", (A, A, TODAY), {"甲"}),
    ("stalled", (A, MIDNIGHT - 99 * DAY, TODAY), set()),
    ("contacted", (B, TODAY), {"甲"}),
    ("has", ("task",), {"甲"}),
    ("has", ("quote",), {"乙"}),
    ("has", ("decision_maker",), {"乙"}),
    ("size", (250, None), {"乙"}),
    ("role", ("user",), {"甲"}),
    ("filled", ("close_on",), {"甲"}),
    ("filled", ("amount",), {"甲", "乙"}),
    ("created", (A, None), {"乙"}),
    ("amount", (None, Money(20_000_00)), {"乙"}),
    ("amount", (Money(20_000_00), Money(60_000_00)), {"甲", "乙"}),
    ("amount", (Money(1, "USD"), None), set()),
    ("closing", (TODAY, TODAY + DAY), {"甲"}),
    ("stage", ("negotiation",), {"甲"}),
    ("competitor", ("SAP",), {"甲"}),
    ("source", ("官网",), {"乙"}),
)


@pytest.mark.parametrize(("name", "values", "expected"), DEALS)
async def test_a_condition_leaves_the_deals_it_holds_for(
    firm: Firm, homes: dict[str, Customer], name: str, values: tuple[Any, ...], expected: set[str]
) -> None:
    assert set(await deals_of(firm, Condition(name, values))) == expected
    assert set(await deals_of(firm, Condition(name, values, is_denied=True))) == {"甲", "乙"} - expected


CONTACTS: tuple[tuple[str, tuple[Any, ...], set[str]], ...] = (
    ("place", ("江苏",), {"甲", "乙"}),
    ("tier", ("key",), {"丁"}),
    ("role", ("decision_maker",), {"甲"}),
    ("birthday", ("11-20", "11-30"), {"甲", "乙"}),
    ("birthday", ("12-20", "01-05"), {"丁"}),
    ("filled", ("phone",), {"甲"}),
    ("filled", ("email",), {"丁"}),
    ("filled", ("industry",), {"甲", "丁"}),
    ("has", ("deal",), {"甲", "丁"}),
    ("amount", (Money(50_000_00), None), {"丁"}),
)


@pytest.mark.parametrize(("name", "values", "expected"), CONTACTS)
async def test_a_condition_leaves_the_people_it_holds_for(
    firm: Firm, homes: dict[str, Customer], name: str, values: tuple[Any, ...], expected: set[str]
) -> None:
    for is_denied, people in ((False, expected), (True, {"甲", "乙", "丁"} - expected)):
        wanted = ContactsWanted(None, where=(Condition(name, values, is_denied),))
        found = await list_contacts_of_all(firm.session, firm.rep, wanted, 50)
        assert {person.name for person, _, _ in found} == people
        assert await count_contacts(firm.session, firm.rep, wanted) == len(people)
        assert await count_contacts(firm.session, firm.other, wanted) == 0


async def test_visits_and_tasks_are_narrowed_by_their_customers(firm: Firm, homes: dict[str, Customer]) -> None:
    shanghai, school = (Condition("place", ("上海",)),), (Condition("industry", ("教育",)),)
    for where, days in ((shanghai, [TODAY - DAY]), (school, [TODAY - 40 * DAY])):
        visits = await list_visits(firm.session, firm.rep, VisitsWanted(where=where), 9, 0)
        assert [row.visit.held_on for row in visits] == days
        assert (await count_visits(firm.session, firm.rep, VisitsWanted(where=where))).visits == 1
        assert (await count_visits(firm.session, firm.other, VisitsWanted(where=where))).visits == 0
    for where, count in ((shanghai, 1), (school, 0)):
        wanted = TasksWanted(where=where)
        assert await count_tasks(firm.session, firm.rep, wanted) == count
        assert len(await list_tasks(firm.session, firm.rep, wanted, 9, 0)) == count


async def test_a_task_at_a_customer_out_of_sight_is_not_told_by_what_that_is(
    firm: Firm, homes: dict[str, Customer]
) -> None:
    await firm.write(firm.task("代办", TODAY, who=firm.other, at="上海松壑医疗"))
    assert await count_tasks(firm.session, firm.other, TasksWanted()) == 1
    assert await count_tasks(firm.session, firm.other, TasksWanted(where=(Condition("place", ("上海",)),))) == 0
    assert await count_tasks(firm.session, firm.other, TasksWanted(where=(Condition("place", ("上海",), True),))) == 0


async def test_deals_that_ended_are_found_by_when(firm: Firm, homes: dict[str, Customer]) -> None:
    lost, closed = Condition("outcome", ("lost",)), Condition("closed", (MIDNIGHT - 3 * DAY, None))
    assert await deals_of(firm, lost, closed, outcome="") == ["丙"]
    assert await names(firm, lost, closed) == ["晨光"]
    assert await deals_of(firm, Condition("closed", (MIDNIGHT, None)), outcome="") == []


async def test_conditions_of_deals_must_hold_for_one_and_the_same(firm: Firm, homes: dict[str, Customer]) -> None:
    await firm.write(firm.deal("丁", "contact", at="南京柏舟教育", amount_minor=90_000_00))
    large, early = Condition("amount", (Money(50_000_00), None)), Condition("stage", ("needs",))
    assert set(await names(firm, large)) == {"上海松壑医疗", "南京柏舟教育"}
    assert await names(firm, early) == ["南京柏舟教育"]
    assert await names(firm, large, early) == []


async def test_a_customer_whose_deal_has_no_amount_lacks_it(firm: Firm, homes: dict[str, Customer]) -> None:
    await firm.write(firm.deal("戊", at="晨光"))
    assert await names(firm, Condition("filled", ("amount",), is_denied=True)) == ["晨光"]


async def test_a_filter_shows_nobody_more_than_they_see(firm: Firm, homes: dict[str, Customer]) -> None:
    for name, values, _ in CUSTOMERS:
        for is_denied in (False, True):
            where = Condition(name, values, is_denied)
            assert not set(await names(firm, where, actor=firm.other)) & set(homes)
            assert not set(await names(firm, where, actor=firm.mate)) & set(homes)
            assert set(await names(firm, where)) & set(homes) <= set(await names(firm, where, actor=firm.boss))


async def test_what_is_open_at_customers_is_summed_a_currency_each(firm: Firm, homes: dict[str, Customer]) -> None:
    await firm.write(
        firm.deal("庚", at="晨光", amount_minor=5_00, currency="USD"),
        firm.deal("辛", at="晨光", amount_minor=7_00),
        firm.deal("壬", "won", at="晨光", amount_minor=9_00),
        firm.deal("癸", at="晨光", amount_minor=9_00, withdrawn_at=NOW),
    )
    sums = await open_sums(firm.session, [homes["晨光"].id, homes["Larkspur"].id])
    assert sums == {homes["晨光"].id: [Money(7_00), Money(5_00, "USD")]}


@pytest.mark.parametrize(
    ("sort", "place", "expected"),
    [("contact", -1, "上海松壑医疗"), ("contact", -2, "南京柏舟教育"), ("-contact", 0, "上海松壑医疗"),
     ("-amount", 0, "上海松壑医疗"), ("amount", 0, "南京柏舟教育"), ("close", 0, "上海松壑医疗"),
     ("name", 0, "Larkspur"), ("created", 0, "晨光"), ("-created", 0, "Larkspur")],
)  # fmt: skip
async def test_customers_come_in_the_order_asked_for(
    firm: Firm, homes: dict[str, Customer], sort: str, place: int, expected: str
) -> None:
    homes["Larkspur"].created_at, homes["晨光"].created_at = NOW - DAY, NOW - 99 * DAY
    await firm.session.flush()
    assert (await names(firm, sort=sort))[place] == expected


@pytest.mark.parametrize(
    ("sort", "expected"),
    [("-amount", ["甲", "乙"]), ("amount", ["乙", "甲"]), ("close", ["甲", "乙"]), ("contact", ["乙", "甲"]),
     ("-contact", ["甲", "乙"]), ("-created", ["乙", "甲"]), ("created", ["甲", "乙"])],
)  # fmt: skip
async def test_deals_come_in_the_order_asked_for(
    firm: Firm, homes: dict[str, Customer], sort: str, expected: list[str]
) -> None:
    rows = await list_deals(firm.session, firm.rep, DealsWanted(sort=sort), 9, 0)
    assert [row.deal.name for row in rows] == expected


async def test_whatever_is_written_as_a_value_is_only_a_value(firm: Firm, homes: dict[str, Customer]) -> None:
    for value in ("'", '"; DROP TABLE customers; --', "%", "\\", "a" * 4_000, "𠮷", "*"):
        for name in ("place", "industry", "source", "competitor", "tier", "stage"):
            await names(firm, Condition(name, (value,)))
    assert len(await names(firm)) == len(homes)


def test_every_condition_is_tried() -> None:
    tried = {name for name, _, _ in (*CUSTOMERS, *DEALS, *CONTACTS)} | {"closed", "silent", "created"}
    assert tried == set(MEANINGS)
