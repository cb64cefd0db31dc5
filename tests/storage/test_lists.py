"""Lists and counts of visits, tasks, people and customers, on either engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from crm.customers import Contact, Customer
from crm.policy import Actor
from storage.lists.contacts import ContactsWanted, contacts_among, count_contacts, last_met, list_contacts
from storage.lists.customers import CustomersWanted, count_customers, list_customers
from storage.lists.tasks import TasksWanted, count_tasks, list_tasks
from storage.lists.visits import (
    VisitCount,
    VisitsWanted,
    count_visits,
    count_visits_by_person,
    list_visits,
    people_without_visits,
)
from tests.storage.firm import DAY, MIDNIGHT, NOW, TODAY, Firm


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
