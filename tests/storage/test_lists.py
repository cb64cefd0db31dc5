"""Lists, counts and sums on either engine against records made by hand: who sees what, and which day counts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from crm.customers import Collaborator, Contact, Customer, ShortName
from crm.deals import Deal, StageChange
from crm.money import Money
from crm.pipelines import Stage
from crm.policy import Actor
from crm.tasks import Task
from crm.users import User
from crm.visits import Visit
from storage.deals import pipeline_by_key, stages_of
from storage.engine import Store
from storage.lists.contacts import ContactsWanted, contacts_among, count_contacts, last_met, list_contacts
from storage.lists.customers import CustomersWanted, count_customers, list_customers
from storage.lists.deals import (
    DealsWanted,
    Totals,
    deals_among,
    list_deals,
    total_deals,
    total_deals_by_owner,
    total_deals_by_stage,
)
from storage.lists.tasks import TasksWanted, count_tasks, list_tasks
from storage.lists.visits import (
    VisitCount,
    VisitsWanted,
    count_visits,
    count_visits_by_person,
    list_visits,
    people_without_visits,
)
from storage.pipelines import ship_pipelines
from storage.search import count_hits, list_hits

SHANGHAI = timezone(timedelta(hours=8))
TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 18, 30, tzinfo=SHANGHAI)
MIDNIGHT = datetime(2026, 11, 20, tzinfo=SHANGHAI)
DAY = timedelta(days=1)


@dataclass
class Firm:
    """Two reps under a manager, one rep elsewhere; a customer each, one of them shared; the stages of a pipeline."""

    session: AsyncSession
    rep: Actor
    mate: Actor
    boss: Actor
    other: Actor
    customers: dict[str, Customer]
    stages: dict[str, Stage]

    async def write(self, *things: object) -> None:
        self.session.add_all(things)
        await self.session.flush()

    def deal(self, name: str, stage: str = "proposal", **fields: object) -> Deal:
        customer = self.customers[str(fields.pop("at", "rep"))]
        made = fields.pop("made", NOW - 60 * DAY)
        here = self.stages[stage]
        deal = Deal(customer.id, name, here.pipeline_id, here.id, customer.owner_id, made)  # type: ignore[arg-type]
        for field, value in fields.items():
            setattr(deal, field, value)
        return deal

    def visit(self, at: str, on: date, by: Actor | None = None, **fields: object) -> Visit:
        customer = self.customers[at]
        return Visit(customer.id, by.id if by else customer.owner_id, on, NOW, "聊了聊", **fields)  # type: ignore[arg-type]

    def task(self, title: str, due: date | None, who: Actor | None = None, at: str = "", **fields: object) -> Task:
        who = who or self.rep
        task = Task(title, who.id, who.id, NOW, due, customer_id=self.customers[at].id if at else None)
        for field, value in fields.items():
            setattr(task, field, value)
        return task


@pytest.fixture
async def firm(store: Store) -> AsyncIterator[Firm]:
    async with store.writing()() as session:
        await ship_pipelines(session)
        people = {name: User(name) for name in ("rep", "mate", "boss", "other")}
        session.add_all(people.values())
        await session.flush()
        customers = {
            name: Customer(f"{name}公司", person.id, NOW - 90 * DAY)
            for name, person in people.items()
            if name != "boss"
        }
        customers["shared"] = Customer("共享公司", people["other"].id, NOW - 90 * DAY)
        customers["gone"] = Customer("撤销公司", people["rep"].id, NOW - 90 * DAY, withdrawn_at=NOW)
        session.add_all(customers.values())
        await session.flush()
        session.add(Collaborator(customers["shared"].id, people["rep"].id))
        pipeline = await pipeline_by_key(session, "standard")
        stages = {stage.key: stage for stage in await stages_of(session, pipeline.id)}
        actors = {name: Actor(person) for name, person in people.items()}
        boss = Actor(people["boss"], frozenset({people["rep"].id, people["mate"].id}))
        yield Firm(session, actors["rep"], actors["mate"], boss, actors["other"], customers, stages)


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


async def test_visits_are_counted_by_times_and_by_customers(firm: Firm) -> None:
    monday = TODAY - 4 * DAY
    await firm.write(
        firm.visit("rep", monday),
        firm.visit("rep", monday),
        firm.visit("shared", TODAY, firm.rep),
        firm.visit("rep", monday - DAY),
        firm.visit("mate", TODAY),
        firm.visit("other", TODAY),
        firm.visit("rep", TODAY, withdrawn_at=NOW),
        firm.visit("gone", TODAY),
    )
    mine = VisitsWanted(frozenset({firm.rep.id}), since=monday, until=monday + 6 * DAY)
    assert await count_visits(firm.session, firm.rep, mine) == VisitCount(3, 2)
    team = replace(mine, people=frozenset({firm.rep.id, firm.mate.id}))
    assert await count_visits_by_person(firm.session, firm.boss, team) == [
        VisitCount(2, 1, "rep"),  # the shared customer is not below the boss
        VisitCount(1, 1, "mate"),
    ]
    listed = await list_visits(firm.session, firm.boss, team, 9, 0)
    assert [(row.visit.held_on, row.customer, row.user) for row in listed] == [
        (TODAY, "mate公司", "mate"),
        (monday, "rep公司", "rep"),
        (monday, "rep公司", "rep"),
    ]
    assert await count_visits(firm.session, firm.other, VisitsWanted(frozenset({firm.mate.id}))) == VisitCount(0, 0)


async def test_who_made_no_visit_is_told_of_reps_the_asker_may_ask_about(firm: Firm) -> None:
    await firm.write(firm.visit("rep", TODAY), firm.visit("mate", TODAY - DAY), firm.visit("other", TODAY - DAY))
    today = VisitsWanted(since=TODAY, until=TODAY)
    assert await people_without_visits(firm.session, firm.boss, today) == ["mate", "boss"]
    assert await people_without_visits(firm.session, firm.boss, VisitsWanted(frozenset({firm.mate.id}))) == []
    assert await people_without_visits(firm.session, firm.other, today) == ["other"]
    firm.mate.user.is_active = False
    await firm.session.flush()
    assert await people_without_visits(firm.session, firm.boss, today) == ["boss"]


async def test_tasks_come_by_day_then_hour_and_undated_ones_last(firm: Firm) -> None:
    await firm.write(
        firm.task("没日子", None),
        firm.task("全天", TODAY),
        firm.task("下午", TODAY, due_at=MIDNIGHT + timedelta(hours=15)),
        firm.task("上午", TODAY, due_at=MIDNIGHT + timedelta(hours=9)),
        firm.task("昨天", TODAY - DAY, at="rep"),
        firm.task("完成", TODAY, state="done", done_at=NOW),
        firm.task("撤销", TODAY, withdrawn_at=NOW),
        firm.task("同事", TODAY, firm.mate),
    )
    mine = TasksWanted(frozenset({firm.rep.id}))
    listed = await list_tasks(firm.session, firm.rep, mine, 9, 0)
    assert [row.task.title for row in listed] == ["昨天", "上午", "下午", "全天", "没日子"]
    assert (listed[0].customer, listed[1].customer, listed[0].assignee) == ("rep公司", "", "rep")
    assert await count_tasks(firm.session, firm.rep, mine) == 5
    late = TasksWanted(frozenset({firm.rep.id}), late_on=TODAY)
    assert [row.task.title for row in await list_tasks(firm.session, firm.rep, late, 9, 0)] == ["昨天"]
    done = TasksWanted(frozenset({firm.rep.id}), is_done=True, done_from=MIDNIGHT, done_until=MIDNIGHT + DAY)
    assert [row.task.title for row in await list_tasks(firm.session, firm.boss, done, 9, 0)] == ["完成"]
    assert await count_tasks(firm.session, firm.other, mine) == 0
    assert await count_tasks(firm.session, firm.boss, TasksWanted(since=TODAY, until=TODAY)) == 4


async def test_people_are_listed_decision_makers_first_and_met_when_named(firm: Firm) -> None:
    home = firm.customers["rep"]
    clerk, head = Contact(home.id, "刘芳"), Contact(home.id, "王建国", role="decision_maker")
    foreign = Contact(firm.customers["other"].id, "周密")
    await firm.write(clerk, head, foreign, Contact(home.id, "没了", withdrawn_at=NOW))
    wanted = ContactsWanted(home.id)
    assert [one.name for one in await list_contacts(firm.session, firm.rep, wanted, 9, 0)] == ["王建国", "刘芳"]
    assert await count_contacts(firm.session, firm.rep, ContactsWanted(home.id, "decision_maker")) == 1
    assert await count_contacts(firm.session, firm.other, wanted) == 0
    keys = [clerk.id, head.id, foreign.id]
    assert [person.name for person, _ in await contacts_among(firm.session, firm.boss, keys)] == ["刘芳", "王建国"]
    await firm.write(
        firm.visit("rep", TODAY - 3 * DAY, contact_ids=[head.id, clerk.id]),
        firm.visit("rep", TODAY - 9 * DAY, contact_ids=[head.id]),
        firm.visit("rep", TODAY, contact_ids=[clerk.id], withdrawn_at=NOW),
    )
    assert (await last_met(firm.session, head), await last_met(firm.session, foreign)) == (TODAY - 3 * DAY, None)


async def test_customers_are_told_by_tier_age_and_silence_the_longest_first(firm: Firm) -> None:
    home, shared = firm.customers["rep"], firm.customers["shared"]
    home.tier, fresh = "key", Customer("新来", firm.rep.id, MIDNIGHT)
    await firm.write(fresh, firm.visit("shared", TODAY - 40 * DAY), firm.visit("rep", TODAY - 29 * DAY))

    async def named(wanted: CustomersWanted, actor: Actor = firm.rep) -> list[str]:
        rows = await list_customers(firm.session, actor, wanted, 9, 0)
        assert await count_customers(firm.session, actor, wanted) == len(rows)
        return [row.customer.name for row in rows]

    assert await named(CustomersWanted()) == ["新来", "共享公司", "rep公司"]
    assert await named(CustomersWanted(frozenset({firm.rep.id}))) == ["新来", "rep公司"]
    assert await named(CustomersWanted(tier="key")) == ["rep公司"]
    assert await named(CustomersWanted(created=(MIDNIGHT, MIDNIGHT + DAY))) == ["新来"]
    assert await named(CustomersWanted(silent_from=MIDNIGHT - 29 * DAY)) == ["共享公司"]
    assert await named(CustomersWanted(silent_from=MIDNIGHT - 28 * DAY)) == ["共享公司", "rep公司"]
    assert await named(CustomersWanted(), firm.boss) == ["mate公司", "新来", "rep公司"]
    [row] = await list_customers(firm.session, firm.other, CustomersWanted(silent_from=MIDNIGHT), 1, 1)
    assert (row.customer.id, row.owner, row.contacted_on) == (shared.id, "other", TODAY - 40 * DAY)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ACME", ["Acme_100%", "Acme二期"]),
        ("_", ["Acme_100%"]),
        ("%", ["Acme_100%"]),
        ("100%", ["Acme_100%"]),
        ("阿", ["Acme_100%"]),
        ("4321", ["O'Brien"]),
        ("o'b", ["O'Brien"]),
        ("123", []),
        ("' OR '1'='1", []),
        ("\\", []),
        ("别人", []),
    ],
)
async def test_a_search_takes_signs_literally_and_finds_only_what_one_sees(
    firm: Firm, text: str, found: list[str]
) -> None:
    home = firm.customers["rep"]
    home.name = "Acme_100%"
    await firm.write(
        ShortName(home.id, "阿克米"),
        ShortName(home.id, "别人", learnt_by_id=firm.mate.id),
        Contact(home.id, "O'Brien", phone="199-0000-4321"),
        Contact(firm.customers["other"].id, "Acme Spy", phone="199-0000-4321"),
        firm.deal("Acme二期"),
        firm.deal("Acme三期", at="other"),
    )
    hits = await list_hits(firm.session, firm.rep, text, 9, 0)
    assert [hit.name for hit in hits] == found
    assert await count_hits(firm.session, firm.rep, text) == len(found)
    assert all(hit.customer == "Acme_100%" for hit in hits)
