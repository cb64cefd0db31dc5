"""The demo's promises: its size, its stories, and a history in which nothing happens before what it needs."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.demo import HoldsRecords, demo_people, fill
from crm.customers import Contact, Customer, ShortName
from crm.deals import Deal, DealFact, StageChange, known_facts
from crm.deals import Evidence as Seen
from crm.pipelines import Pipeline, Stage, missing_facts
from crm.tasks import Task
from crm.users import Chat, Team, User, superiors
from crm.visits import Visit
from sandbox import Sandbox
from storage.columns import metadata
from storage.deal_tables import deals
from storage.deals import deals_of, known_of, stages_of
from storage.engine import Store, open_store
from storage.migrate import migrate
from storage.people_tables import chats, identities, users
from storage.tables import collaborators, customers, short_names, tasks


async def _all(session: Any, cls: type[Any]) -> list[Any]:
    return list(await session.scalars(select(cls)))


async def test_the_company_is_as_large_as_it_says(store: Store, now: datetime) -> None:
    await fill(store, now)
    async with store.reading()() as session:
        counts = {cls: len(await _all(session, cls)) for cls in (User, Team, Customer, Contact, Deal, Pipeline)}
        roles = Counter(user.role for user in await _all(session, User))
    assert counts == {User: 12, Team: 4, Customer: 60, Contact: 120, Deal: 70, Pipeline: 2}
    assert roles == {"rep": 5, "manager": 3, "presales": 1, "support": 1, "finance": 1, "admin": 1}


async def test_a_director_stands_above_two_managers_and_five_reps(sqlite_store: Store, now: datetime) -> None:
    await fill(sqlite_store, now)
    async with sqlite_store.reading()() as session:
        teams = {team.id: team for team in await _all(session, Team)}
        staff = {user.id: user for user in await _all(session, User)}
    above = {staff[key].name: [staff[up].name for up in superiors(staff[key], teams)] for key in staff}
    reps = [above[user.name] for user in staff.values() if user.role == "rep"]
    assert Counter(map(tuple, reps)) == {("周岚", "何远征"): 3, ("孙浩", "何远征"): 2}
    assert above["何远征"] == []


async def test_everybody_has_an_identity_and_a_private_chat(sqlite_store: Store, now: datetime) -> None:
    people = await fill(sqlite_store, now)
    async with sqlite_store.reading()() as session:
        known = set(await session.scalars(select(identities.c.address)))
        alone = set(await session.scalars(select(chats.c.address).where(chats.c.is_group.is_(False))))
        groups = set(await session.scalars(select(chats.c.address).where(chats.c.is_group)))
    assert known == alone == {str(person.id) for person in people.people}
    assert groups == {str(group.id) for group in people.groups}


async def test_its_group_is_bound_to_a_deal_that_its_members_share(sqlite_store: Store, now: datetime) -> None:
    await fill(sqlite_store, now)
    async with sqlite_store.reading()() as session:
        [chat] = list(await session.scalars(select(Chat).where(chats.c.deal_id.is_not(None))))
        deal = await session.get(Deal, chat.deal_id)
        shared = set(await session.scalars(select(collaborators.c.user_id).where(collaborators.c.chat_id == chat.id)))
    assert deal is not None and (chat.address, deal.name, chat.is_shared) == ("-1001", "ERP二期", True)
    assert shared == set(chat.member_ids) - {deal.owner_id} and len(chat.member_ids) == 3


async def _checked_moves(store: Store) -> list[tuple[Deal, list[StageChange]]]:
    """Every deal with its moves; each must have been allowed by what was known before it."""
    async with store.reading()() as session:
        stages = {stage.id: stage for stage in await _all(session, Stage)}
        moves, facts = await _all(session, StageChange), await _all(session, DealFact)
        visits, people = await _all(session, Visit), await _all(session, Contact)
        found = []
        for deal in await _all(session, Deal):
            way = sorted((move for move in moves if move.deal_id == deal.id), key=lambda move: move.at)
            for move in way[1:]:
                stated = {f.key for f in facts if f.deal_id == deal.id and f.at <= move.at}
                told = any(v.needs for v in visits if v.deal_id == deal.id and v.created_at <= move.at)
                here = [person for person in people if person.customer_id == deal.customer_id]
                seen = Seen(bool(here), any(person.role == "decision_maker" for person in here), told, False)
                line = await stages_of(session, deal.pipeline_id)
                start, goal = stages[move.from_stage_id], stages[move.to_stage_id]
                known = known_facts(deal, stated, seen)
                assert missing_facts(line, start, goal, known) == [], (deal.name, goal.key)
            found.append((deal, way))
    return found


@pytest.mark.parametrize("hours", [0, 13, 37, 61, 24 * 100])
async def test_every_deal_moved_only_as_its_conditions_allowed(sqlite_store: Store, now: datetime, hours: int) -> None:
    at = now + timedelta(hours=hours)
    await fill(sqlite_store, at)
    for deal, way in await _checked_moves(sqlite_store):
        assert way[0].from_stage_id is None
        assert [move.from_stage_id for move in way[1:]] == [move.to_stage_id for move in way[:-1]]
        assert way[-1].to_stage_id == deal.stage_id
        assert all(move.at < at for move in way)
        assert way[0].at == deal.created_at
        assert (deal.closed_at in (None, way[-1].at)) and way[0].at > at - timedelta(190)


async def test_deals_are_won_and_lost_with_reasons_silent_and_closing_soon(sqlite_store: Store, now: datetime) -> None:
    await fill(sqlite_store, now)
    async with sqlite_store.reading()() as session:
        stages = {stage.id: stage for stage in await _all(session, Stage)}
        last: dict[int, datetime] = {}
        for visit in sorted(await _all(session, Visit), key=lambda visit: visit.created_at):
            last[visit.deal_id] = visit.created_at
        sold = await _all(session, Deal)
        open_tasks = [task for task in await _all(session, Task) if task.state == "open"]
    outcomes = Counter(stages[deal.stage_id].outcome for deal in sold)
    still = [deal for deal in sold if stages[deal.stage_id].outcome == "open"]
    assert outcomes["won"] == 12
    assert all(deal.lost_reason for deal in sold if stages[deal.stage_id].outcome == "lost")
    assert len({deal.pipeline_id for deal in sold}) == 2
    assert sum(now - last[deal.id] > timedelta(7) for deal in still) >= 5
    assert sum(deal.close_on is not None and deal.close_on <= now.date() + timedelta(14) for deal in still) >= 5
    dues = Counter((task.due_on > now.date()) - (task.due_on < now.date()) for task in open_tasks)
    assert min(dues[-1], dues[0], dues[1]) >= 3


async def _standing(session: Any, customer: str, deal: str) -> tuple[Deal, Stage, set[str], str]:
    found = (await session.scalars(select(Customer).where(customers.c.name == customer))).one()
    [(record, stage)] = [(d, s) for d, s in await deals_of(session, found.id) if d.name == deal]
    owner = await session.get(User, found.owner_id)
    return record, stage, await known_of(session, record), owner.name


async def test_the_first_scene_finds_its_deal_ready_to_move(store: Store, now: datetime) -> None:
    await fill(store, now)
    async with store.reading()() as session:
        deal, stage, known, owner = await _standing(session, "上海华信科技有限公司", "ERP二期")
        goal = next(s for s in await stages_of(session, deal.pipeline_id) if s.key == "negotiation")
        line = await stages_of(session, deal.pipeline_id)
        open_deals = [d for d, s in await deals_of(session, deal.customer_id) if s.outcome == "open"]
        heads = [c.name for c in await _all(session, Contact) if c.customer_id == deal.customer_id]
    assert (stage.key, deal.amount_minor, owner, heads[0]) == ("proposal", 750_000_00, "李娜", "王建国")
    assert missing_facts(line, stage, goal, known) == []
    assert len(open_deals) == 1
    assert len(heads) == 3


async def test_its_sister_lacks_exactly_the_quote(sqlite_store: Store, now: datetime) -> None:
    await fill(sqlite_store, now)
    async with sqlite_store.reading()() as session:
        deal, stage, known, owner = await _standing(session, "苏州明泰电子有限公司", "MES一期")
        line = await stages_of(session, deal.pipeline_id)
        goal = next(s for s in line if s.key == "negotiation")
        assert len(await deals_of(session, deal.customer_id)) == 1
    assert (stage.key, owner, missing_facts(line, stage, goal, known)) == ("proposal", "李娜", ["quote_sent"])


async def test_two_customers_called_huaxing_lack_only_the_contract(sqlite_store: Store, now: datetime) -> None:
    await fill(sqlite_store, now)
    async with sqlite_store.reading()() as session:
        called = list(await session.scalars(select(ShortName).where(short_names.c.text == "华星")))
        contacted = set()
        for name in called:
            [(deal, stage)] = await deals_of(session, name.customer_id)
            line = await stages_of(session, deal.pipeline_id)
            won = next(s for s in line if s.key == "won")
            assert missing_facts(line, stage, won, await known_of(session, deal)) == ["contract_date"]
            contacted.add(max(v.held_on for v in await _all(session, Visit) if v.deal_id == deal.id))
    assert len(called) == len(contacted) == 2


async def test_colleagues_are_called_by_names_that_nobody_shares(sqlite_store: Store, now: datetime) -> None:
    await fill(sqlite_store, now)
    async with sqlite_store.reading()() as session:
        called = Counter(short for user in await _all(session, User) for short in (user.name, *user.short_names))
    assert {"娜姐", "小李", "小王"} <= set(called)
    assert max(called.values()) == 1


async def _dump(store: Store) -> list[Any]:
    async with store.read.connect() as connection:
        return [list(await connection.execute(select(table).order_by(table.c.id))) for table in metadata.sorted_tables]


async def test_the_same_moment_gives_the_same_demo(sqlite_store: Store, now: datetime, tmp_path: Any) -> None:
    other = open_store(f"sqlite:///{tmp_path / 'other.db'}")
    try:
        await migrate(other)
        await fill(other, now)
        await fill(sqlite_store, now.astimezone(UTC))
        assert await _dump(other) == await _dump(sqlite_store)
    finally:
        await other.close()


async def test_a_database_with_records_is_refused_and_stays_as_it_was(sqlite_store: Store, now: datetime) -> None:
    async with sqlite_store.writing()() as session:
        session.add(User("某人"))
        await session.commit()
    with pytest.raises(HoldsRecords):
        await fill(sqlite_store, now)
    async with sqlite_store.reading()() as session:
        assert await session.scalar(select(func.count()).select_from(users)) == 1
        assert await session.scalar(select(func.count()).select_from(deals)) == 0


async def test_nothing_personal_could_reach_anybody(sqlite_store: Store, now: datetime) -> None:
    await fill(sqlite_store, now)
    async with sqlite_store.reading()() as session:
        people = await _all(session, Contact)
    assert all(person.phone.startswith("199-0000-") for person in people)
    assert all(person.email.endswith("@example.com") for person in people)
    assert len({person.phone for person in people}) == len({person.name for person in people}) == 120


async def test_the_errands_belong_to_those_who_are_named(sqlite_store: Store, now: datetime) -> None:
    await fill(sqlite_store, now)
    async with sqlite_store.reading()() as session:
        found = select(users.c.name).join(tasks, tasks.c.assignee_id == users.c.id)
        assert "郑洁" in set(await session.scalars(found.where(tasks.c.deal_id.is_(None))))


def test_the_sandbox_takes_the_cast() -> None:
    cast = demo_people()
    Sandbox(people=cast.spec())
    assert cast.named("李娜").suggestions[0].startswith("今天下午去了华信")
    assert cast.groups[0].members == [101, 106, 109]
    assert (cast.groups[1].admins, list(cast.groups[1].topics)) == ([106], ["东方医院", "明泰"])
